"""The tree that every reader of rule books makes, and where each of its nodes is found."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

from ground.refusals import Refused
from library.citations.mentions import normal_form

Kind = Literal[
    "part",
    "chapter",
    "article",
    "section",
    "rule",
    "schedule",
    "appendix",
    "clause",
    "provision",
    "lead_in",
    "table",
    "footnote",
]
DIVISIONS: tuple[Kind, ...] = get_args(Kind)[:8]  # what people name by a word: "Clause VIII"
UNNUMBERED = {"lead_in": "lead", "table": "table", "footnote": "note"}  # as in their addresses
NAMED = {"part", "article", "section", "rule", "schedule", "appendix"}  # address "article-IV"
OUTSIDE = {"schedule", "appendix"}  # whose provisions people call paragraphs
RESERVED = {"editions", "compare", "changes", "subjects", "words", "feed", "follow", "id"}
NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")  # of a footnote, in a text
LONGEST_PATH = 200  # characters of an address that can be stored
LONGEST_NAME = 60  # characters of a heading that are cited in the place of a number
TITLES = ("title", "subtitle", "author", "date")  # what a title page says, as formats call it
Style = Literal[
    "title",
    "heading",
    "paragraph",
    "item",
    "table",
    "footnote",
    "contents",
    "running",
    "comment",
]


class NotADocument(Refused):
    """A file cannot be read as rules at all."""


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item, table row group or footnote of a source, in its order.

    `text` is what the file holds of it; `label` the number as it is drawn, with its punctuation
    ("A.", "(iv)", "Article IV."), whether the file holds it as text or draws it by itself. `level`
    counts from 1: that of a heading, or how deep an item stands in its list; 0 is unknown.
    `line` counts from 1 in what the reader goes through, `page` is that of a paginated file.
    `rows` holds a table's cells. The first `run_in` characters of the text are drawn as a heading
    that runs into it ("Delaware. The address of …"). `reason` says why the block is no part of the
    text, where its style does not say it.
    """

    text: str
    style: Style = "paragraph"
    label: str = ""
    level: int = 0
    page: int | None = None
    line: int = 0
    rows: list[list[str]] = field(default_factory=list)
    run_in: int = 0
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return what the librarian sees of the block, as plain values for JSON."""
        text = f"{self.label} {self.text}".strip()
        return {"text": text, "page": self.page, "line": self.line, "style": self.style}


@dataclass(slots=True)
class Node:
    """One piece of a rule book, with what stands below it in reading order.

    `number` is written as in the source, without its punctuation ("VIII", "3", "A"); a lead-in has
    none. `line` is the source's line and `page` its page, counted from 1. The blocks of the source
    from `source_from` until `source_until` (not included) became this node. `doubt` is a sentence
    for the librarian, where something should be looked at.

    A table's text is its rows, a line each, the cells divided by " | ". A footnote stands below the
    node whose text has its mark, written "[^1]" for number 1.
    """

    kind: Kind
    number: str = ""
    heading: str = ""
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    line: int = field(default=0, compare=False)
    page: int | None = field(default=None, compare=False)
    source_from: int | None = field(default=None, compare=False)
    source_until: int | None = field(default=None, compare=False)
    doubt: str = field(default="", compare=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the node and all below it as plain values for JSON."""
        return {
            "kind": self.kind,
            "number": self.number,
            "heading": self.heading,
            "text": self.text,
            "page": self.page,
            "children": [child.as_dict() for child in self.children],
        }


def every(tree: Sequence[Node]) -> Iterator[Node]:
    """Yield all nodes in reading order, however deep."""
    stack = list(reversed(tree))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


class ExcludedText(NamedTuple):
    """A line of the source that is not in the tree, and why."""

    line: int
    text: str
    reason: str
    page: int | None = None


@dataclass(slots=True)
class Reading:
    """What a reader made of a text: all of it is in the title, introduction, tree or `left_out`."""

    title: str = ""
    introduction: str = ""
    tree: list[Node] = field(default_factory=list)
    left_out: list[ExcludedText] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    source: list[Block] = field(default_factory=list, compare=False)

    def add_source(
        self,
        kind: Kind,
        number: str,
        heading: str,
        text: str,
        *,
        line: int,
        page: int | None = None,
    ) -> Node:
        """Return a node, still in no tree, with a block of the source that it was made of."""
        position = len(self.source)
        words = " ".join(filter(None, [heading, text]))
        self.source.append(Block(words, "item", number, page=page, line=line))
        node = Node(kind, number, heading, text, line=line, page=page)
        node.source_from, node.source_until = position, position + 1
        return node

    def as_dict(self) -> dict[str, Any]:
        """Return the reading as plain values for JSON."""
        return {
            "title": self.title,
            "introduction": self.introduction,
            "tree": [node.as_dict() for node in self.tree],
            "left_out": [left._asdict() for left in self.left_out],
            "warnings": self.warnings,
        }


