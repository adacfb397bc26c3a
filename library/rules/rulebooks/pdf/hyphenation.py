"""Joins the lines of a paragraph, and the halves of words that a line's end has divided."""

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010]$")
_SOFT = "\u00ad"
_PREFIXES = {
    *("all", "anti", "bi", "by", "co", "counter", "cross", "e", "ex", "extra", "half", "in"),
    *("inter", "mid", "mis", "multi", "neo", "non", "off", "on", "over", "pan", "post", "pre"),
    *("pro", "pseudo", "quasi", "re", "self", "semi", "sub", "super", "ultra", "un", "under"),
    *("up", "vice", "well"),
}
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly", "’s", "'s")


class KnownWords:
    """The words of a document, which tell a hyphen that belongs to a word from one that does not.

    "under-" and "graduate" are one word where the document has "undergraduate" elsewhere, and two
    where it has "under-graduate". Where it has neither, the hyphen stays, unless neither half is a
    word of the document by itself.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: set[str] = set()
        self.compounds: set[str] = set()
        for line in lines:
            whole = line.casefold().split()
            # The last word of a line may be half a word, and so may the first of the next.
            inner = " ".join(whole[1:-1])
            self.words.update(_WORD.findall(re.sub(_COMPOUND, " ", inner)))
            self.compounds.update(_COMPOUND.findall(inner))

    def joined(self, lines: Sequence[str]) -> str:
        """Return the lines as one text, with single spaces."""
        text = ""
        for line in lines:
            line = re.sub(r"\s+", " ", line).strip()
            text = self._join(text, line) if text else line
        return text.replace(_SOFT, "")

    def _join(self, before: str, after: str) -> str:
        if before.endswith(_SOFT):
            return before[:-1] + after
        first = _WORD.match(after)
        divided = _DIVIDED.search(before)
        if divided and first:
            if self._is_one_word(divided[1].casefold(), first[0].casefold(), first[0]):
                return before[:-1] + after
            return before + after
        closed = before.endswith("—") and not before.endswith(" —")
        return before + after if closed else f"{before} {after}"

    def _is_one_word(self, left: str, right: str, as_written: str) -> bool:
        if not as_written[0].islower():
            return False
        if f"{left}-{right}" in self.compounds:
            return False
        if self._knows(left + right):
            return True
        if left in _PREFIXES or len(left) < 2 or len(right) < 2:
            return False
        return left not in self.words and right not in self.words

    def _knows(self, word: str) -> bool:
        """Does the document have the word elsewhere, be it with another ending?"""
        stems = {word.removesuffix(ending) for ending in _ENDINGS if len(word) > len(ending) + 3}
        return any(stem + ending in self.words for stem in stems for ending in _ENDINGS)
