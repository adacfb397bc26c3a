"""What the speech steps hand on: words with their times, and the cues composed of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LINE_ENDS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MARKS = "\"'“”‘’()[].,;:!?…–—-"


@dataclass(frozen=True)
class Word:
    """One spoken word: as it is written, from ``start`` to ``end`` in seconds.

    ``confidence`` runs from 0 to 1: a recogniser's own estimate, or 1 for a given script's word.
    """

    text: str
    start: float
    end: float
    confidence: float = 1.0


@dataclass(frozen=True)
class Cue:
    """One caption: ``lines`` on the screen from ``start`` to ``end`` in seconds, and its words.

    A cue read from a caption file has no words, for such files keep no word times. ``speaker`` is
    who speaks, where a person has said so.
    """

    start: float
    end: float
    lines: tuple[str, ...]
    words: tuple[Word, ...] = ()
    speaker: str = ""

    @property
    def text(self) -> str:
        """The lines as they stand on the screen, one under the other."""
        return "\n".join(self.lines)


def clean_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines as every caption file can hold them.

    A line break inside a line parts it, runs of spaces become one, signs that are no text and
    empty lines are left out.
    """
    parts = (part for line in lines for part in LINE_ENDS.split(line))
    tidied = (" ".join(NOT_TEXT.sub("", part).split()) for part in parts)
    return tuple(line for line in tidied if line)


def bare(text: str) -> str:
    """What of a word is heard: “Comment,” and “comment” sound the same. Empty for marks alone."""
    return text.strip(MARKS).replace("’", "'").casefold()


def spread(
    texts: Sequence[str], start: float, end: float, *, confidence: float = 1.0
) -> list[Word]:
    """Words that share the seconds from ``start`` to ``end`` by their length."""
    whole = sum(len(text) for text in texts) or 1
    words, clock = [], start
    for text in texts:
        until = clock + (end - start) * len(text) / whole
        words.append(Word(text, round(clock, 3), round(until, 3), confidence))
        clock = until
    return words


def one_line(text: str) -> str:
    """The text in one line, as every caption file can hold it."""
    return " ".join(clean_lines([text]))


def clean_name(name: str) -> str:
    """A speaker's name in one line; empty where there is none, for a dash is no name."""
    name = one_line(name)
    return name if any(character.isalnum() for character in name) else ""
