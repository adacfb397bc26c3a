"""PocketSphinx: small, always there (its wheel carries an English model), and often mistaken."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..ffmpeg import Progress
from ..refusals import Refused
from ..sound import SAMPLE_RATE, read_wav
from ..speech import Stretch, stretches
from ..words import Word
from .base import Transcriber, Transcript

if TYPE_CHECKING:
    import numpy
    from pocketsphinx import Decoder

LEAST_MEAN_CONFIDENCE = 0.15  # a stretch this doubtful is no English speech: it gives no words
LONGEST_WORD = 2.5  # seconds: what lasts longer is a noise that a word was laid over


class PocketSphinx(Transcriber):
    """CMU PocketSphinx with its own US English model and language model."""

    name = "pocketsphinx"
    languages = frozenset({"en"})

    @property
    def version(self) -> str:
        from importlib.metadata import version

        return f"{version('pocketsphinx')} en-us"

    def transcribe(
        self,
        wav: Path,
        *,
        language: str | None,
        glossary: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> Transcript:
        if language and language.split("-")[0].lower() != "en":
            raise Refused(
                "PocketSphinx understands only English, and this film is said to be in another "
                f"language ({language}). Install Whisper's model, or give the film's script."
            )
        begun = time.monotonic()
        samples = read_wav(wav)
        decoder = new_decoder()
        words: list[Word] = []
        for stretch in stretches(samples):
            words += _heard(decoder, samples, stretch)
            if progress:
                progress(min(1.0, stretch.end * SAMPLE_RATE / len(samples)))
        if progress:
            progress(1.0)
        return Transcript(tuple(words), "en", self.name, self.version, time.monotonic() - begun)


def new_decoder(*, words: Path | None = None, model: Path | None = None) -> "Decoder":
    """A decoder with the wheel's sounds; its own log is kept off the terminal.

    ``words`` is a dictionary and ``model`` a language model (ARPA) to use instead of the wheel's.
    """
    from pocketsphinx import Decoder

    if words and model:
        return Decoder(loglevel="FATAL", dict=str(words), lm=str(model))
    return Decoder(loglevel="FATAL")


def decode(decoder: "Decoder", samples: "numpy.ndarray", stretch: Stretch) -> None:
    """Run the decoder's current search over one stretch of the sound."""
    part = samples[int(stretch.start * SAMPLE_RATE) : int(stretch.end * SAMPLE_RATE)]
    decoder.start_utt()
    try:
        decoder.process_raw(part.tobytes(), full_utt=True)
    finally:
        decoder.end_utt()


def _heard(decoder: "Decoder", samples: "numpy.ndarray", stretch: Stretch) -> list[Word]:
    """The words of one stretch; none if they are, taken together, not to be believed."""
    decode(decoder, samples, stretch)
    words = list(heard_words(decoder, stretch.start))
    if not words or sum(word.confidence for word in words) / len(words) < LEAST_MEAN_CONFIDENCE:
        return []
    return [word for word in words if word.end - word.start <= LONGEST_WORD]


def heard_words(decoder: "Decoder", offset: float) -> Iterator[Word]:
    """The words of the stretch just decoded, which began ``offset`` seconds into the film."""
    for segment in decoder.seg() or ():
        text = segment.word.split("(")[0]
        if text and text[0] not in "<[+":
            start, end = segment.start_frame / 100, (segment.end_frame + 1) / 100
            confidence = max(0.0, min(1.0, segment.prob))
            yield Word(_spelt(text), round(offset + start, 3), round(offset + end, 3), confidence)


def _spelt(text: str) -> str:
    """The dictionary's lower case, but for the one English word that is always a capital."""
    return text.capitalize() if text == "i" or text.startswith("i'") else text