@dataclass(slots=True)
class Place:
    """Where a node stands.

    `position` counts from 0 in reading order, `end` is one more than the last position below it.
    `path` is its address ("7/VIII/3/A"), `cited_as` how a person cites it ("Chapter 7 Clause
    VIII.3.A") and `citation` that citation's normal form, by which search finds it ("7.VIII.3.A").
    `repeated` says that another node already had this number, so that the address carries a count
    ("3-2").
    """

    node: Node
    parent: "Place | None"
    depth: int
    position: int
    path: str
    cited_as: str
    repeated: bool
    end: int = 0

    @property
    def citation(self) -> str:
        as_written = self.path.replace("/", ".")
        if self.node.kind in UNNUMBERED or self.repeated:
            return as_written
        found = normal_form(self.cited_as)
        return found if 0 < len(found) <= LONGEST_PATH else as_written


def places(tree: Sequence[Node]) -> list[Place]:
    """Return every node's place, in reading order. No two have the same path."""
    found: list[Place] = []
    _place(tree, None, found)
    return found


def _place(nodes: Sequence[Node], parent: Place | None, found: list[Place]) -> None:
    for node, (segment, repeated) in zip(nodes, _segments(nodes, parent), strict=True):
        path = f"{parent.path}/{segment}" if parent else segment
        if len(path) > LONGEST_PATH:  # named by its place in the book instead
            path = f"{path.partition('/')[0]}/deep-{len(found)}"
        place = Place(
            node=node,
            parent=parent,
            depth=parent.depth + 1 if parent else 0,
            position=len(found),
            path=path,
            cited_as=_cited_as(node, parent),
            repeated=repeated,
        )
        found.append(place)
        _place(node.children, place, found)
        place.end = len(found)


def _segments(nodes: Sequence[Node], parent: Place | None) -> Iterator[tuple[str, bool]]:
    """Yield each sibling's part of the address and whether its number was used before.

    "a" and "A" are different numbers, as in the rule books themselves.
    """
    taken: set[str] = set()
    unnumbered: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for node in nodes:
        if node.kind in UNNUMBERED:
            unnumbered[node.kind] += 1
            wanted = f"{UNNUMBERED[node.kind]}-{unnumbered[node.kind]}"
        else:
            wanted = _segment(node, _last_steps(node, parent))
        segment = wanted
        while segment in taken:
            counted[wanted] += 1
            segment = f"{wanted}-{counted[wanted] + 1}"
        taken.add(segment)
        yield segment, segment != wanted


def _last_steps(node: Node, parent: Place | None) -> str:
    """Return a provision's number without the one above it: "1" for "2.1" below "2"."""
    above = f"{parent.node.number}." if parent and parent.node.number else ""
    dotted = node.kind == "provision" and above and node.number.startswith(above)
    return node.number[len(above) :] if dotted else node.number


def _segment(node: Node, written: str) -> str:
    number = re.sub(r"[^A-Za-z0-9]+", "-", written).strip("-")
    words = re.sub(r"[^a-z0-9]+", "-", node.heading.lower()).strip("-")[:60].strip("-")
    if node.kind in NAMED and number:
        return f"{node.kind}-{number}"
    if not number and words in RESERVED:
        return f"{node.kind}-{words}"
    return number or words or node.kind


def _cited_as(node: Node, parent: Place | None) -> str:
    above = parent.cited_as if parent else ""
    name = _last_steps(node, parent) or node.heading[:LONGEST_NAME]
    if node.kind in UNNUMBERED:
        return above
    if name != node.number and node.number:  # "2.1" below "2"
        return f"{above}.{name}"
    if (
        node.kind == "provision"
        and parent
        and parent.node.kind not in ("chapter", "part", *OUTSIDE)
    ):
        return f"{above}.{name}"
    word = {"clause": "Clause", "provision": "paragraph"}.get(node.kind, node.kind.capitalize())
    if not node.number:
        return f"{above} {node.heading[:LONGEST_NAME]}".strip()
    return f"{above} {word} {node.number}".strip()
