"""Whisper, as faster-whisper runs it: accurate, punctuated, many languages; needs a model."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..ffmpeg import Progress, thread_count
from ..refusals import Refused
from ..sound import SAMPLE_RATE, read_wav
from ..words import Word
from .base import Transcriber, Transcript

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

GLOSSARY_LENGTH = 200  # characters: more would crowd out what has been said before
NEEDED = ("model.bin", "config.json")
TOKENS = ("tokenizer.json", "vocabulary.json", "vocabulary.txt")


def is_model_folder(folder: Path) -> bool:
    """Whether ``folder`` holds all that Whisper needs to run without a network."""
    return (
        all((folder / name).is_file() for name in NEEDED)
        and any((folder / name).is_file() for name in TOKENS[1:])
        and (folder / TOKENS[0]).is_file()
    )


class Whisper(Transcriber):
    """A CTranslate2 Whisper model from a folder, in 8-bit integers on the processor."""

    name = "whisper"
    can_detect_language = True
    gives_punctuation = True
    uses_glossary = True

    def __init__(self, folder: Path, model: str) -> None:
        """``folder`` passes ``is_model_folder``; ``model`` is what the settings call it."""
        self.folder = folder
        self.model = model
        self._loaded: WhisperModel | None = None

    @property
    def version(self) -> str:
        from importlib.metadata import version

        return f"faster-whisper {version('faster-whisper')} {self.model}"

    def load(self) -> "WhisperModel":
        """The model in memory, loaded once. Raises RuntimeError or ValueError if it is damaged."""
        if self._loaded is None:
            from faster_whisper import WhisperModel

            self._loaded = WhisperModel(
                str(self.folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=thread_count(),
                local_files_only=True,
            )
        return self._loaded

    def transcribe(
        self,
        wav: Path,
        *,
        language: str | None,
        glossary: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> Transcript:
        import numpy

        begun = time.monotonic()
        model = self.load()
        if language and not model.model.is_multilingual and language.split("-")[0] != "en":
            raise Refused(
                f"The Whisper model “{self.model}” understands only English, and this film is said "
                f"to be in another language ({language}). Install a model for many languages."
            )
        sound = read_wav(wav).astype(numpy.float32) / 32768
        segments, info = model.transcribe(
            sound,
            language=language.split("-")[0].lower() if language else None,
            word_timestamps=True,
            vad_filter=True,
            condition_on_previous_text=False,
            hotwords=_hotwords(glossary),
        )
        words: list[Word] = []
        reached = 0.0
        for segment in segments:
            reached = max(reached, segment.end * SAMPLE_RATE / max(1, len(sound)))
            for word in segment.words or ():
                words.append(_word(word.word, word.start, word.end, word.probability))
            if progress:
                progress(min(0.999, reached))
        if progress:
            progress(1.0)
        kept = tuple(word for word in words if word.text)
        return Transcript(kept, info.language, self.name, self.version, time.monotonic() - begun)


def _word(text: str, start: float, end: float, probability: float) -> Word:
    begin = round(float(start), 3)
    confidence = max(0.0, min(1.0, float(probability)))
    return Word(text.strip(), begin, max(begin, round(float(end), 3)), confidence)


def _hotwords(glossary: Sequence[str]) -> str | None:
    """The glossary as one line, whole terms only, as many as fit."""
    line = ""
    for term in (" ".join(term.split()) for term in glossary):
        longer = f"{line}, {term}" if line else term
        if term and len(longer) <= GLOSSARY_LENGTH:
            line = longer
    return line or None
