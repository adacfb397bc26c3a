"""Where two outlines differ, line by line and word by word."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from library.rules.rulebooks.comparison import Stretch, words

MOST = 200  # lines shown at once


class ChangedLine(NamedTuple):
    """A line of the newer text, counted from 1 (None: it was taken out), as stretches."""

    line: int | None
    stretches: tuple[Stretch, ...]


def line_differences(old: str, new: str) -> list[ChangedLine]:
    """Return the lines that differ between two texts, in order; empty lines are passed over."""
    before, after = old.split("\n"), new.split("\n")
    found: list[ChangedLine] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += _changed(before[i1:i2], after[j1:j2], j1)
    return found


def _changed(before: Sequence[str], after: Sequence[str], start: int) -> Iterator[ChangedLine]:
    numbered = [(start + place, line) for place, line in enumerate(after, 1) if line.strip()]
    gone = [line for line in before if line.strip()]
    if len(gone) == len(numbered):
        for line, (number, text) in zip(gone, numbered, strict=True):
            yield ChangedLine(number, _stretches(line, text))
        return
    for line in gone:
        yield ChangedLine(None, (Stretch("removed", line),))
    for number, text in numbered:
        yield ChangedLine(number, (Stretch("added", text),))


def _stretches(old: str, new: str) -> tuple[Stretch, ...]:
    """Compare the words; where only the indentation differs, say the whole line anew."""
    if old.strip() == new.strip():
        return Stretch("removed", old), Stretch("added", new)
    return words(old, new)
