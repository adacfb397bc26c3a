"""A film's length and pictures by its packets: what breaks off is refused."""

from pathlib import Path

import pytest

from media_pipeline.steps.probe.inspection import probe

from ..conftest import H264, make, picture, tone
from .conftest import refusal


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.75])
def test_an_mp4_whose_data_end_early_is_refused(tmp_path: Path, film: Path, kept: float) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(film.read_bytes()[: int(film.stat().st_size * kept)])
    assert refusal(cut).startswith("This film breaks off: it says it lasts 8 s, but its pictures")


def test_a_long_film_cut_off_far_from_its_end_is_refused(tmp_path: Path) -> None:
    whole = make(
        tmp_path / "long.mp4", *picture("160x120", 60, 5), *tone(60), *H264,
        "-movflags", "+faststart",
    )  # fmt: skip
    assert probe(whole).duration == pytest.approx(60, abs=0.2)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal(cut).startswith("This film breaks off: it says it lasts 1 min, but its pictures")


def test_a_matroska_film_cut_off_is_refused(tmp_path: Path) -> None:
    whole = make(tmp_path / "whole.mkv", *picture("320x240", 20), *tone(20), *H264)
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal(cut).startswith("This film breaks off: it says it lasts 20 s")


def test_a_film_without_a_stated_length_is_measured(tmp_path: Path) -> None:
    streamed = make(
        tmp_path / "live.webm", *picture("320x240", 3), *tone(3),
        "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-f", "webm", "-live", "1",
    )  # fmt: skip
    assert probe(streamed).duration == pytest.approx(3.0, abs=0.15)


def test_a_frame_rate_that_varies_is_noted(tmp_path: Path) -> None:
    uneven = make(
        tmp_path / "phone.mp4", *picture("320x240", 4), *tone(4),
        "-vf", "select='lt(n,30)+not(mod(n,7))'", "-fps_mode", "vfr", *H264,
    )  # fmt: skip
    found = probe(uneven)
    assert found.variable_frame_rate
    assert found.notes == ("The number of pictures a second varies, as in films from telephones.",)


def test_recordings_put_end_to_end_are_refused(tmp_path: Path) -> None:
    """Their second half would be laid over the first."""
    one = make(tmp_path / "one.ts", *picture("320x240", 3), *tone(3), *H264)
    joined = tmp_path / "joined.ts"
    joined.write_bytes(one.read_bytes() * 2)
    assert refusal(joined).startswith("The clock of this film starts again after 3 s, as where")


def test_a_transport_stream_whose_sound_begins_late_is_taken(tmp_path: Path) -> None:
    late = make(tmp_path / "late.ts", *picture("320x240", 6), "-itsoffset", "2", *tone(3), *H264)
    assert probe(late).duration == pytest.approx(6.0, abs=0.15)
