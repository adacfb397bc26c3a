"""Finds tables: by the lines drawn around their cells, or by cells that stand below each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from library.rules.rulebooks.pdf.labels import is_label
from library.rules.rulebooks.pdf.lines import Line, lines_of, pieces
from library.rules.rulebooks.pdf.words import Page, Rule, Word

STANDS_FOR = "\ufffc"  # the text of the word that holds a table's place among the words
_TOUCHING = 3.0  # points
_FEWEST_LINES = 3  # of aligned cells without lines around them
_CELL_GAP = 1.5  # times the type size, between cells that nothing divides


@dataclass(slots=True)
class Table:
    """A table's cells, each as its lines; `place` stands for it among the page's words."""

    place: Word
    rows: list[list[list[Line]]] = field(default_factory=list)


def without_tables(page: Page, words: Sequence[Word]) -> tuple[list[Word], list[Table]]:
    """Return the words with one in the place of each ruled table, and the tables."""
    tables: list[Table] = []
    rest = list(words)
    for xs, ys in _grids(page.rules):
        inside = [word for word in rest if _is_within(word, xs, ys)]
        if len({_band(xs, _middle(word)) for word in inside}) < 2:
            continue  # a frame, or an empty form
        table = Table(_place(inside, page.number))
        table.rows = _by_grid(inside, xs, ys, page.number)
        taken = {id(word) for word in inside}
        rest = [word for word in rest if id(word) not in taken]
        rest.append(table.place)
        tables.append(table)
    return rest, tables


def _grids(rules: Sequence[Rule]) -> list[tuple[list[float], list[float]]]:
    """Return the x and y of the lines of each grid with at least two columns."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touched = [group for group in groups if any(_touch(rule, other) for other in group)]
        merged = [rule, *(other for group in touched for other in group)]
        groups = [group for group in groups if not any(group is one for one in touched)]
        groups.append(merged)
    grids = []
    for group in groups:
        xs = _merged(rule.x0 for rule in group if rule.x1 - rule.x0 < 1)
        ys = _merged(rule.y0 for rule in group if rule.y1 - rule.y0 < 1)
        if len(xs) == 0 and len(ys) >= 2:
            continue
        if len(ys) >= 2:  # the outer sides are often not drawn
            left, right = min(rule.x0 for rule in group), max(rule.x1 for rule in group)
            xs = _merged([left, *xs, right])
        if len(xs) >= 3 and len(ys) >= 2:
            grids.append((xs, ys))
    return grids


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - _TOUCHING <= other.x1
        and other.x0 - _TOUCHING <= one.x1
        and one.y0 - _TOUCHING <= other.y1
        and other.y0 - _TOUCHING <= one.y1
    )


def _merged(values: Iterable[float]) -> list[float]:
    """Return the values in order, those that nearly coincide as one."""
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _TOUCHING:
            merged.append(value)
    return merged


def _middle(word: Word) -> float:
    return (word.x0 + word.x1) / 2


def _is_within(word: Word, xs: list[float], ys: list[float]) -> bool:
    height = word.y + word.size / 4
    return xs[0] - 2 <= _middle(word) <= xs[-1] + 2 and ys[0] <= height <= ys[-1]


def _band(edges: list[float], value: float) -> int:
    """Return in which band between the edges the value lies, counted from 0."""
    return sum(1 for edge in edges[1:-1] if value > edge)


def _place(words: Sequence[Word], page: int) -> Word:
    first = lines_of(words, page)[0]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    return Word(STANDS_FOR, left, right, first.y, first.size, bold=False)


def _by_grid(
    words: Sequence[Word], xs: list[float], ys: list[float], page: int
) -> list[list[list[Line]]]:
    """Return the words as rows of cells, each cell as its lines; rows without words are dropped."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = len(ys) - 2 - _band(ys, word.y + word.size / 4)
        cells.setdefault((row, _band(xs, _middle(word))), []).append(word)
    return [
        [lines_of(cells.get((row, column), []), page) for column in range(len(xs) - 1)]
        for row in sorted({row for row, _ in cells})
    ]


def aligned_tables(lines: Sequence[Line]) -> list[tuple[int, int, list[list[list[Line]]]]]:
    """Find tables that no line is drawn around: from which line until which, and their rows.

    At least three lines after each other are divided by the same gaps, and the first cells are not
    the numbers of a list.
    """
    found = []
    start = 0
    while start < len(lines):
        end, gaps = _aligned_from(lines, start)
        if end - start >= _FEWEST_LINES and _are_cells(lines[start:end], gaps):
            found.append((start, end, _aligned_rows(lines[start:end], gaps)))
            start = end
        else:
            start += 1
    return found


def _aligned_from(lines: Sequence[Line], start: int) -> tuple[int, list[tuple[float, float]]]:
    """Return until which line the gaps of the line at `start` go through, and where they are."""
    gaps = _gaps(lines[start])
    end = start + 1
    while gaps and end < len(lines):
        line = lines[end]
        if lines[end - 1].y - line.y > 2.6 * line.size or lines[end - 1].y < line.y:
            break
        kept = _common(gaps, _gaps(line))
        if not kept or len(kept) < len(gaps):
            break
        gaps = kept
        end += 1
    return end, gaps


def _gaps(line: Line) -> list[tuple[float, float]]:
    parts = pieces(line, _CELL_GAP)
    return [(before.x1, after.x0) for before, after in pairwise(parts)]


def _common(
    gaps: list[tuple[float, float]], others: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return what is white in both lines, where it is wide enough to divide cells."""
    both = [(max(left, low), min(right, high)) for left, right in gaps for low, high in others]
    return [(left, right) for left, right in both if right - left >= 6]


def _are_cells(lines: Sequence[Line], gaps: list[tuple[float, float]]) -> bool:
    first = [pieces(line, _CELL_GAP)[0].text for line in lines]
    last = [line.words[-1].text for line in lines]
    if sum(map(is_label, first)) > len(first) / 2:
        return False
    only_page_numbers = len(gaps) == 1 and sum(map(str.isdecimal, last)) > len(last) / 2
    leaders = sum(1 for line in lines if "...." in line.text.replace(" ", ""))
    return not only_page_numbers and leaders < 2


def _aligned_rows(lines: Sequence[Line], gaps: list[tuple[float, float]]) -> list[list[list[Line]]]:
    edges = [0.0, *((left + right) / 2 for left, right in gaps), 1e6]
    rows = []
    for line in lines:
        cells: list[list[Word]] = [[] for _ in range(len(edges) - 1)]
        for word in line.words:
            cells[_band(edges, _middle(word))].append(word)
        rows.append([[Line(cell, line.page)] if cell else [] for cell in cells])
    return rows
