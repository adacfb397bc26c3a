"""Which row a number continues, and so what it stands below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from library.rules.rulebooks import numbering
from library.rules.rulebooks.numbering import Label, Meaning
from library.rules.rulebooks.tree import Block, Node

DEEPEST = 12  # levels of numbers below a heading; the deepest real rule book seen has six
TOO_DEEP = f"Deeper than {DEEPEST} levels; put on the deepest level."
AHEAD = 200  # blocks looked through for how a row goes on


@dataclass(slots=True)
class Open:
    """An item below which more may stand. `meaning` is what its number means in its row."""

    node: Node
    level: int  # 0: unknown
    label: Label | None
    meaning: list[Meaning]


class Placement(NamedTuple):
    """How many of the open items a new one stands below, and what its number means there."""

    depth: int
    meaning: list[Meaning]
    doubt: str


class Rows:
    """The open items, outermost first, and where the next one belongs."""

    def __init__(self, blocks: Sequence[Block], levels_certain: bool) -> None:
        self.blocks = blocks
        self.levels_certain = levels_certain
        self.items: list[Open] = []

    def place(self, index: int, level: int, label: Label) -> Placement:
        """Return where an item with this number goes; `level` 0 is unknown."""
        meaning = numbering.meanings(label.number)
        depth = (
            self._by_level(index, level, label, meaning)
            if level
            else self._by_row(index, label, meaning)
        )
        doubt = ""
        if depth >= DEEPEST:
            doubt = TOO_DEEP
            depth = DEEPEST - 1
        before = self.items[depth].meaning if depth < len(self.items) else None
        return Placement(depth, numbering.settled(meaning, before), doubt)

    def depth_of_unnumbered(self, level: int) -> int:
        """Return below how many of the open items a paragraph of this level stands.

        One of unknown level closes all lists; what was numbered by typing stays open.
        """
        depth = len(self.items)
        while depth and self.items[depth - 1].level and self.items[depth - 1].level >= level:
            depth -= 1
        if not level:
            while depth and self.items[depth - 1].level:
                depth -= 1
        return depth

    def _by_level(self, index: int, level: int, label: Label, meaning: list[Meaning]) -> int:
        depth = len(self.items)
        while depth and self.items[depth - 1].level > level:
            depth -= 1
        first = depth
        while first and self.items[first - 1].level == level:
            first -= 1
        if first == depth:
            return depth
        if self.levels_certain:
            return first
        for place in range(depth - 1, first - 1, -1):
            if _continues(self.items[place], label, meaning):
                return place
        last = self.items[depth - 1]
        firsts = numbering.firsts(meaning)
        begins = bool(firsts) and not _alike(last, label, firsts)
        if begins and (last.node.text.endswith(":") or self._goes_on(index, level, last)):
            return depth
        for place in range(depth - 1, first - 1, -1):
            if _alike(self.items[place], label, meaning):
                return place
        return first

    def _goes_on(self, index: int, level: int, outer: Open) -> bool:
        """Return whether the row of `outer` is continued after other rows of the same level."""
        for block in self.blocks[index + 1 : index + AHEAD]:
            if block.style == "heading" or (block.style == "paragraph" and not block.level):
                return False
            label = numbering.parsed(block.label) if block.label else None
            if not label or block.level > level:
                continue
            if block.level < level:
                return False
            if _continues(outer, label, numbering.meanings(label.number)):
                return True
        return False

    def _by_row(self, index: int, label: Label, meaning: list[Meaning]) -> int:
        if len(label.parts) > 1:
            return self._by_dots(label)
        firsts = numbering.firsts(meaning)
        for place in range(len(self.items) - 1, -1, -1):
            if _continues(self.items[place], label, meaning):
                if firsts and self._next_is_second(index, label, firsts):
                    break
                return place
        repeated = [
            place for place, item in enumerate(self.items) if _alike(item, label, firsts or meaning)
        ]
        if repeated:
            return min(
                reversed(repeated),
                key=lambda place: _gap(numbering.distance(meaning, self.items[place].meaning)),
            )
        return len(self.items)

    def _by_dots(self, label: Label) -> int:
        for place in range(len(self.items) - 1, -1, -1):
            above = self.items[place].label
            steps = above.parts if above else ()
            if steps and len(steps) < len(label.parts) and label.parts[: len(steps)] == steps:
                return place + 1
            if len(steps) > 1 and label.parts[:-1] == steps[:-1]:
                return place
        dotted = [
            place
            for place, item in enumerate(self.items)
            if item.label and len(item.label.parts) > 1
        ]
        return dotted[0] if dotted else 0

    def _next_is_second(self, index: int, label: Label, firsts: list[Meaning]) -> bool:
        """Return whether an "(i)" is followed by an "(ii)": then it is no letter after "(h)"."""
        for block in self.blocks[index + 1 : index + AHEAD]:
            if block.style == "heading":
                return False
            after = numbering.parsed(block.label) if block.label else None
            if not after and (typed := numbering.typed(block.text)):
                after = typed[1]
            if after and after.shape == label.shape:
                return bool(numbering.follows(numbering.meanings(after.number), firsts))
        return False


def _continues(item: Open, label: Label, meaning: list[Meaning]) -> bool:
    return bool(
        item.label and item.label.shape == label.shape and numbering.follows(meaning, item.meaning)
    )


def _alike(item: Open, label: Label, meaning: list[Meaning]) -> bool:
    return bool(
        item.label
        and item.label.shape == label.shape
        and numbering.distance(meaning, item.meaning) is not None
    )


def _gap(distance: int | None) -> tuple[bool, int]:
    return (distance is None or distance < 0, abs(distance or 0))
