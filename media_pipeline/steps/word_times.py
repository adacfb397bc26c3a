"""Keeps the words' own times while people change the text.

A word that stays keeps when it was spoken; new words share the time between their neighbours by
their length. `static/media_pipeline/captions/words.js` does the same in the editor.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from .words import Word, bare, spread

LEAST_KEPT = 0.25  # of the words written: fewer that are the same are so by chance


def retimed(words: Sequence[Word], text: str, start: float, end: float) -> tuple[Word, ...]:
    """Words for ``text``, said between ``start`` and ``end`` (seconds), from the ``words`` before.

    A word whose sound stays the same (but for case and punctuation) keeps its times, and its
    confidence too where it is left untouched; what a person wrote has the confidence 1. Without
    any words before there are none after: times out of thin air would look like a recogniser's.
    """
    written = text.split()
    if not words or not written:
        return ()
    matcher = SequenceMatcher(
        None, [bare(w.text) or w.text for w in words], [bare(w) or w for w in written], False
    )
    if sum(match.size for match in matcher.get_matching_blocks()) < LEAST_KEPT * len(written):
        return tuple(spread(written, words[0].start, max(word.end for word in words)))
    timed: list[Word] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            timed += map(_still_said, words[i1:i2], written[j1:j2])
        elif tag in {"replace", "insert"}:
            left = words[i1].start if i1 < i2 else (words[i1 - 1].end if i1 else start)
            right = words[i2 - 1].end if i1 < i2 else (words[i1].start if i1 < len(words) else end)
            timed += spread(written[j1:j2], left, max(left, right))
    return tuple(_forwards(timed))


def _still_said(word: Word, text: str) -> Word:
    return word if word.text == text else Word(text, word.start, word.end)


def _forwards(words: Iterable[Word]) -> Iterable[Word]:
    """The words with times that never run backwards."""
    clock = 0.0
    for word in words:
        start = max(clock, word.start)
        clock = start
        yield Word(word.text, start, max(start, word.end), word.confidence)
