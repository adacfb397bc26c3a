"""The first version and the sound, measured in the files themselves."""

import struct
from pathlib import Path
from typing import Any

import av
import pytest

from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.probe.inspection import probe
from media_pipeline.steps.sound import extract_sound
from media_pipeline.steps.transcode import Version, first_version

from .conftest import H264, make, picture, tone


def boxes(path: Path) -> list[str]:
    """The names of an MP4's outermost boxes, in order."""
    data, at, names = path.read_bytes(), 0, []
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        names.append(name.decode())
        at += length or len(data)
    return names


def first(film: Path, target: Path, seconds: float, **more: object) -> Version:
    options: Any = more  # passed on as they are
    return first_version(film, target, duration=seconds, loudness=None, **options)


def test_the_first_version_plays_everywhere_and_starts_fast(tmp_path: Path, film: Path) -> None:
    seen: list[float] = []
    made = first(film, tmp_path / "360.mp4", 8.0, progress=seen.append)
    assert (made.width, made.height, made.playlist) == (640, 360, None)
    assert made.bytes == made.path.stat().st_size
    assert made.bitrate == pytest.approx(made.bytes * 8 / 8.0, rel=0.02)
    assert boxes(made.path).index("moov") < boxes(made.path).index("mdat")
    with av.open(str(made.path)) as result:
        shown, heard = result.streams.video[0], result.streams.audio[0]
        assert (shown.codec_context.name, shown.pix_fmt) == ("h264", "yuv420p")
        assert (heard.codec_context.name, heard.rate, heard.channels) == ("aac", 48000, 2)
        keys = [float(p.pts * p.time_base) for p in result.demux(shown) if p.is_keyframe]
    assert keys == pytest.approx([0, 2, 4, 6], abs=0.05)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert list(tmp_path.iterdir()) == [made.path]


def test_a_version_is_never_larger_than_its_film(tmp_path: Path) -> None:
    odd = make(tmp_path / "odd.mkv", *picture("321x241", 2), *tone(2), "-c:v", "ffv1")
    made = first(odd, tmp_path / "first.mp4", 2.0)
    assert (made.width, made.height) == (320, 240)


def test_a_film_taken_upright_stays_upright(tmp_path: Path, upright_film: Path) -> None:
    made = first(upright_film, tmp_path / "first.mp4", 1.0)
    assert (made.width, made.height) == (360, 640)
    assert probe(made.path).rotation == 0


def test_pictures_with_oblong_pixels_come_out_in_their_true_shape(tmp_path: Path) -> None:
    oblong = make(
        tmp_path / "oblong.mkv", *picture("720x576", 2), *tone(2), "-vf", "setsar=64/45", *H264
    )
    made = first(oblong, tmp_path / "first.mp4", 2.0)
    assert (made.width, made.height) == (640, 360)


def test_a_silent_film_can_be_transcoded(tmp_path: Path, silent_film: Path) -> None:
    made = first(silent_film, tmp_path / "first.mp4", 4.0)
    assert probe(made.path).duration == pytest.approx(4.0, abs=0.1)


def test_where_a_film_was_taken_is_not_handed_on(tmp_path: Path) -> None:
    placed = make(
        tmp_path / "placed.mp4", *picture("320x240", 2), *tone(2), *H264,
        "-metadata", "location=+51.5-000.1/", "-metadata", "title=Kitchen",
    )  # fmt: skip
    with av.open(str(first(placed, tmp_path / "240.mp4", 2.0).path)) as result:
        assert {"title", "location"} & set(result.metadata) == set()


def test_a_broken_source_gives_ffmpegs_reason_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "broken.mp4"
    source.write_bytes(b"\x00\x00\x00\x18ftypisom" + b"\x00" * 64)
    with pytest.raises(StepFailed, match=r"^ffmpeg stopped: moov atom not found$"):
        extract_sound(source, tmp_path / "sound.wav")
    assert list(tmp_path.iterdir()) == [source]


def test_cancelling_in_the_middle_stops_ffmpeg_and_leaves_nothing(
    tmp_path: Path, film: Path
) -> None:
    def cancel(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        first(film, tmp_path / "360.mp4", 8.0, progress=cancel)
    assert list(tmp_path.iterdir()) == []
