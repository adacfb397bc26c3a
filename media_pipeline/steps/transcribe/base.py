"""What every speech engine is to the rest of the pipeline."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..ffmpeg import Progress
from ..words import Word


@dataclass(frozen=True)
class Transcript:
    """What was heard. ``seconds`` is the time the engine took; ``language`` an ISO 639-1 code.

    ``detected_language`` is what the engine took the language for, empty where it cannot tell;
    the words are in ``language`` all the same. ``warnings`` are sentences for the author: another
    language than was said, and each passage that was left out, with its time.
    """

    words: tuple[Word, ...]
    language: str
    engine: str
    version: str
    seconds: float
    detected_language: str = ""
    warnings: tuple[str, ...] = ()


class Transcriber(ABC):
    """One speech engine."""

    name: str

    @property
    @abstractmethod
    def version(self) -> str:
        """The engine's version and its model's name, for the record of a job."""

    @abstractmethod
    def transcribe(
        self,
        wav: Path,
        *,
        language: str | None,
        glossary: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> Transcript:
        """The words spoken in ``wav`` (mono, 16 kHz, 16 bit), with their times.

        ``language`` (“en”) is believed where it is given. ``glossary`` holds names and terms that
        may occur. Silence gives no words. ``progress`` may raise to stop the work: it is called
        every few seconds at least. Raises Refused for a language the engine does not know.
        """
