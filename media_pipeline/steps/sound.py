"""The film's sound as the recognisers want it: one channel, 16,000 samples a second, 16 bit."""

import wave
from pathlib import Path
from typing import TYPE_CHECKING

from . import ffmpeg
from .failures import StepFailed
from .film_file import sound_number

if TYPE_CHECKING:
    import numpy

SAMPLE_RATE = 16_000
MIXED, FIRST_CHANNEL = "", ",pan=mono|c0=c0"
# A transport stream's clock begins with the tracks that are read, so the pictures are passed by.
KEEPING_THE_FILMS_CLOCK = ("-map", "0:V:0?", "-c", "copy", "-f", "null", "-")
FAINT = 100  # of 32,767: what stays below is taken for silence


def extract_sound(
    source: Path,
    target_wav: Path,
    *,
    duration: float | None = None,
    progress: ffmpeg.Progress | None = None,
) -> Path:
    """Write the sound of ``source`` to ``target_wav``: mono, 16 kHz, 16-bit WAV.

    ``duration`` (seconds) only serves ``progress``. Gaps in the track become silence, so that the
    sound's clock is the film's clock. Where the channels cancel each other, for one of them is
    inverted, the first is taken alone. Returns ``target_wav``. Raises StepFailed.
    """
    number = sound_number(source)
    with ffmpeg.replacing(target_wav) as part:
        for downmix in (MIXED, FIRST_CHANNEL):
            ffmpeg.run(
                [
                    *ffmpeg.INPUT_GUARDS, "-i", str(source), "-map", f"0:a:{number}", "-vn",
                    "-af", f"aresample=async=1:first_pts=0{downmix}",
                    "-ac", "1", "-ar", str(SAMPLE_RATE), "-c:a", "pcm_s16le",
                    "-f", "wav", str(part), *KEEPING_THE_FILMS_CLOCK,
                ],
                duration=duration,
                progress=progress,
            )  # fmt: skip
            if not _is_silent(read_wav(part)):
                break
    return target_wav


def read_wav(path: Path) -> "numpy.ndarray":
    """The samples of a WAV made by ``extract_sound``, as int16. Raises StepFailed on another.

    They stay on the disk and are read where they are used: hours of sound take little memory.
    """
    import numpy

    with path.open("rb") as file, wave.open(file, "rb") as sound:
        shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
        if shape != (1, 2, SAMPLE_RATE):
            raise StepFailed(f"{path.name} is not mono 16-bit sound at {SAMPLE_RATE} Hz.")
        begin = file.tell()  # wave stops where the samples begin
        count = min(sound.getnframes(), (path.stat().st_size - begin) // 2)
    if count <= 0:
        return numpy.zeros(0, dtype="<i2")
    return numpy.memmap(path, dtype="<i2", mode="r", offset=begin, shape=(count,))


def _is_silent(samples: "numpy.ndarray") -> bool:
    return not len(samples) or max(int(samples.max()), -int(samples.min())) < FAINT
