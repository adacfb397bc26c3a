"""The house keeps its shape: who may import whom, what files there are, what they may be called."""

import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from packaging.requirements import Requirement

from tests import house
from tests.house import OUTSIDE, ROOT, SITE, STANDS_ON, app_of, below, imported, modules, sources

ROOMS = sorted({app.partition(".")[0] for app in STANDS_ON} | {SITE})
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "core", "services", "managers", "misc"}
# Folders beside the models, actions, permissions, views, forms, urls and tasks of an app, each
# with the reason in docs/rooms.md: pure, they know no Django and these packages of ours only.
PURE = {
    "library/citations": {"library.citations"},
    "library/facts/sharing": {"library.facts", "ground"},
    "library/rules/rulebooks": {"library.rules", "library.citations", "ground"},
    "media_pipeline/steps": {"media_pipeline", "ground"},
    "search/engines": {"search", "ground"},
    "search/questions": {"search", "ground"},
}


def apps_in(names: set[str]) -> set[str]:
    """Return the apps, the site and what is outside of them, of the modules in a list of names."""
    return {app_of(name) for name in names} & {*STANDS_ON, *OUTSIDE, SITE, "library"}


def wrong(paths: list[Path], allowed: set[str]) -> dict[str, list[str]]:
    """Return what files import of ours beside what they may, by the file's name."""
    found = {
        str(path.relative_to(ROOT)): sorted(apps_in(imported(path)) - allowed) for path in paths
    }
    return {name: names for name, names in found.items() if names}


@pytest.mark.parametrize("app", sorted(STANDS_ON))
def test_an_app_imports_only_what_stands_below_it(app):
    own = [path for module, path in modules().items() if app_of(module) == app]
    assert own, f"there is no {app}"
    assert wrong(own, {app} | below(app)) == {}


def test_every_module_belongs_to_an_app_or_to_the_site():
    roofs = {name.partition(".")[0] for name in STANDS_ON if "." in name}
    homeless = [name for name in modules() if app_of(name) not in {*STANDS_ON, SITE}]
    assert set(homeless) <= roofs


def test_the_site_names_apps_only_in_its_settings_and_addresses():
    elsewhere = [path for path in sources(SITE) if path.name not in {"settings.py", "urls.py"}]
    assert wrong(elsewhere, {SITE, "party", "ground"}) == {}


def test_nothing_imports_the_demonstration_the_benchmarks_or_the_tests():
    assert wrong(sources(*ROOMS), {*STANDS_ON, SITE}) == {}


@pytest.mark.parametrize("folder", sorted(PURE))
def test_steps_and_engines_know_neither_django_nor_the_apps(folder):
    django = [path.name for path in sources(folder) if "django" in map(app_of, imported(path))]
    assert django == []
    assert wrong(sources(folder), PURE[folder]) == {}


def test_a_circle_is_found_and_named_by_its_shortest_way():
    arrows = {"a": {"b", "d"}, "b": {"c"}, "c": {"a", "e"}, "d": {"c"}, "e": set()}
    assert house.way_back("a", arrows) == ["a", "b", "c", "a"]
    assert house.way_back("e", arrows) == []
    assert house.way_back("a", arrows | {"c": set()}) == []


@pytest.mark.parametrize("app", [*sorted(STANDS_ON), SITE])
def test_no_two_modules_of_an_app_need_each_other(app):
    found = [" → ".join(circle) for circle in house.circles(app)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("app", sorted(STANDS_ON))
def test_no_app_reverses_the_address_of_an_app_above_it(app):
    belongs_to = house.namespaces()
    found = [
        f"{file} reverses {name}, an address of {belongs_to[name.partition(':')[0]]}"
        for file, name in house.reversed_addresses(ROOT / app.replace(".", "/"))
        if belongs_to.get(name.partition(":")[0], app) not in {app} | below(app)
    ]
    assert not found, "\n".join(found)


def test_every_namespace_of_addresses_is_known():
    apps = set(house.namespaces().values())
    assert apps == {
        app_of(house.module_of(path)) for path in sources(*ROOMS) if path.name == "urls.py"
    } - {SITE}


def test_packages_reexport_nothing():
    found = {
        module
        for module, path in modules().items()
        if path.name == "__init__.py"
        and not module.endswith(".models")
        and house.reexported(module)
    }
    assert found == set()


def test_no_module_has_a_name_that_says_nothing():
    files = sources(*ROOMS, "demo", "bench", "tests")
    assert [str(path) for path in files if path.stem in FORBIDDEN_NAMES] == []


def test_no_app_declares_signals_of_its_own():
    assert [str(path) for path in sources(*ROOMS) if "Signal()" in path.read_text()] == []


def addresses(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """Return every address pattern of the site with its whole path."""
    found = []
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern, path)
        else:
            found.append((path, pattern))
    return found


def test_every_address_of_ours_declares_who_may_see_it():
    ours = [
        (path, pattern)
        for path, pattern in addresses(get_resolver())
        if pattern.callback.__module__.split(".")[0] in ROOMS and not path.startswith("admin/")
    ]
    assert len(ours) > 15
    assert [path for path, pattern in ours if not hasattr(pattern.callback, "open_to")] == []


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registrys_host():
    hosts = [
        ".".join(parts)
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("repo1", "maven", "org"),
            ("deb", "debian", "org"),
        )
    ]
    wrong = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        if path.suffix not in {".mp4", ".woff2", ".png", ".jpg"}
        for host in hosts
        if host in path.read_text(errors="replace")
    ]
    assert wrong == []


LOCKED = sorted((ROOT / "requirements").glob("*.txt"))


def pinned(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if "==" in line and line[0] != " "]


def test_locked_requirements_carry_hashes():
    assert {path.stem for path in LOCKED} == {
        path.stem for path in (ROOT / "requirements").glob("*.in")
    }
    for path in LOCKED:
        assert pinned(path)
        assert [line for line in pinned(path) if not line.endswith("\\")] == []


@pytest.mark.parametrize("python", ["3.11.2", "3.11.9", "3.12.0", "3.13.0", "3.14.0"])
def test_whatever_is_installed_together_is_of_one_version_everywhere(python):
    here = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    versions: dict[str, set[str]] = defaultdict(set)
    for path in LOCKED:
        for line in pinned(path):
            one = Requirement(line.removesuffix("\\"))
            if one.marker is None or one.marker.evaluate(here):
                versions[one.name].add(str(one.specifier))
    assert {name: each for name, each in versions.items() if len(each) > 1} == {}
    assert len(versions["django"]) == len(versions["pytest"]) == 1
