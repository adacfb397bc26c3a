"""Films come out equally loud, measured by another of ffmpeg's meters than the one that steered."""

import re
import subprocess
from pathlib import Path

import pytest

from media_pipeline.steps import ffmpeg
from media_pipeline.steps.loudness import SAME_SOUND, TARGET, Loudness, levelling_filters, measure

from .conftest import make

# A voice that comes and goes, with pauses: what a single gain must fit as a whole.
SPEECH = (
    "aevalsrc='0.5*sin(2*PI*180*t)*(0.4+0.6*abs(sin(2*PI*1.7*t)))*between(mod(t,5),0,3.6)"
    "+0.1*sin(2*PI*950*t)*abs(sin(2*PI*3.1*t))':s=48000:d=12"
)


def sound(target: Path, volume: str, *more: str) -> Path:
    return make(target, "-f", "lavfi", "-i", SPEECH, "-af", f"volume={volume}", *more)


def metered(path: Path, filters: str) -> float:
    """Integrated loudness in LUFS by the EBU R128 scanner, of ``path`` behind ``filters``."""
    command = [ffmpeg.executable(), "-hide_banner", "-nostats", "-i", str(path)]
    command += ["-af", f"{filters},ebur128=framelog=quiet", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])


@pytest.mark.parametrize(
    ("volume", "shape"),
    [
        ("-26dB", ["-ac", "1"]),  # quiet, one channel
        ("0dB", ["-ac", "2"]),
        ("11dB", ["-ac", "2"]),  # clipped
        ("-12dB", ["-ac", "6", "-ar", "44100"]),  # six channels
    ],
)
def test_a_second_pass_brings_every_film_to_the_same_loudness(
    tmp_path: Path, volume: str, shape: list[str]
) -> None:
    source = sound(tmp_path / "source.wav", volume, *shape)
    loudness = measure(source, duration=12.0)
    assert loudness is not None
    assert metered(source, SAME_SOUND) == pytest.approx(loudness.integrated, abs=0.2)
    assert abs(loudness.integrated - TARGET) > 2, "the film must need levelling"
    assert metered(source, levelling_filters(loudness)) == pytest.approx(TARGET, abs=1.0)


@pytest.mark.parametrize(
    "heard", ["anullsrc=r=48000:cl=stereo:d=4", "sine=frequency=330:duration=4,volume=-80dB"]
)
def test_silence_is_left_as_it_is(tmp_path: Path, heard: str) -> None:
    source = make(tmp_path / "silent.wav", "-f", "lavfi", "-i", heard)
    assert measure(source) is None
    assert "loudnorm" not in levelling_filters(None)


def test_a_sound_shorter_than_the_meters_window_is_no_error(tmp_path: Path) -> None:
    source = make(tmp_path / "short.wav", "-f", "lavfi", "-i", "sine=frequency=330:duration=0.2")
    assert measure(source, duration=0.2) is None


def test_progress_runs_to_its_end(tmp_path: Path) -> None:
    seen: list[float] = []
    measure(sound(tmp_path / "source.wav", "-6dB"), duration=12.0, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_film_with_a_wide_range_keeps_it(tmp_path: Path) -> None:
    """Without a wider bound the second pass would press whispers and shouts together."""
    wide = Loudness(integrated=-24.0, peak=-8.0, range=17.3, threshold=-35.0, offset=0.1)
    assert "LRA=18:" in levelling_filters(wide)
    assert "linear=true" in levelling_filters(wide)
