"""Small films of every kind that a person may upload, made once a run with the bundled ffmpeg."""

import os
import re
import subprocess
import wave
from pathlib import Path

import numpy
import pytest

from media_pipeline.steps import ffmpeg
from media_pipeline.steps.align import align
from media_pipeline.steps.clip_layout import SHAPES
from media_pipeline.steps.loudness import measure
from media_pipeline.steps.transcode import Version, ladder
from media_pipeline.steps.words import Word

from . import tiny_whisper as tiny
from .clips import clip_of

ROOT = Path(__file__).resolve().parents[3]
WAV = ["-vn", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le"]

OPENING = (
    "A good record is short. It is fair to the person who wrote the comment, and to the person it "
    "was about. And in six months, when nobody remembers, it is fair to you."
)
CLOSING = (
    "Each entry holds six facts. When it happened, and where. Who wrote it, and the exact words."
)


def make(target: Path, *arguments: str) -> Path:
    """Run the bundled ffmpeg; ``arguments`` end before the target's name."""
    command = [ffmpeg.executable(), "-loglevel", "error", "-y", *arguments, str(target)]
    subprocess.run(command, check=True, timeout=120)
    return target


def picture(size: str = "1280x720", seconds: float = 8, rate: int = 25) -> list[str]:
    return ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"]


def tone(seconds: float = 8) -> list[str]:
    return ["-f", "lavfi", "-i", f"sine=frequency=330:sample_rate=48000:duration={seconds}"]


H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="session")
def film(films: Path) -> Path:
    """8 s, 1280 × 720, 25 pictures a second, a tone; its index at the front."""
    return make(films / "film.mp4", *picture(), *tone(), *H264, "-movflags", "+faststart")


@pytest.fixture(scope="session")
def large_film(films: Path) -> Path:
    """7 s, 1920 × 1080, 12 pictures a second, a tone: one long part of a rung and a short one."""
    return make(films / "large.mp4", *picture("1920x1080", 7, 12), *tone(7), *H264)


@pytest.fixture(scope="session")
def laddered(films: Path, large_film: Path) -> list[Version]:
    """The whole ladder of the large film."""
    folder = films / "laddered"
    folder.mkdir()
    loudness = measure(large_film, duration=7.0)
    return ladder(large_film, folder, duration=7.0, loudness=loudness)


@pytest.fixture(scope="session")
def silent_film(films: Path) -> Path:
    """4 s with a sound track in which nothing is ever heard."""
    silence = ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo", "-t", "4"]
    return make(films / "silent.mp4", *picture("640x360", 4), *silence, *H264)


@pytest.fixture(scope="session")
def upright_film(films: Path, film: Path) -> Path:
    """The same film as a phone held upright stores it: lying pictures and “turn by 90°”."""
    return make(films / "upright.mp4", "-display_rotation", "90", "-i", str(film), "-c", "copy")


@pytest.fixture(scope="session")
def narration(films: Path) -> Path:
    """The first 26 s of a demonstration film's sound: flite's “rms” reading seven sentences."""
    demonstration = ROOT / "demo" / "films" / "keeping-a-record.mp4"
    return make(films / "narration.wav", "-i", str(demonstration), "-t", "26", *WAV)


@pytest.fixture(scope="session")
def tiny_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.build(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def speech_folder() -> Path:
    folder = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared")) / "speech"
    if not folder.is_dir():
        pytest.skip(f"no speech clips at {folder}; set MEMBERSNET_SHARED to where they are")
    return folder


def write_wav(target: Path, samples: numpy.ndarray) -> Path:
    """Write samples (any numbers) as mono 16-bit sound at 16 kHz."""
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(numpy.clip(samples, -32768, 32767).astype("<i2").tobytes())
    return target


def word_errors(reference: str, heard: str) -> float:
    """The word error rate: edits from the reference to what was heard, by its length."""
    wanted, got = _plain(reference), _plain(heard)
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(got, start=1):
            best = min(row[at] + 1, row[at - 1] + 1, diagonal + (word != other))
            diagonal, row[at] = row[at], best
    return row[-1] / max(1, len(wanted))


def _plain(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]+", " ", text.lower().replace("’", "'")).split()


@pytest.fixture(params=["360p", "720p", "1080p", "sound"])
def rung(request: pytest.FixtureRequest, laddered: list[Version]) -> Version:
    names = ["360p", "720p", "1080p", "sound"]
    return laddered[names.index(request.param)]


@pytest.fixture(scope="session")
def whole(narration: Path) -> tuple[Word, ...]:
    return align(narration, f"{OPENING}\n\n{CLOSING}").words


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    return {shape: clip_of(folder, f"{shape[:2]}.mp4", shape=shape) for shape in SHAPES}
