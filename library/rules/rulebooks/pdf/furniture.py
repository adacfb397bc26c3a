"""Finds what stands on every page but belongs to none: running heads, page and line numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from library.rules.rulebooks.pdf.labels import division
from library.rules.rulebooks.pdf.lines import Line, lines_of
from library.rules.rulebooks.pdf.words import Page, Word

_ZONE = 0.16  # of the page's height, at its head and foot, where furniture stands
_DEEPEST = 3  # lines of a running head or foot
_SLOT = 4.0  # points by which the same line differs in height from page to page
_FEWEST_PAGES = 3
_OFTEN = 0.5  # of the pages that have a line of changing words at the same height
_FEWEST_NUMBERS = 5
_ROMAN = r"[ivxlc]{1,7}"
_PAGE_NUMBER = re.compile(
    rf"(?:page\s*|p\.\s*|[-–—|\[(]\s*)?(?:\d{{1,4}}|{_ROMAN})(?:\s*(?:of|/)\s*\d{{1,4}})?"
    r"(?:\s*[-–—|\])])?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Edge:
    """A line near the head or the foot; `gap` is the white between it and the text, in ems."""

    line: Line
    height: float  # from the head of its page, or from its foot
    gap: float

    @property
    def words(self) -> str:
        """Its text as it is the same on every page: without numbers, without case."""
        return re.sub(rf"\d+|\b{_ROMAN}\b", "#", self.line.text.casefold())


def without_furniture(pages: Sequence[Page], body: float) -> list[tuple[list[Word], list[Line]]]:
    """Return each page's words that are text, and the lines that are furniture.

    `body` is the type size of most of the text.
    """
    found = []
    numbers = _line_numbers(pages)
    for page in pages:
        taken = {id(word) for word in numbers[page.number]}
        rest = [word for word in page.words if id(word) not in taken]
        counted = [Line(numbers[page.number], page.number)] if taken else []
        found.append((lines_of(rest, page.number), counted))
    heights = [page.height for page in pages]
    for at_head in (True, False):
        for _ in range(_DEEPEST):
            if not _take_edge(found, heights, body, at_head):
                break
    return [([word for line in lines for word in line.words], taken) for lines, taken in found]


def _take_edge(
    found: list[tuple[list[Line], list[Line]]], heights: list[float], body: float, at_head: bool
) -> bool:
    """Move the outermost lines that are furniture; say whether there were any."""
    edges = [
        _edge(lines, height, at_head) for (lines, _), height in zip(found, heights, strict=True)
    ]
    running = set(_running([edge for edge in edges if edge], body, at_head))
    for (lines, taken), edge in zip(found, edges, strict=True):
        if edge and id(edge.line) in running:
            lines.remove(edge.line)
            taken.append(edge.line)
    return bool(running)


def _edge(lines: list[Line], height: float, at_head: bool) -> _Edge | None:
    if not lines:
        return None
    line = lines[0] if at_head else lines[-1]
    away = height - line.y if at_head else line.y
    if away > _ZONE * height:
        return None
    beside = lines[1:2] if at_head else lines[-2:-1]
    gap = abs(line.y - beside[0].y) / line.size if beside else 9.0
    return _Edge(line, away, gap)


def _running(edges: list[_Edge], body: float, at_head: bool) -> Iterator[int]:
    """Yield the identities of the edge lines that are furniture."""
    pages = len(edges)
    texts = Counter(edge.line.text for edge in edges)
    repeated: dict[str, list[float]] = defaultdict(list)
    for edge in edges:
        repeated[edge.words].append(edge.height)
    slots = [edge.height for edge in edges if _is_set_apart(edge, body)]
    often = max(_FEWEST_PAGES, _OFTEN * pages)
    numbered = [edge.height for edge in edges if _PAGE_NUMBER.fullmatch(edge.line.text)]
    for edge in edges:
        same = _near(edge.height, repeated[edge.words])
        apart = _is_set_apart(edge, body)
        if _may_be_heading(edge.line, body) and texts[edge.line.text] == 1:
            continue
        if _PAGE_NUMBER.fullmatch(edge.line.text):
            is_running = _near(edge.height, numbered) >= 2 or (not at_head and apart)
        elif apart:
            in_slot = at_head and _near(edge.height, slots) >= often
            numbers = pages < 2 * _FEWEST_PAGES and same >= 2 and "#" in edge.words
            is_running = same >= _FEWEST_PAGES or in_slot or numbers
        else:
            is_running = same >= often
        if is_running:
            yield id(edge.line)


def _may_be_heading(line: Line, body: float) -> bool:
    """Is it a chapter's heading, where each chapter begins a page?"""
    return bool(division(line.text)) and (line.bold or line.size > 1.02 * body)


def _near(height: float, heights: list[float]) -> int:
    return sum(1 for other in heights if abs(other - height) <= _SLOT)


def _is_set_apart(edge: _Edge, body: float) -> bool:
    """Is it no larger than the text, with white between them?"""
    return edge.line.size <= 1.1 * body and edge.gap >= 1.5 and len(edge.line.text) <= 120


def _line_numbers(pages: Sequence[Page]) -> dict[int, list[Word]]:
    """Return the numbers that count lines in the margin, by page.

    They count on by the same step through the document (5, 10, 15), or every line has one.
    """
    candidates = {page.number: _in_margin(page) for page in pages}
    values = [int(word.text) for words in candidates.values() for word in words]
    steps = Counter(later - earlier for earlier, later in pairwise(values) if later > earlier)
    nothing: dict[int, list[Word]] = {page.number: [] for page in pages}
    if len(values) < _FEWEST_NUMBERS or not steps:
        return nothing
    step, times = steps.most_common(1)[0]
    if times < 0.8 * (len(values) - 1):
        return nothing
    lines = sum(len(lines_of(page.words, page.number)) for page in pages)
    if step == 1 and len(values) < 0.8 * lines:
        return nothing
    return candidates


def _in_margin(page: Page) -> list[Word]:
    """Return the bare numbers that stand left or right of everything else, downwards."""
    numbers = [word for word in page.words if word.text.isdecimal() and len(word.text) <= 5]
    if not numbers:
        return []
    bare = {id(word) for word in numbers}
    rest = [word for word in page.words if id(word) not in bare]
    if not rest:
        return []
    left, right = min(word.x0 for word in rest), max(word.x1 for word in rest)
    outside = [word for word in numbers if word.x1 < left - 2 or word.x0 > right + 2]
    return sorted(outside, key=lambda word: -word.y)
