"""The film's sound as the recognisers want it: one channel, 16,000 samples a second, 16 bit."""

import wave
from pathlib import Path
from typing import TYPE_CHECKING

from . import ffmpeg
from .failures import StepFailed

if TYPE_CHECKING:
    import numpy

SAMPLE_RATE = 16_000


def extract_sound(
    source: Path,
    target_wav: Path,
    *,
    duration: float | None = None,
    progress: ffmpeg.Progress | None = None,
) -> Path:
    """Write the first sound track of ``source`` to ``target_wav``: mono, 16 kHz, 16-bit WAV.

    ``duration`` (seconds) only serves ``progress``. Gaps in the track become silence, so that the
    sound's clock is the film's clock. Returns ``target_wav``. Raises StepFailed.
    """
    with ffmpeg.replacing(target_wav) as part:
        ffmpeg.run(
            [
                *ffmpeg.INPUT_GUARDS, "-i", str(source),
                "-map", "0:a:0", "-vn", "-af", "aresample=async=1:first_pts=0",
                "-ac", "1", "-ar", str(SAMPLE_RATE), "-c:a", "pcm_s16le", "-f", "wav", str(part),
            ],
            duration=duration,
            progress=progress,
        )  # fmt: skip
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
