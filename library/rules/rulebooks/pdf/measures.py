"""Measures a document: its text's type size and leading, and the edges of its columns."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from library.rules.rulebooks.pdf.lines import Line

_MIRRORED = 4.0  # points by which the margins of left and right pages must differ to count
_FEWEST_MIRRORED = 3  # left and right pages each, before their margins are compared
_RIGHT = 0.42  # of the width, where a right column begins at the earliest
_LONG = 5  # lines from which a column shows where its lines end
_LEADING = 1.2  # times the type size, where a document has no two lines to measure


@dataclass(slots=True)
class Measures:
    """`leading` is the distance of baselines in points; `bold` says that most of the text is."""

    body: float
    leading: float
    bold: bool
    shifts: dict[int, float] = field(default_factory=dict)
    rights: dict[int, float] = field(default_factory=dict)

    def indent(self, line: Line, x: float) -> float:
        """Return how far right of the text's left edge an x is, whatever column it is in."""
        return x - self.shifts[line.column]

    def right(self, line: Line) -> float:
        """Return where the line's column ends, as it does on most pages."""
        return self.rights[line.column]


def measured(lines: Sequence[Line], body: float) -> Measures:
    """Return the measures of a document's text."""
    steps: Counter[float] = Counter()
    for before, line in pairwise(lines):
        if before.column == line.column and abs(line.size - body) < 0.5:
            steps[round(before.y - line.y, 1)] += 1
    likely = {step: times for step, times in steps.items() if 0.9 * body < step < 2.5 * body}
    leading = max(likely, key=lambda step: likely[step]) if likely else _LEADING * body
    words = [word for line in lines for word in line.words]
    strong = sum(len(word.text) for word in words if word.bold)
    measures = Measures(body, leading, 2 * strong > sum(len(word.text) for word in words))
    _set_edges(measures, lines)
    return measures


def _set_edges(measures: Measures, lines: Iterable[Line]) -> None:
    """Find where the columns' edges are; left and right pages may have margins of their own."""
    columns: dict[int, Line] = {}
    sizes: Counter[int] = Counter()
    for line in lines:
        columns.setdefault(line.column, line)
        sizes[line.column] += 1
    for side in _sides(list(columns.values())):
        odd = [line for line in side if line.page % 2]
        even = [line for line in side if not line.page % 2]
        lefts = [_usual_left([line.left for line in of]) for of in (odd, even) if of]
        mirrored = (
            min(len(odd), len(even)) >= _FEWEST_MIRRORED and abs(lefts[0] - lefts[1]) >= _MIRRORED
        )
        for of in (odd, even) if mirrored else (side,):
            long = [line.right for line in of if sizes[line.column] >= _LONG]
            right = median(long or [line.right for line in of])
            left = _usual_left([line.left for line in of])
            for line in of:
                measures.shifts[line.column], measures.rights[line.column] = left, right


def _sides(columns: Sequence[Line]) -> list[list[Line]]:
    """Divide columns into those as wide as the text, the left and the right of two.

    A line of each column stands for it. Where there is no left column, or none as wide as the
    text, the others show where it begins.
    """
    width = max((line.right for line in columns), default=0.0)
    on_right = {line.page: line.left for line in columns if line.left > _RIGHT * width}
    wide, left, right = [], [], []
    for line in columns:
        if line.left > _RIGHT * width:
            right.append(line)
        elif line.right < on_right.get(line.page, 0.0):
            left.append(line)
        else:
            wide.append(line)
    return [side for side in (wide, left, right) if side]


def _usual_left(lefts: list[float]) -> float:
    """Return the leftmost edge that more columns than one have."""
    ordered = sorted(lefts)
    for one, other in pairwise(ordered):
        if other - one < 2:
            return one
    return ordered[0]
