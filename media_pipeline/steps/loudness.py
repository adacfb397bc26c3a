"""How loud a film is, and how it comes to the loudness of every other film (EBU R128)."""

import json
import math
import re
from dataclasses import astuple, dataclass
from pathlib import Path

from . import ffmpeg
from .failures import StepFailed
from .film_file import sound_number

TARGET = -16.0  # LUFS, integrated: what streaming services use for speech
PEAK = -1.5  # dBTP, the most that a true peak may reach
RANGE = 11.0  # LU; a film with a wider range keeps its own, so that the second pass stays linear
SILENT = -60.0  # LUFS: below this there is nothing but noise, which must not be raised
RATE = 48_000

# Both passes hear the same: two channels, one rate, gaps filled so that the clock is the film's.
SAME_SOUND = (
    f"aresample=async=1:first_pts=0,aformat=sample_rates={RATE}:channel_layouts=stereo:"
    "sample_fmts=fltp"
)


@dataclass(frozen=True)
class Loudness:
    """A sound track's measured loudness, as EBU R128 and ITU-R BS.1770 define the figures.

    ``integrated`` and ``threshold`` in LUFS, ``peak`` in dBTP, ``range`` in LU, ``offset`` in LU.
    """

    integrated: float
    peak: float
    range: float
    threshold: float
    offset: float


def measure(
    source: Path,
    *,
    duration: float | None = None,
    progress: ffmpeg.Progress | None = None,
) -> Loudness | None:
    """The loudness of the sound of ``source``; None where nothing can be heard.

    The first of the two passes: nothing is written. ``duration`` in seconds serves ``progress``.
    Raises StepFailed with ffmpeg's reason.
    """
    arguments = ["-loglevel", "info", *ffmpeg.INPUT_GUARDS, "-i", str(source)]
    arguments += ["-map", f"0:a:{sound_number(source)}", "-vn", "-sn", "-dn"]
    arguments += ["-af", f"{SAME_SOUND},{_loudnorm('print_format=json')}", "-f", "null", "-"]
    report = ffmpeg.run(arguments, duration=duration, progress=progress)
    reports = re.findall(r"\{[^{}]*\}", report)
    if not reports:
        raise StepFailed("ffmpeg measured the loudness and did not say what it found.")
    return _read(json.loads(reports[-1]))


def levelling_filters(loudness: Loudness | None) -> str:
    """The ffmpeg filters of the second pass; silence is left as it is.

    One gain for the whole film where its peaks allow (“linear”), a slow one where they do not.
    """
    if loudness is None:
        return SAME_SOUND
    measured = (
        f"measured_I={loudness.integrated:.2f}:measured_TP={loudness.peak:.2f}:"
        f"measured_LRA={loudness.range:.2f}:measured_thresh={loudness.threshold:.2f}:"
        f"offset={loudness.offset:.2f}:linear=true"
    )
    widest = min(50.0, max(RANGE, math.ceil(loudness.range)))
    return f"{SAME_SOUND},{_loudnorm(measured, widest)},aresample={RATE}"


def _loudnorm(options: str, widest: float = RANGE) -> str:
    return f"loudnorm=I={TARGET:g}:TP={PEAK:g}:LRA={widest:g}:{options}"


def _read(report: dict[str, str]) -> Loudness | None:
    loudness = Loudness(
        integrated=float(report["input_i"]),
        peak=float(report["input_tp"]),
        range=float(report["input_lra"]),
        threshold=float(report["input_thresh"]),
        offset=float(report["target_offset"]),
    )
    if not all(map(math.isfinite, astuple(loudness))) or loudness.integrated < SILENT:
        return None
    return loudness
