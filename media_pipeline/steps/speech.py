"""Where somebody speaks: so that recognisers are given speech and nothing else.

Three things must agree: WebRTC's voice detector, as pocketsphinx carries it; the loudness, which in
speech rises and falls with the syllables; and the colour of the sound, which in speech changes from
sound to sound, while a tone, a chord or a noise keeps its own.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .sound import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy

FRAME = SAMPLE_RATE // 100  # 10 ms
QUIETEST = -70.0  # dB of full scale: what is below counts as silence
LOUDEST_TOO_QUIET = -55.0  # dB: a film whose loud moments are below this has no speech in it
RANGE_OF_SPEECH = 35.0  # dB below the loud moments within which speech is looked for
STEADY = 3.0  # dB of spread in loudness: tones and noises stay below it, speech is at 6 or more
ONE_COLOUR = 3.5  # dB of spread in each band: noises stay below 2, speech is at 5 or more
BANDS = (200, 400, 650, 1000, 1500, 2200, 3200, 4600, 6800)  # Hz
MOST_LOOKED_AT = 2000  # frames: enough to judge a sound's colour by
BREATH, SHORTEST, MARGIN = 0.3, 0.1, 0.15  # seconds


@dataclass(frozen=True)
class SpeechSegment:
    """A stretch of the sound with speech in it, in seconds."""

    start: float
    end: float


def speech_segments(
    samples: "numpy.ndarray", *, longest: float = 20.0, apart: float = 0.8
) -> list[SpeechSegment]:
    """The stretches of speech in ``samples`` (int16, 16 kHz), in order, never overlapping.

    Pauses shorter than ``apart`` seconds do not part a stretch; one longer than ``longest``
    seconds is cut at its quietest moment.
    """
    levels = _levels(samples)
    if not len(levels):
        return []
    regions = _regions(samples, levels, _voiced(samples, levels))
    joined: list[tuple[int, int]] = []
    for begin, end in regions:
        first, last = joined[-1] if joined else (begin, end)
        if joined and begin - last < apart * 100 and end - first <= longest * 100:
            joined[-1] = (first, end)
        else:
            joined.append((begin, end))
    pieces = [piece for region in joined for piece in _cut(levels, *region, longest)]
    return _with_margins(pieces, len(levels))


def _levels(samples: "numpy.ndarray") -> "numpy.ndarray":
    """The loudness of each 10 ms in dB of full scale."""
    import numpy

    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    power = numpy.empty(len(frames))
    for begin in range(0, len(frames), 6000):  # a minute at a time, to keep memory small
        part = frames[begin : begin + 6000].astype(numpy.float32)
        power[begin : begin + 6000] = (part**2).mean(axis=1)
    return numpy.maximum(QUIETEST, 10 * numpy.log10(power / 32768.0**2 + 1e-12))


def _voiced(samples: "numpy.ndarray", levels: "numpy.ndarray") -> "numpy.ndarray":
    """For each 10 ms, whether it is both loud enough and a voice to WebRTC's detector."""
    import numpy
    from pocketsphinx import Vad

    loud = float(numpy.percentile(levels, 95))
    if loud < LOUDEST_TOO_QUIET:
        return numpy.zeros(len(levels), dtype=bool)
    detector = Vad(mode=Vad.MEDIUM_LOOSE, sample_rate=SAMPLE_RATE, frame_length=0.03)
    size = detector.frame_bytes // 2
    voiced = numpy.zeros(len(levels), dtype=bool)
    for number, at in enumerate(range(0, len(samples) - size + 1, size)):
        voiced[number * 3 : number * 3 + 3] = detector.is_speech(samples[at : at + size].tobytes())
    return voiced & (levels > loud - RANGE_OF_SPEECH)


def _regions(
    samples: "numpy.ndarray", levels: "numpy.ndarray", voiced: "numpy.ndarray"
) -> list[tuple[int, int]]:
    """Runs of voiced frames, over pauses for breath, without clicks and without steady sounds."""
    import numpy

    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], voiced.astype(numpy.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for begin, end in edges.reshape(-1, 2).tolist():
        if runs and begin - runs[-1][1] < BREATH * 100:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((begin, end))
    return [
        (begin, end)
        for begin, end in runs
        if end - begin >= SHORTEST * 100
        and not _is_steady(levels[begin:end], samples[begin * FRAME : end * FRAME])
    ]


def _is_steady(levels: "numpy.ndarray", samples: "numpy.ndarray") -> bool:
    """Whether a run of at least 0.3 s keeps its loudness or its colour, as no speech does."""
    if len(levels) < 30:
        return False
    return float(levels[2:-2].std()) < STEADY or _colour_spread(samples) < ONE_COLOUR


def _colour_spread(samples: "numpy.ndarray") -> float:
    """How much the bands of the sound change against each other, in dB, in its louder moments."""
    import numpy

    windows = numpy.lib.stride_tricks.sliding_window_view(samples, 400)[::FRAME]
    windows = windows[:: max(1, len(windows) // MOST_LOOKED_AT)].astype(numpy.float32)
    power = numpy.abs(numpy.fft.rfft(windows * numpy.hanning(400), 512)) ** 2
    edges = [hertz * 512 // SAMPLE_RATE for hertz in BANDS]
    bands = [power[:, low:high].sum(axis=1) for low, high in pairwise(edges)]
    levels = 10 * numpy.log10(numpy.stack(bands, axis=1) + 1)
    whole = 10 * numpy.log10(power.sum(axis=1) + 1)
    louder = levels[whole > whole.max() - 25]
    return float((louder - louder.mean(axis=1, keepdims=True)).std(axis=0).mean())


def _cut(levels: "numpy.ndarray", begin: int, end: int, longest: float) -> list[tuple[int, int]]:
    """``begin`` to ``end`` in pieces of at most ``longest`` seconds, cut where it is quietest."""
    import numpy

    pieces = []
    while end - begin > longest * 100:
        first, last = begin + int(longest * 50), begin + int(longest * 100)
        smooth = numpy.convolve(levels[first:last], numpy.ones(9) / 9, mode="same")
        cut = first + 5 + int(smooth[5:-5].argmin())
        pieces.append((begin, cut))
        begin = cut
    return [*pieces, (begin, end)]


def _with_margins(pieces: list[tuple[int, int]], length: int) -> list[SpeechSegment]:
    """The pieces in seconds, each with a margin of quiet where its neighbours leave one."""
    margin = int(MARGIN * 100)
    widened = []
    for number, (begin, end) in enumerate(pieces):
        before = pieces[number - 1][1] if number else 0
        after = pieces[number + 1][0] if number + 1 < len(pieces) else length
        start = max(begin - margin, (before + begin) // 2)
        widened.append(SpeechSegment(start / 100, min(end + margin, (end + after) // 2) / 100))
    return widened
