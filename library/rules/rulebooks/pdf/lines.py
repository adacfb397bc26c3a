"""Puts the words of a page into lines, and the lines into the order in which they are read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from library.rules.rulebooks.pdf.labels import is_label
from library.rules.rulebooks.pdf.words import Page, Word

_FULL_ENOUGH = 0.55  # of its column's width that a line of running text fills on average
_FEWEST_BESIDE = 3  # lines that stand beside each other, before they are two columns


@dataclass(slots=True)
class Line:
    """Words on one baseline, from left to right. `left` and `right` are its column's edges."""

    words: list[Word]
    page: int
    left: float = 0.0
    right: float = 0.0
    column: int = 0  # counts the columns of the document in reading order

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def y(self) -> float:
        return self.words[0].y

    @property
    def size(self) -> float:
        """The type size of most of its characters, in points."""
        return usual_size(self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        return text_of(self.words)


def usual_size(words: Iterable[Word]) -> float:
    """Return the size in which most characters of these words are set, in points."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=sizes.__getitem__, default=10.0)


def text_of(words: Iterable[Word]) -> str:
    """Return the words with the spaces that are drawn between them."""
    return "".join(word.text if word.glued else f" {word.text}" for word in words).strip()


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """Return the words as lines, from the head of the page to its foot."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.y):
        near = lines and lines[-1][0].y - word.y <= 0.3 * max(lines[-1][0].size, word.size)
        if near:
            lines[-1].append(word)
        else:
            lines.append([word])
    made = []
    for line in lines:
        line.sort(key=lambda word: word.x0)
        made.append(Line(line, page))
    return made


def pieces(line: Line, widest: float = 1.0) -> list[Line]:
    """Divide a line at gaps wider than `widest` times its type size."""
    made: list[Line] = []
    for word in line.words:
        if made and word.x0 - made[-1].x1 <= widest * word.size:
            made[-1].words.append(word)
        else:
            made.append(Line([word], line.page))
    return made


def in_reading_order(page: Page, words: Sequence[Word], first_column: int) -> list[Line]:
    """Return the words as lines in reading order: one column, or down the left and the right.

    What crosses the gutter, as a heading over both columns, divides what is above from below.
    """
    whole = lines_of(words, page.number)
    gutter = _gutter(whole)
    if gutter is None:
        return _columned([whole], first_column)
    columns: list[list[Line]] = [[]]
    for crossing, band in _bands([piece for line in whole for piece in pieces(line)], gutter):
        left = [word for piece in band for word in piece.words if piece.x1 <= gutter]
        right = [word for piece in band for word in piece.words if piece.x0 >= gutter]
        sides = lines_of(left, page.number), lines_of(right, page.number)
        if crossing or not _beside(*sides, gutter):
            both = [word for piece in band for word in piece.words]
            columns.append(lines_of(both, page.number))
        else:
            columns.extend(sides)
    return _columned([column for column in columns if column], first_column)


def _columned(columns: list[list[Line]], first: int) -> list[Line]:
    for number, column in enumerate(columns, start=first):
        if not column:
            continue
        left = min(line.x0 for line in column)
        right = max(line.x1 for line in column)
        for line in column:
            line.left, line.right, line.column = left, right, number
    return [line for column in columns for line in column]


def _gutter(lines: list[Line]) -> float | None:
    """Return the x between two columns of running text, if the page has two."""
    if len(lines) < _FEWEST_BESIDE:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    divided = [pieces(line) for line in lines]
    best, most = None, 0
    for x in range(int(left + 0.25 * (right - left)), int(right - 0.25 * (right - left)), 2):
        crossed = [any(piece.x0 < x < piece.x1 for piece in row) for row in divided]
        both = sum(
            1
            for row, cut in zip(divided, crossed, strict=True)
            if not cut and row[0].x1 <= x <= row[-1].x0
        )
        # Columns whose baselines differ stand on lines of their own, on the left or the right.
        sides = _one_sided(divided, crossed, x)
        score = 2 * both + sides - 2 * sum(crossed)
        if score > most and _is_gutter(divided, crossed, x):
            best, most = float(x), score
    return best


def _one_sided(rows: list[list[Line]], crossed: list[bool], x: float) -> int:
    """Return how many lines of the right have their partners on the left, on other baselines."""
    only_right = sum(1 for row, cut in zip(rows, crossed, strict=True) if not cut and row[0].x0 > x)
    only_left = sum(1 for row, cut in zip(rows, crossed, strict=True) if not cut and row[-1].x1 < x)
    return min(only_right, only_left)


def _is_gutter(rows: list[list[Line]], crossed: list[bool], x: float) -> bool:
    """Is it the gap between columns, not between the cells of a table?

    A row of a table has more gaps than one; but so has a line of contents, before its number.
    """
    beside = [
        row
        for row, cut in zip(rows, crossed, strict=True)
        if not cut and row[0].x1 <= x <= row[-1].x0
    ]
    many = [row for row in beside if sum(not is_label(piece.text) for piece in row) > 2]
    if 2 * len(many) <= len(beside) or _one_sided(rows, crossed, x) > len(beside):
        return True
    numbered = [
        row
        for row in many
        if row[-1].words[-1].text.isdigit()
        and [piece for piece in row if piece.x1 <= x][-1].words[-1].text.isdigit()
    ]
    return 2 * len(numbered) > len(many)


def _bands(parts: list[Line], gutter: float) -> Iterator[tuple[bool, list[Line]]]:
    """Yield stretches of the page that cross the gutter or do not, from its head to its foot."""
    band: list[Line] = []
    crossing = False
    for part in sorted(parts, key=lambda part: (-part.y, part.x0)):
        crosses = part.x0 < gutter < part.x1
        if band and crosses != crossing:
            yield crossing, band
            band = []
        crossing = crosses
        band.append(part)
    if band:
        yield crossing, band


def _beside(left: list[Line], right: list[Line], gutter: float) -> bool:
    """Do the two sides look like columns of running text?"""
    if not right or min(len(left), len(right)) < 2 or len(left) + len(right) < 6:
        return False
    edges = min(line.x0 for line in left), max(line.x1 for line in right)
    widths = [line.x1 - line.x0 for line in left], [line.x1 - line.x0 for line in right]
    return sum(widths[0]) / len(left) >= _FULL_ENOUGH * (gutter - edges[0]) and sum(
        widths[1]
    ) / len(right) >= _FULL_ENOUGH * (edges[1] - gutter)
