"""An edition as JSON that can be read in again.

The JSON is what `import_rules --json` prints: `title`, `introduction`, `tree` (nodes of `{kind,
number, heading, text, page, children}`), `left_out` and `warnings`. An export adds `about`, which
the reader passes over: the tree it makes is the same again.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from library.rules.rulebooks.tree import ExcludedText, Kind, Node, NotADocument, Reading

MOST_NODES = 100_000
DEEPEST = 100  # levels; the deepest rule book seen has seven
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")  # no text holds them
_KINDS = frozenset(get_args(Kind))
_WORDS = ("number", "heading", "text")
_KEYS = {"title", "introduction", "tree", "left_out", "warnings", "about"}


def as_json(
    tree: Sequence[Node], *, title: str, introduction: str = "", about: Mapping[str, str]
) -> str:
    """Return an edition's tree as JSON text; `about` says what it is of, for people."""
    return json.dumps(
        {"about": dict(about), **Reading(title, introduction, list(tree)).as_dict()},
        ensure_ascii=False,
        indent=1,
    )


def from_json(text: str) -> Reading:
    """Return what such JSON holds. Raises NotADocument where it is not of this shape."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotADocument(
            "The file is not JSON that can be read; nothing was imported."
        ) from error
    if not isinstance(given, dict) or not isinstance(given.get("tree"), list):
        raise NotADocument("The JSON has no “tree” of provisions; nothing was imported.")
    reader = _Reader()
    reader.reading.title = _text(given, "title", "the file")
    reader.reading.introduction = _text(given, "introduction", "the file")
    reader.read(given["tree"], reader.reading.tree, 1)
    reader.pass_over(given, _KEYS, "the file")
    return reader.reading


class _Reader:
    """Makes nodes of plain values, counting them; each becomes a block of the source too."""

    def __init__(self) -> None:
        self.reading = Reading()

    def read(self, given: Sequence[Any], into: list[Node], level: int) -> None:
        if level > DEEPEST:
            raise NotADocument(f"The tree is deeper than {DEEPEST} levels; nothing was imported.")
        for each in given:
            node = self._node(each)
            into.append(node)
            children = each.get("children", [])
            if not isinstance(children, list):
                raise NotADocument(f"{_place(node)}: “children” is no list; nothing was imported.")
            self.read(children, node.children, level + 1)

    def _node(self, given: Any) -> Node:
        if not isinstance(given, dict) or given.get("kind") not in _KINDS:
            kind = given.get("kind") if isinstance(given, dict) else given
            raise NotADocument(f"“{str(kind)[:40]}” is no kind of provision; nothing was imported.")
        place = f"{given['kind']} {given.get('number', '')}".strip()
        number, heading, text = (_text(given, name, place) for name in _WORDS)
        page = given.get("page")
        if not (
            page is None or (isinstance(page, int) and not isinstance(page, bool) and page > 0)
        ):
            raise NotADocument(f"{place}: “page” is no page’s number; nothing was imported.")
        position = len(self.reading.source)
        if position == MOST_NODES:
            raise NotADocument(f"More than {MOST_NODES} provisions; nothing was imported.")
        node = self.reading.add_source(
            given["kind"], number, heading, text, line=position + 1, page=page
        )
        self.pass_over(given, {"kind", "page", "children", *_WORDS}, place)
        return node

    def pass_over(self, given: Mapping[str, Any], known: set[str], place: str) -> None:
        """List what the shape has no room for."""
        for key in given.keys() - known:
            said = f"{key}: {json.dumps(given[key], ensure_ascii=False)}"
            line = len(self.reading.source)
            reason = f"Rules have no “{key}” ({place})."
            self.reading.left_out.append(ExcludedText(line, said, reason))


def _text(given: Mapping[str, Any], name: str, place: str) -> str:
    said = given.get(name, "")
    if not isinstance(said, str):
        raise NotADocument(f"{place}: “{name}” is no text; nothing was imported.")
    return _CONTROL.sub("", said)


def _place(node: Node) -> str:
    return f"{node.kind} {node.number}".strip()
