"""Finds footnotes: smaller type at the foot of a column, each beginning with its mark."""

import re
from collections.abc import Sequence
from itertools import groupby

from library.rules.rulebooks.pdf.lines import Line
from library.rules.rulebooks.pdf.words import Rule

_SMALLER = 0.94  # of the text's type size
_MARK = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}|[a-z]")


def footnotes_of(
    lines: Sequence[Line], rules: Sequence[Rule], body: float
) -> tuple[list[Line], list[list[Line]]]:
    """Divide a page's lines into its text and its footnotes, each as its lines."""
    text: list[Line] = []
    notes: list[list[Line]] = []
    for _, column in groupby(lines, key=lambda line: line.column):
        of_column = list(column)
        start = len(of_column)
        while start and of_column[start - 1].size < _SMALLER * body:
            start -= 1
        small = of_column[start:]
        if not small or not (mark_of(small[0]) or _is_ruled_off(small[0], rules)):
            text.extend(of_column)
            continue
        text.extend(of_column[:start])
        for line in small:
            if mark_of(line) or not notes:
                notes.append([line])
            else:
                notes[-1].append(line)
    return text, notes


def mark_of(line: Line) -> str:
    """Return the mark with which a footnote begins, if the line begins with one."""
    first = line.words[0]
    if not _MARK.fullmatch(first.text) or len(line.words) < 2:
        return ""
    return first.text if first.raised or not first.text.isalpha() else ""


def _is_ruled_off(line: Line, rules: Sequence[Rule]) -> bool:
    """Is there a line above it that does not go through to the column's other edge?"""
    return any(
        0 < rule.y0 - line.y < 3 * line.size
        and rule.x1 - rule.x0 > 30
        and rule.x0 < line.x0 + 12
        and rule.y1 - rule.y0 < 1
        for rule in rules
    )
