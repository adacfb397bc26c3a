"""How things are cited, told by the app above that holds them: it registers a grammar.

Search knows only that a text may cite by a key, whose steps are separated by full stops; what a key
looks like when people write it is the grammar's. Without one nothing is cited.
"""

from collections.abc import Sequence
from typing import Protocol


class Mention(Protocol):
    """Where in a text something is cited, and the keys of all that is meant there.

    Where the beginning was left out there are no keys, and `parts` are the rest of them.
    """

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def keys(self) -> tuple[str, ...]: ...

    @property
    def parts(self) -> tuple[str, ...]: ...


class Grammar(Protocol):
    """What is known of how things are cited."""

    def mentions(self, text: str) -> Sequence[Mention]:
        """Return what a text cites, in its order; none overlaps another."""

    def wordings(self, key: str) -> tuple[str, ...]:
        """Return the words, side by side, in which texts cite what has this key."""

    def called(self, part: str) -> str:
        """Return what people call a thing of which only the end of the key is known."""

    def numerals(self, word: str) -> tuple[str, ...]:
        """Return the other ways in which a citation may write this number; none for a word."""

    def names_a_step(self, words: Sequence[str], place: int, following: str) -> bool:
        """Say whether one of the words, such as an A or I, is a step of a citation here.

        `following` is all of the text that stands after it.
        """

    def depth(self, line: str) -> int:
        """Return how deep the numbering of a line of a cited text lies, 0 where it has none."""


class NoGrammar:
    """Nothing is cited."""

    def mentions(self, text: str) -> Sequence[Mention]:
        return ()

    def wordings(self, key: str) -> tuple[str, ...]:
        return ()

    def called(self, part: str) -> str:
        return part

    def numerals(self, word: str) -> tuple[str, ...]:
        return ()

    def names_a_step(self, words: Sequence[str], place: int, following: str) -> bool:
        return False

    def depth(self, line: str) -> int:
        return 0


_registered: Grammar = NoGrammar()


def register(grammar: Grammar) -> None:
    """Let citations be read by this grammar from now on, in place of any other."""
    global _registered
    _registered = grammar


def grammar() -> Grammar:
    """Return the grammar by which citations are read."""
    return _registered
