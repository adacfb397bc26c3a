"""Finds the lines of contents pages: headings with the page on which they are found."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from library.rules.rulebooks.conservation import squeezed
from library.rules.rulebooks.pdf.lines import Line

_LEADERS = re.compile(r"(?:[.…·_]\s?){4,}")
_PAGE = re.compile(r"(?:^|[\s.…·_])(\d{1,4}|[ivxlc]{1,7})$")
_TITLE = re.compile(r"(?:table of |list of )?contents|index of (?:rules|chapters)", re.IGNORECASE)
_FEWEST = 3
_MOST_BETWEEN = 2  # lines of long headings, or headings of groups, between two entries
_WHITE = 1.5  # times the type size, before the page's number where no dots lead to it


def contents_lines(lines: Sequence[Line], pages: int) -> set[int]:
    """Return the indexes of the lines that are contents; `pages` is how many the file has."""
    found: set[int] = set()
    known = {squeezed(line.text) for line in lines}
    for start, end in _runs(lines):
        entries = [index for index in range(start, end) if is_entry(lines[index])]
        titled = start > 0 and bool(_TITLE.fullmatch(lines[start - 1].text.strip(" :")))
        if _are_contents([lines[index] for index in entries], known, pages, titled):
            found.update(range(start - 1 if titled else start, end))
    return found


def is_entry(line: Line) -> bool:
    """Does the line end with a number, with dots or white before it, at its column's edge?"""
    if _entry(line.text) is None:
        return False
    if _LEADERS.search(line.text):
        return True
    if len(line.words) < 2:
        return False
    last, before = line.words[-1], line.words[-2]
    white, off = last.x0 - before.x1, line.right - last.x1
    return (off < 8 and white > _WHITE * last.size) or (off < 3 and white > 0.6 * last.size)


def _entry(text: str) -> tuple[str, str] | None:
    """Return the words of a line of contents and its page number, if it ends with one."""
    page = _PAGE.search(text[-9:])
    words = text[: -len(page[1])].rstrip(" .…·_") if page else ""
    return (words, page[1]) if page and squeezed(words) else None


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield from which line until which entries follow each other."""
    entries = [index for index, line in enumerate(lines) if is_entry(line)]
    start = 0
    for at, (index, following) in enumerate(pairwise([*entries, 10**9]), start=1):
        if following - index > _MOST_BETWEEN + 1 or lines[following].page > lines[index].page + 1:
            if at - start >= _FEWEST:
                yield _from_head(lines, entries[start]), index + 1
            start = at


def _from_head(lines: Sequence[Line], first: int) -> int:
    """Return where the run begins: its first entry may be the end of a long heading."""
    before = lines[first - 1] if first else None
    if before is None or before.page != lines[first].page:
        return first
    entry = lines[first]
    near = 0 < before.y - entry.y < 1.4 * entry.size and abs(before.size - entry.size) < 0.5
    return first - 1 if near and not _TITLE.fullmatch(before.text.strip(" :")) else first


def _are_contents(entries: list[Line], known: set[str], pages: int, titled: bool) -> bool:
    found = [entry for entry in (_entry(line.text) for line in entries) if entry]
    numbers = [int(page) for _, page in found if page.isdecimal()]
    rising = [later >= earlier for earlier, later in pairwise(numbers)]
    if len(numbers) < 2 or max(numbers) > pages + 60 or sum(rising) < 0.8 * len(rising):
        return False
    leading = sum(1 for line in entries if _LEADERS.search(line.text))
    again = sum(1 for words, _ in found if squeezed(words) in known)
    return titled or 2 * leading > len(entries) or 2 * again > len(entries)
