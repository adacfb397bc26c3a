"""What the speech steps hand on: words with their times, and the cues composed of them."""

from dataclasses import dataclass


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
