"""Which of a film's tracks count: covers do not, and of several sounds the one marked is heard."""

from pathlib import Path

import pytest

from media_pipeline.steps.film_file import is_cover, open_film, sound_number
from media_pipeline.steps.ladder import read_source
from media_pipeline.steps.loudness import measure
from media_pipeline.steps.probe.inspection import probe

from .conftest import H264, make, picture, tone

SILENCE = ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono:d=3"]


@pytest.fixture
def second_is_default(tmp_path: Path) -> Path:
    """Its first sound track is silent, its second is a tone and marked as the one to be played."""
    return make(
        tmp_path / "two.mkv", *picture("320x240", 3), *SILENCE, *tone(3),
        "-map", "0:v", "-map", "1:a", "-map", "2:a", *H264,
        "-disposition:a:0", "0", "-disposition:a:1", "default",
    )  # fmt: skip


def test_the_sound_marked_as_default_is_the_one_that_is_heard(second_is_default: Path) -> None:
    assert sound_number(second_is_default) == 1
    assert read_source(second_is_default).sound_number == 1
    assert measure(second_is_default) is not None
    assert probe(second_is_default).notes == (
        "The film has 2 sound tracks; the one marked as default is used.",
    )


def test_without_a_mark_and_without_sound_it_is_the_first(film: Path, tmp_path: Path) -> None:
    assert sound_number(film) == 0
    assert sound_number(make(tmp_path / "mute.mp4", *picture("320x240", 1), *H264)) == 0
    notes = tmp_path / "notes.txt"
    notes.write_text("These are notes.")
    assert sound_number(notes) == 0


def test_a_cover_is_no_film(tmp_path: Path) -> None:
    cover = make(tmp_path / "cover.png", *picture("320x240", 1), "-frames:v", "1")
    covered = make(
        tmp_path / "covered.mp3", *tone(3), "-i", str(cover),
        "-map", "0:a", "-map", "1:v", "-disposition:v", "attached_pic",
    )  # fmt: skip
    with open_film(covered) as film:
        assert [is_cover(track) for track in film.streams.video] == [True]
