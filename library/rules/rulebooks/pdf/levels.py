"""Says how high headings stand, and how deep the items of lists."""

from collections.abc import Sequence

from library.rules.rulebooks.pdf.headings import Drawn
from library.rules.rulebooks.pdf.labels import division
from library.rules.rulebooks.pdf.measures import Measures
from library.rules.rulebooks.pdf.paragraphs import Paragraph

_TOPS = {"part": 0, "chapter": 1, "article": 1, "schedule": 1, "appendix": 1, "annex": 1}
_BELOW = 2  # how high stands what else names a division: a section, rule or clause
_SAME_X = 3.0  # points between indents that are the same


def heading_levels(headings: Sequence[Drawn]) -> list[int]:
    """Return each heading's level from 1: by type size, then weight, then what it names.

    A part stands above a chapter, and a chapter above a clause, where they are drawn alike.
    """
    looks = [(-round(drawn.size * 2) / 2, not drawn.bold) for drawn in headings]
    ranks = [_rank(drawn) for drawn in headings]
    lowest: dict[tuple[float, bool], int] = {}
    for look, rank in zip(looks, ranks, strict=True):
        if rank is not None:
            lowest[look] = max(lowest.get(look, 0), rank)
    keys = [
        (*look, lowest.get(look, _BELOW) if rank is None else rank)
        for look, rank in zip(looks, ranks, strict=True)
    ]
    order = {key: level for level, key in enumerate(sorted(set(keys)), start=1)}
    return [order[key] for key in keys]


def _rank(drawn: Drawn) -> int | None:
    if drawn.paragraph.labelled != 2:
        return None
    return _TOPS.get(division(drawn.words), _BELOW)


class Indents:
    """How deep items and paragraphs stand, by where their text begins below that of others.

    In most books the lines of an item hang right of its number, and then the text's edge says how
    deep it stands; in others they go on below the number, and then the number's edge does.
    """

    def __init__(self, items: Sequence[Paragraph], measures: Measures) -> None:
        self.measures = measures
        self.open: list[float] = []
        hanging = flush = 0
        self.texts: list[float] = []  # edges of texts that are known to hang
        self.numbers: dict[int, float] = {}  # and where the numbers left of them begin
        for item in items:
            second = self._second(item)
            if second is None:
                continue
            if abs(second - self._indent(item, item.text_x)) <= _SAME_X:
                hanging += 1
                self.texts.append(second)
                self.numbers[round(self._number(item))] = second
            elif abs(second - self._number(item)) <= _SAME_X or second < self._number(item):
                flush += 1
        self.hang = hanging >= flush

    def item(self, item: Paragraph) -> int:
        """Return the level of the next item, from 1."""
        edge = self._edge(item)
        while self.open and self.open[-1] > edge + _SAME_X:
            self.open.pop()
        if not self.open or self.open[-1] < edge - _SAME_X:
            self.open.append(edge)
        return len(self.open)

    def unnumbered(self, line_x: float) -> int:
        """Return the level of what stands at this indent without a number; 0 at the margin."""
        if not self.hang:
            return 0
        above = sum(1 for edge in self.open if edge <= line_x + _SAME_X)
        return above + 1 if above else 0

    def close(self) -> None:
        """A heading ends all lists."""
        self.open.clear()

    def _edge(self, item: Paragraph) -> float:
        if not self.hang:
            return self._number(item)
        second = self._second(item)
        text = self._indent(item, item.text_x)
        if second is not None and second > self._number(item) + _SAME_X:
            return second
        if any(abs(text - known) <= _SAME_X for known in self.texts):
            return text
        return self.numbers.get(round(self._number(item)), text)

    def _second(self, item: Paragraph) -> float | None:
        if len(item.lines) < 2:
            return None
        return self.measures.indent(item.lines[1], item.lines[1].x0)

    def _number(self, item: Paragraph) -> float:
        return self._indent(item, item.first.x0)

    def _indent(self, item: Paragraph, x: float) -> float:
        return self.measures.indent(item.first, x)
