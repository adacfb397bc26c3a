"""From a source's blocks to the tree of rules.

What stands below what is said by three things, in this order: headings by their level and by their
words (an article stands above a section), list items by how deep they stand in their list, and
numbers that were only typed by the rows they continue: after "2.", "(a)", "(b)" a "3." goes back to
the row of the 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from library.rules.rulebooks import finishing, numbering
from library.rules.rulebooks.numbering import Label, Meaning
from library.rules.rulebooks.recognition import (
    REASONS,
    contents,
    heading_label,
    is_all_heading,
    label_of,
    looks_like_heading,
    titles,
)
from library.rules.rulebooks.rows import DEEPEST, TOO_DEEP, Open, Rows
from library.rules.rulebooks.tree import Block, ExcludedText, Kind, Node, Reading

RANKS: dict[Kind, int] = {
    "part": 1,
    "chapter": 2,
    "appendix": 2,
    "schedule": 2,
    "article": 3,
    "section": 4,
    "rule": 4,
    "clause": 5,
}
TOPS = {"part", "chapter", "appendix", "schedule"}
DEEPEST_HEADING = 8


def build(blocks: Sequence[Block], *, levels_certain: bool = False) -> Reading:
    """Return the tree that blocks make, with all their text; never raises for what they say.

    With `levels_certain` an item's level alone says what it stands below; otherwise items of one
    level may be of several rows ("1.", "(a)", "(b)", "2.").
    """
    builder = _Builder(list(blocks), levels_certain)
    for index in range(len(builder.blocks)):
        builder.read(index)
    return builder.finish()


@dataclass(slots=True)
class _Heading:
    node: Node
    level: int  # 0: unknown
    named: bool
    meaning: list[Meaning]


class _Builder:
    def __init__(self, blocks: list[Block], levels_certain: bool) -> None:
        self.blocks = blocks
        self.reading = Reading(source=blocks)
        self.introduction: list[str] = []
        self.headings: list[_Heading] = []
        self.rows = Rows(blocks, levels_certain)
        self.pending: list[Node] = []  # unnumbered, until it is known which row goes on
        self.notes: list[Node] = []
        self.nameless: Node | None = None  # a heading's number that waits for its words
        self.titles = titles(blocks)
        self.contents = contents(blocks)

    def read(self, index: int) -> None:
        block = self.blocks[index]
        if index in self.contents:
            self._leave_out(block, REASONS["contents"])
        elif block.style in REASONS:
            self._leave_out(block, block.reason or REASONS[block.style])
        elif block.style == "footnote":
            number = block.label.strip(" []()^.:")
            self.notes.append(self._node("footnote", index, number, text=block.text))
        elif block.style == "table":
            rows = "\n".join(" | ".join(cell.strip() for cell in row) for row in block.rows)
            self._unnumbered(self._node("table", index, text=rows or block.text), block)
        elif index in self.titles:
            self._title(block)
        elif not block.text.strip() and not block.label.strip():
            return
        elif block.style in ("heading", "title"):
            self._read_heading(index, block)
        else:
            self._read_words(index, block)

    def finish(self) -> Reading:
        self._settle(self._below_headings())
        finishing.finish(self.reading, self.introduction, self.notes)
        return self.reading

    # --- headings ------------------------------------------------------------------------------
    def _title(self, block: Block) -> None:
        if self.reading.title:
            self.introduction.append(block.text)
        else:
            self.reading.title = block.text

    def _read_heading(self, index: int, block: Block) -> None:
        label, words = heading_label(block)
        if not label:
            self._unnumbered_heading(index, block, words)
            return
        kind = label.kind or self._kind_of_plain_number(block.level, label)
        node = self._node(kind, index, label.number, words)
        self._open(node, block.level, label)
        self.nameless = node if not words else None

    def _unnumbered_heading(self, index: int, block: Block, words: str) -> None:
        if self.nameless and not self.nameless.children and self._adjacent(self.nameless, index):
            self.nameless.heading = words
            self.nameless.source_until = index + 1
            self.nameless = None
            return
        node = self._node("part", index, heading=words)
        self._open(node, block.level, None)
        if len(self.headings) > 1:
            node.kind = "clause"

    def _adjacent(self, node: Node, index: int) -> bool:
        """Return whether nothing but what is left out stands between a node and a block."""
        start = node.source_until or 0
        return all(block.style in REASONS for block in self.blocks[start:index])

    def _kind_of_plain_number(self, level: int, label: Label) -> Kind:
        depth = self._depth(level, "provision", label)
        above = self.headings[depth - 1].node.kind if depth else "part"
        return "clause" if above in ("part", "chapter") else "provision"

    def _open(self, node: Node, level: int, label: Label | None) -> None:
        """Put a node with a heading where its level, its kind and its number say."""
        self._settle(self._below_headings())
        self.rows.items.clear()
        depth = min(self._depth(level, node.kind if label else None, label), DEEPEST_HEADING)
        del self.headings[depth:]
        siblings = self.headings[-1].node.children if self.headings else self.reading.tree
        meaning = numbering.meanings(label.number) if label else []
        siblings.append(node)
        named = bool(label and label.kind)
        self.headings.append(_Heading(node, min(level, 99), named, meaning))

    def _depth(self, level: int, kind: Kind | None, label: Label | None) -> int:
        """Return how many of the open headings a new one stands below."""
        depth = len(self.headings)
        if label and label.kind:
            depth = self._above_its_like(level, label)
        rank = RANKS.get(kind, 6) if kind else 7
        if level:
            for place, open_heading in enumerate(self.headings[:depth]):
                if open_heading.level > level or (
                    open_heading.level == level and not _outranks(open_heading, kind, rank)
                ):
                    depth = place
                    break
        while depth and not (level and self.headings[depth - 1].level):
            above = self.headings[depth - 1]
            if _is_below(label, above) or _rank(above) < rank:
                break
            depth -= 1
        return depth

    def _above_its_like(self, level: int, label: Label) -> int:
        """An article never stands in an article, unless its level and its numbers differ."""
        for place, above in enumerate(self.headings):
            if not above.named or above.node.kind != label.kind or _is_below(label, above):
                continue
            deeper = 0 < above.level < level
            alike = numbering.distance(numbering.meanings(label.number), above.meaning) is not None
            if alike or not deeper:
                return place
        return len(self.headings)

    # --- what stands below headings ---------------------------------------------------------------
    def _read_words(self, index: int, block: Block) -> None:
        label, drawn = label_of(block)
        text = block.text[len(drawn) :].strip()
        if label and label.kind:
            self._named(index, block, label, drawn)
        elif label:
            self._numbered(index, block, label, text)
        elif self.nameless and is_all_heading(block):
            self._unnumbered_heading(index, block, text)
        else:
            self._unnumbered(self._node("lead_in", index, text=text), block)

    def _named(self, index: int, block: Block, label: Label, drawn: str) -> None:
        """Open what a paragraph names: "Section 2.1. Delaware. The address of …"."""
        words = block.text[len(drawn) :]
        run_in = block.run_in - len(drawn)
        if run_in > 0:
            heading, text = words[:run_in], words[run_in:]
        else:
            heading, text = (words, "") if looks_like_heading(words) else ("", words)
        node = self._node(label.kind or "section", index, label.number, heading.strip())
        node.text = text.strip()
        self._open(node, 0, label)
        self.nameless = node if not words.strip() else None

    def _numbered(self, index: int, block: Block, label: Label, text: str) -> None:
        node = self._node("provision", index, label.number, text=text)
        self._base(block)
        if block.level and self.pending:
            self._settle(self._container())
        place = self.rows.place(index, block.level, label)
        node.doubt = place.doubt
        del self.rows.items[place.depth :]
        container = self._container()
        self._settle(container)
        container.children.append(node)
        self.rows.items.append(Open(node, block.level, label, place.meaning))
        self.nameless = None

    def _unnumbered(self, node: Node, block: Block) -> None:
        self.nameless = None
        if not self.reading.tree and not self.rows.items:
            self.introduction.append(node.text)
            return
        bullet = block.style == "item"
        if bullet and self.pending:
            self._settle(self._container())
        depth = self.rows.depth_of_unnumbered(max(block.level, 1) if bullet else block.level)
        if bullet and depth >= DEEPEST:
            depth, node.doubt = DEEPEST - 1, TOO_DEEP
        del self.rows.items[depth:]
        if self.rows.items and not block.level and not bullet:
            self.pending.append(node)
            return
        self._settle(self._container())
        self._container().children.append(node)
        if bullet:
            self.rows.items.append(Open(node, max(block.level, 1), None, []))

    def _base(self, block: Block) -> None:
        """Open a nameless part for rules that stand in nothing."""
        if not self.headings and not self.rows.items:
            node = self.reading.tree[-1] if self.reading.tree else Node("part")
            if not self.reading.tree:
                self.reading.tree.append(node)
                self.reading.warnings.append(
                    f"Line {block.line}: Rules before any chapter were put into a part "
                    "without a name."
                )
            self.headings.append(_Heading(node, 0, False, []))

    def _container(self) -> Node:
        return self.rows.items[-1].node if self.rows.items else self._below_headings()

    def _below_headings(self) -> Node:
        if self.headings:
            return self.headings[-1].node
        return self.reading.tree[-1] if self.reading.tree else Node("part")

    def _settle(self, container: Node) -> None:
        """Give the waiting unnumbered pieces a place."""
        container.children.extend(self.pending)
        self.pending.clear()

    def _node(
        self, kind: Kind, index: int, number: str = "", heading: str = "", text: str = ""
    ) -> Node:
        block = self.blocks[index]
        return Node(
            kind,
            number,
            heading.strip(),
            text.strip(),
            line=block.line,
            page=block.page,
            source_from=index,
            source_until=index + 1,
        )

    def _leave_out(self, block: Block, reason: str) -> None:
        rows = "\n".join(" | ".join(row) for row in block.rows)
        text = "\n".join(part for part in (f"{block.label} {block.text}".strip(), rows) if part)
        self.reading.left_out.append(ExcludedText(block.line, text, reason, block.page))


def _rank(heading: _Heading) -> int:
    if not heading.node.number:
        return 7
    return RANKS.get(heading.node.kind, 6) if heading.named else 6


def _outranks(above: _Heading, kind: Kind | None, rank: int) -> bool:
    """Return whether a heading stands above another of the same level, by their kinds."""
    if kind is None or (kind in TOPS and above.node.kind in TOPS):
        return False
    return _rank(above) < rank


def _is_below(label: Label | None, above: _Heading) -> bool:
    """Return whether a number goes on from a heading's: "5.5.1" from "5.5"."""
    if not label:
        return False
    steps = above.node.number.split(".")
    return bool(above.node.number) and len(steps) < len(label.parts) and (
        list(label.parts[: len(steps)]) == steps
    )  # fmt: skip
