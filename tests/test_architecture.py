"""The house keeps its shape: who may import whom, what files there are, what they may be called."""

import ast
import subprocess
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
# A: what A may import. Nothing below may import what is above; an app in a folder is named with it.
ARROW = {
    "ground": set(),
    "party": {"ground"},
    "media_pipeline": {"party", "ground"},
    "library.citations": set(),
    "search": {"party", "ground", "library.citations"},
    "library.rules": {"search", "party", "ground", "library.citations"},
    "library.facts": {"library.rules", "search", "party", "ground", "library.citations"},
    "library.procedures": {"library.rules", "search", "party", "ground", "library.citations"},
}
ARROW["courses"] = {*ARROW}
ARROW["learning"] = {*ARROW}
APPS = {*ARROW, "membersnet"}
OUTSIDE = {"demo", "bench", "tests"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "core", "services", "managers", "misc"}
# Folders beside the models, actions, permissions, views, forms, urls and tasks of an app, each
# with the reason in docs/rooms.md.
PURE = {
    "media_pipeline/steps": {"media_pipeline", "ground"},
    "search/engines": {"search", "ground"},
    "search/questions": {"search", "library.citations"},
    "library/citations": {"library.citations"},
    "library/rules/rulebooks": {"library.rules", "library.citations"},
    "library/facts/sharing": {"library.facts"},
}


def sources(*folders: str) -> list[Path]:
    """Return the Python files below folders."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def room(module: str) -> str:
    """Return the app, or else the top-level package, to which a module belongs."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "library" else parts[0]


def imported(path: Path) -> set[str]:
    """Return the apps and packages that a file imports, inline imports and annotations' too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {room(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {room(f"{node.module}.{alias.name}") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            found.add(room(".".join(path.relative_to(ROOT).parts)))
    return found


def folder(app: str) -> str:
    return app.replace(".", "/")


@pytest.mark.parametrize("app", sorted(ARROW))
def test_an_app_imports_only_what_stands_below_it(app):
    wrong = {
        str(path.relative_to(ROOT)): sorted(imported(path) & (APPS | OUTSIDE) - ARROW[app] - {app})
        for path in sources(folder(app))
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_site_names_apps_only_in_its_settings_and_addresses():
    allowed = {"membersnet", "party", "ground"}
    wrong = {
        path.name: sorted(imported(path) & (APPS | OUTSIDE) - allowed)
        for path in sources("membersnet")
        if path.name not in {"settings.py", "urls.py"}
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def test_nothing_imports_the_demonstration_the_benchmarks_or_the_tests():
    wrong = [
        str(path.relative_to(ROOT))
        for path in sources(*map(folder, APPS))
        if imported(path) & OUTSIDE
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", sorted(PURE))
def test_steps_and_engines_know_neither_django_nor_the_apps(folder):
    wrong = {
        str(path.relative_to(ROOT)): sorted(imported(path) & ((APPS - PURE[folder]) | {"django"}))
        for path in sources(folder)
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [
        str(p) for p in sources(*map(folder, APPS), "demo", "tests") if p.stem in FORBIDDEN_NAMES
    ] == []


def test_no_app_declares_signals_of_its_own():
    wrong = [str(path) for path in sources(*map(folder, APPS)) if "Signal()" in path.read_text()]
    assert wrong == []


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
        if room(pattern.callback.__module__) in APPS and not path.startswith("admin/")
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


def test_locked_requirements_carry_hashes():
    for name in ("base", "postgres", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned
        assert [line for line in pinned if not line.rstrip().endswith("\\")] == []
