"""PocketSphinx: small, always there (its wheel carries an English model), and often mistaken."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ground.refusals import Refused

from ..ffmpeg import Progress
from ..sound import SAMPLE_RATE, read_wav
from ..speech import SpeechSegment, speech_segments
from ..words import Word
from .base import Transcriber, Transcript
from .hallucinations import RecognisedPassage, without_hallucinations

if TYPE_CHECKING:
    import numpy
    from pocketsphinx import Decoder

LEAST_MEAN_CONFIDENCE = 0.15  # a stretch this doubtful is no English speech: it gives no words
BLOCK = SAMPLE_RATE // 2  # samples between two looks at whether the work is still wanted
LONGEST_WORD = 2.5  # seconds: what lasts longer is a noise that a word was laid over


class PocketSphinx(Transcriber):
    """CMU PocketSphinx with its own US English model and language model."""

    name = "pocketsphinx"

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
                f"language ({language}). Give the film’s captions as a file, or have one of "
                "Whisper’s models for many languages installed."
            )
        begun = time.monotonic()
        samples = read_wav(wav)
        decoder, ear = new_decoder(), _new_ear()
        speech = speech_segments(samples)
        heard: list[RecognisedPassage] = []
        for stretch in speech:
            for reached in _decode_in_blocks(decoder, ear, samples, stretch):
                if progress:
                    progress(min(0.999, reached / len(samples)))
            heard += _believed(decoder, stretch)
        if progress:
            progress(1.0)
        words, warnings = without_hallucinations(heard, speech)
        seconds = time.monotonic() - begun
        return Transcript(words, "en", self.name, self.version, seconds, warnings=warnings)


def new_decoder(*, words: Path | None = None, model: Path | None = None) -> "Decoder":
    """A decoder with the wheel's sounds; its own log is kept off the terminal.

    ``words`` is a dictionary and ``model`` a language model (ARPA) to use instead of the wheel's.
    """
    from pocketsphinx import Decoder

    if words and model:
        return Decoder(loglevel="FATAL", dict=str(words), lm=str(model))
    return Decoder(loglevel="FATAL")


def decode(decoder: "Decoder", samples: "numpy.ndarray", stretch: SpeechSegment) -> None:
    """Run the decoder's current search over one stretch of the sound."""
    part = samples[int(stretch.start * SAMPLE_RATE) : int(stretch.end * SAMPLE_RATE)]
    decoder.start_utt()
    try:
        decoder.process_raw(part.tobytes(), full_utt=True)
    finally:
        decoder.end_utt()


def _new_ear() -> "Decoder":
    """A decoder that searches for next to nothing: it only measures a stretch's own sound.

    It looks for one word, at one frame in a thousand.
    """
    from pocketsphinx import Decoder

    settings = {"keyphrase": "a", "kws_threshold": 1.0, "ds": 1000, "topn": 1}
    return Decoder(loglevel="FATAL", lm=None, **settings)


def _decode_in_blocks(
    decoder: "Decoder", ear: "Decoder", samples: "numpy.ndarray", stretch: SpeechSegment
) -> Iterator[int]:
    """Decode a stretch, giving the sample reached after each half second of sound.

    A whole stretch at once could not be stopped for up to ten seconds. What the whole would have
    given, the mean of its sound, is measured beforehand by ``ear``, which costs a thousandth.
    """
    begin, end = int(stretch.start * SAMPLE_RATE), int(stretch.end * SAMPLE_RATE)
    ear.start_utt()
    ear.process_raw(samples[begin:end].tobytes(), no_search=True, full_utt=True)
    mean = ear.get_cmn(False)
    ear.end_utt()
    decoder.set_cmn(mean)
    decoder.start_utt()
    try:
        for at in range(begin, end, BLOCK):
            decoder.process_raw(samples[at : min(end, at + BLOCK)].tobytes())
            yield min(end, at + BLOCK)
    finally:
        decoder.end_utt()


def _believed(decoder: "Decoder", stretch: SpeechSegment) -> list[RecognisedPassage]:
    """The words of one stretch; none if they are, taken together, not to be believed."""
    words = list(heard_words(decoder, stretch.start))
    if not words or sum(word.confidence for word in words) / len(words) < LEAST_MEAN_CONFIDENCE:
        return []
    return [
        RecognisedPassage(tuple(word for word in words if word.end - word.start <= LONGEST_WORD))
    ]


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
