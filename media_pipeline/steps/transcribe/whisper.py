"""Whisper, as faster-whisper runs it: accurate, punctuated, many languages; needs a model."""

import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ground.refusals import Refused

from ..ffmpeg import Progress, thread_count
from ..sound import SAMPLE_RATE, read_wav
from ..speech import SpeechSegment, speech_segments
from ..words import Word
from .base import Transcriber, Transcript
from .hallucinations import RecognisedPassage, without_hallucinations

if TYPE_CHECKING:
    import numpy
    from faster_whisper import WhisperModel
    from faster_whisper.transcribe import Segment

GLOSSARY_LENGTH = 200  # characters: more would crowd out what has been said before
NEEDED = ("model.bin", "config.json")
LONGEST_BLOCK = 180.0  # seconds of sound in memory at a time; cut where nobody speaks
ENOUGH_TO_TELL = 30.0  # seconds of speech, by which Whisper judges a language
CLEARLY = 0.6  # chance at which a language other than the declared one is worth a warning
DEVICES = ("auto", "cpu", "cuda")
TOKENS = ("tokenizer.json", "vocabulary.json", "vocabulary.txt")
INSTALL = "pip install --require-hashes -r requirements/models.txt"
NOT_INSTALLED = f"Whisper is not installed (to install it: {INSTALL})"


def is_installed() -> bool:
    """Whether faster-whisper is here, which only requirements/models.txt brings."""
    return find_spec("faster_whisper") is not None


def is_model_folder(folder: Path) -> bool:
    """Whether ``folder`` holds all that Whisper needs to run without a network."""
    return (
        all((folder / name).is_file() for name in NEEDED)
        and any((folder / name).is_file() for name in TOKENS[1:])
        and (folder / TOKENS[0]).is_file()
    )


