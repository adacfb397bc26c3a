"""The house read from its sources: which apps there are, who imports whom, who reverses what."""

import ast
import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A: what A stands on. It may also import whatever that stands on.
STANDS_ON = {
    "ground": set(),
    "party": {"ground"},
    "media_pipeline": {"party"},
    "search": {"party"},
    "library.citations": set(),
    "library.rules": {"library.citations", "search"},
    "library.facts": {"library.rules"},
    "library.procedures": {"library.rules"},
    "courses": {"media_pipeline", "library.facts", "library.procedures"},
    "learning": {"courses"},
}
SITE = "membersnet"
OUTSIDE = ("demo", "bench", "tests")
TAKES_AN_ADDRESS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}


def below(app: str) -> set[str]:
    """Return every app that an app may import."""
    direct = STANDS_ON[app]
    return direct.union(*(below(each) for each in direct))


def sources(*folders: str) -> list[Path]:
    """Return the Python files below folders, but for migrations."""
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in paths if "migrations" not in path.parts]


def module_of(path: Path) -> str:
    """Return the name that a file is imported by."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Return every module of the apps and of the site, by its name."""
    rooms = sorted({app.partition(".")[0] for app in STANDS_ON} | {SITE})
    return {module_of(path): path for path in sources(*rooms)}


def app_of(module: str) -> str:
    """Return the app that a module belongs to, or its top-level package where it is in none."""
    named = ".".join(module.split(".")[:2])
    return named if named in STANDS_ON else module.partition(".")[0]


def imported(path: Path, *, types_too: bool = True) -> set[str]:
    """Return the full names that a file imports, inline imports too: modules, and names in them."""
    found: set[str] = set()
    module = module_of(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in _nodes(ast.parse(path.read_text(encoding="utf-8")), types_too):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            origin = ".".join(
                [*above, *filter(None, [node.module])] if node.level else [node.module]
            )
            found |= {f"{origin}.{alias.name}" for alias in node.names}
    return found


def _nodes(node: ast.AST, types_too: bool) -> Iterator[ast.AST]:
    """Walk a tree; leave out what stands below `if TYPE_CHECKING:` where types do not count."""
    yield node
    for child in ast.iter_child_nodes(node):
        only_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if only_types and not types_too:
            for other in child.orelse:
                yield from _nodes(other, types_too)
        else:
            yield from _nodes(child, types_too)


@cache
def arrows() -> dict[str, set[str]]:
    """Return for each module those modules of ours that it needs when it runs.

    Whoever imports a submodule does not count as importing the package around it, unless a name
    comes from there.
    """
    return {
        module: {_module_named(name) for name in imported(path, types_too=False)} & set(modules())
        for module, path in modules().items()
    }


def _module_named(name: str) -> str:
    """Return the module that an imported name is, or stands in."""
    return name if name in modules() else name.rpartition(".")[0]


def circles(app: str) -> list[list[str]]:
    """Return a shortest circle through each module of an app that is in one, each circle once."""
    inside = {name: arrows()[name] for name in modules() if app_of(name) == app}
    found: dict[frozenset[str], list[str]] = {}
    for module in inside:
        circle = way_back(module, inside)
        if circle:
            found.setdefault(frozenset(circle), circle)
    return list(found.values())


def way_back(start: str, arrows: dict[str, set[str]]) -> list[str]:
    """Return the shortest way from a module back to itself; empty where there is none."""
    ways = deque([[start]])
    seen: set[str] = set()
    while ways:
        way = ways.popleft()
        for after in sorted(arrows[way[-1]] & set(arrows)):
            if after == start:
                return [*way, start]
            if after not in seen:
                seen.add(after)
                ways.append([*way, after])
    return []


def reversed_addresses(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the file and the address, for each that a folder's sources and templates name."""
    for path in sources(str(folder.relative_to(ROOT))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name in _names_of_addresses(tree):
            yield str(path.relative_to(ROOT)), name
    for path in sorted(folder.rglob("templates/**/*.*")):
        for name in re.findall(r"{%\s*url\s+['\"]([^'\"]+)", path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), name


def _names_of_addresses(tree: ast.Module) -> Iterator[str]:
    """Yield the names given to `reverse` and its like, and every text written like an address."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.fullmatch(r"[a-z_]+:[a-z_]+", node.value):
                yield node.value
        elif isinstance(node, ast.Call) and node.args:
            called = (
                node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            )
            given = node.args[0]
            if called in TAKES_AN_ADDRESS and isinstance(given, ast.JoinedStr) and given.values:
                given = given.values[0]
            if called in TAKES_AN_ADDRESS and isinstance(given, ast.Constant):
                yield str(given.value)


def namespaces() -> dict[str, str]:
    """Return which app each namespace of addresses belongs to, from its urls.py."""
    found = {}
    for module, path in modules().items():
        if said := re.search(
            r'^app_name = "(\w+)"', path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            found[said[1]] = app_of(module)
    return found


def reexported(module: str) -> set[str]:
    """Return the names of ours that a package's `__init__` takes in only to hand them on."""
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            ours = node.level or app_of(node.module or "") in {*STANDS_ON, SITE}
            origin = module if node.level else node.module
            names = {alias.asname or alias.name for alias in node.names} if ours else set()
            found |= {name for name in names - used if f"{origin}.{name}" not in modules()}
    return found