class Whisper(Transcriber):
    """A CTranslate2 Whisper model from a folder: 8-bit integers on a processor, 16-bit on a GPU."""

    name = "whisper"

    def __init__(self, folder: Path, model: str, *, device: str = "auto") -> None:
        """``folder`` passes ``is_model_folder``; ``model`` is what the settings call it.

        ``device`` is “cpu”, “cuda”, or “auto”: a CUDA graphics card where there is one.
        """
        self.folder = folder
        self.model = model
        self.device = device
        self._loaded: WhisperModel | None = None

    @property
    def version(self) -> str:
        from importlib.metadata import version

        return f"faster-whisper {version('faster-whisper')} {self.model}"

    def load(self) -> "WhisperModel":
        """The model in memory, loaded once. Raises RuntimeError or ValueError if it is damaged."""
        if self._loaded is None:
            from faster_whisper import WhisperModel

            device, precision = _device(self.device)
            self._loaded = WhisperModel(
                str(self.folder),
                device=device,
                compute_type=precision,
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
        begun = time.monotonic()
        model = self.load()
        declared = language.split("-")[0].lower() if language else None
        if declared and not model.model.is_multilingual and declared != "en":
            raise Refused(
                f"The Whisper model “{self.model}” understands only English, and this film is said "
                f"to be in another language ({language}). Install a model for many languages."
            )
        samples = read_wav(wav)
        speech = speech_segments(samples)
        detected, chance = _detected(model, samples, speech)
        heard: list[RecognisedPassage] = []
        for passage, reached in self._passages(samples, speech, declared or detected, glossary):
            heard += [passage] if passage.words else []
            if progress:
                progress(min(0.999, reached * SAMPLE_RATE / len(samples)))
        if progress:
            progress(1.0)
        words, warnings = without_hallucinations(heard, speech)
        if declared and detected not in ("", declared) and chance >= CLEARLY:
            warnings = (_other_language(declared, detected), *warnings)
        return Transcript(
            words=words,
            language=declared or detected or "en",
            engine=self.name,
            version=self.version,
            seconds=time.monotonic() - begun,
            detected_language=detected,
            warnings=warnings,
        )

    def _passages(
        self,
        samples: "numpy.ndarray",
        speech: Sequence[SpeechSegment],
        language: str,
        glossary: Sequence[str],
    ) -> Iterator[tuple[RecognisedPassage, float]]:
        """What Whisper makes of the sound, a segment at a time, and how far it has come (s).

        An empty passage marks the end of each block.
        """
        model = self.load()
        reached = 0.0
        for begin, end in _blocks(speech, len(samples) / SAMPLE_RATE):
            segments, _info = model.transcribe(
                _as_floats(samples[int(begin * SAMPLE_RATE) : int(end * SAMPLE_RATE)]),
                language=language or "en",
                word_timestamps=True,
                vad_filter=True,
                condition_on_previous_text=False,
                hotwords=_hotwords(glossary),
            )
            for segment in segments:
                passage = _passage(segment, begin, end)
                reached = max(reached, min(end, begin + segment.end))
                yield passage, reached
            reached = end
            yield RecognisedPassage(()), reached


def _device(device: str) -> tuple[str, str]:
    """(device, precision) for ctranslate2."""
    if device == "auto":
        import ctranslate2

        device = "cuda" if ctranslate2.get_cuda_device_count() > 0 else "cpu"
    return device, "float16" if device == "cuda" else "int8"


def _blocks(speech: Sequence[SpeechSegment], length: float) -> list[tuple[float, float]]:
    """The sound in blocks of at most LONGEST_BLOCK seconds, cut in pauses where there are any."""
    blocks, begin = [], 0.0
    pauses = [(a.end, b.start) for a, b in pairwise(speech)]
    while length - begin > LONGEST_BLOCK:
        late = [p for p in pauses if begin + LONGEST_BLOCK / 2 < p[0] < begin + LONGEST_BLOCK]
        quiet = max(late, key=lambda pause: pause[1] - pause[0], default=None)
        middle = (quiet[0] + quiet[1]) / 2 if quiet else begin + LONGEST_BLOCK
        end = min(middle, begin + LONGEST_BLOCK)
        blocks.append((begin, end))
        begin = end
    return [*blocks, (begin, length)]


def _detected(
    model: "WhisperModel", samples: "numpy.ndarray", speech: Sequence[SpeechSegment]
) -> tuple[str, float]:
    """(the language of the first half minute of speech, its chance); empty if it cannot be told."""
    import numpy

    if not model.model.is_multilingual or not speech:
        return "", 0.0
    parts, seconds = [], 0.0
    for stretch in speech:
        parts.append(samples[int(stretch.start * SAMPLE_RATE) : int(stretch.end * SAMPLE_RATE)])
        seconds += stretch.end - stretch.start
        if seconds >= ENOUGH_TO_TELL:
            break
    language, chance, _all = model.detect_language(_as_floats(numpy.concatenate(parts)))
    return language, float(chance)


def _other_language(declared: str, detected: str) -> str:
    return (
        f"The film is said to be in “{declared}”, but it sounds like “{detected}”. The captions "
        f"were made for “{declared}”. If that is wrong, change the film’s language and run the "
        "captions again."
    )


def _as_floats(samples: "numpy.ndarray") -> "numpy.ndarray":
    import numpy

    return samples.astype(numpy.float32) / 32768


def _passage(segment: "Segment", begin: float, end: float) -> RecognisedPassage:
    """A segment of the block that lies from ``begin`` to ``end``, on the film's own clock."""
    words = []
    for word in segment.words or ():
        start = min(end, begin + float(word.start))
        stop = min(end, max(start, begin + float(word.end)))
        if text := word.word.strip():
            confidence = max(0.0, min(1.0, float(word.probability)))
            words.append(Word(text, round(start, 3), round(stop, 3), confidence))
    return RecognisedPassage(tuple(words), float(segment.no_speech_prob))


def _hotwords(glossary: Sequence[str]) -> str | None:
    """The glossary as one line, whole terms only, as many as fit."""
    line = ""
    for term in (" ".join(term.split()) for term in glossary):
        longer = f"{line}, {term}" if line else term
        if term and len(longer) <= GLOSSARY_LENGTH:
            line = longer
    return line or None
