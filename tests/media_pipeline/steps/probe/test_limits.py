"""What of a film is beyond what this site takes, and how its author reads it."""

from pathlib import Path

import pytest

from media_pipeline.steps.probe.inspection import probe
from media_pipeline.steps.probe.limits import Limits

from ..conftest import H264, make, picture, tone
from .conftest import refusal


def test_limits_are_named_in_the_refusal(film: Path) -> None:
    size = film.stat().st_size
    assert "the most this site takes is" in refusal(film, Limits(bytes=size - 1))
    assert refusal(film, Limits(seconds=5)).startswith(
        "This film lasts 8 s and the most this site takes is 5 s."
    )
    assert refusal(film, Limits(longest_side=640)).startswith(
        "The film's pictures are 1280 × 720 pixels"
    )
    assert probe(film, Limits(bytes=size, seconds=8.1, longest_side=1280)).width == 1280


def test_a_file_with_very_many_tracks_is_refused(tmp_path: Path, film: Path) -> None:
    many = make(
        tmp_path / "many.mkv", "-i", str(film), "-map", "0:v", *["-map", "0:a"] * 5, "-c", "copy"
    )
    assert refusal(many, Limits(streams=4)).startswith("This file holds 6 tracks; 4 is the most")


def test_too_much_packed_into_a_film_is_refused(packed: Path) -> None:
    assert refusal(packed, Limits(attached_bytes=99_999)).startswith(
        "This film has 100,000 bytes of other files packed into it; 99,999 bytes is the most"
    )


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_too_many_pictures_are_refused_by_index_and_by_count(
    tmp_path: Path, film: Path, ending: str
) -> None:
    made = make(tmp_path / f"film.{ending}", "-i", str(film), "-c", "copy")
    assert probe(made, Limits(frames=200)).frames == 200
    assert refusal(made, Limits(frames=199)).startswith(
        "This film has more than 199 single pictures, the most this site takes."
    )


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_an_absurd_frame_rate_is_refused(tmp_path: Path, ending: str) -> None:
    rapid = make(tmp_path / f"rapid.{ending}", *picture("32x32", 2, 480), *tone(2), *H264)
    assert refusal(rapid).startswith("This film has 480 pictures a second; 240 is the most")
    assert probe(rapid, Limits(frame_rate=500)).frames == 960


def test_a_file_that_promises_more_pictures_than_it_can_hold_is_refused(
    tmp_path: Path, film: Path
) -> None:
    """Its index of 200 pictures is made to speak of ten million, a byte each."""
    data = bytearray(film.read_bytes())
    for box, at, number in (("stsz", 8, 1), ("stsz", 12, 10**7), ("stts", 12, 10**7)):
        begin = data.index(box.encode()) + at
        data[begin : begin + 4] = number.to_bytes(4, "big")
    bomb = tmp_path / "bomb.mp4"
    bomb.write_bytes(data)
    assert refusal(bomb).startswith("This file says it has 10,000,000 pictures, for which it is")


def test_sound_alone_is_refused_even_with_a_cover_picture(tmp_path: Path) -> None:
    sentence = "This file has sound but no pictures. Upload a film, for instance an MP4."
    assert refusal(make(tmp_path / "talk.mp3", *tone(3))) == sentence
    cover = make(tmp_path / "cover.png", *picture("320x240", 1), "-frames:v", "1")
    covered = make(
        tmp_path / "covered.mp3", *tone(3), "-i", str(cover),
        "-map", "0:a", "-map", "1:v", "-disposition:v", "attached_pic",
    )  # fmt: skip
    assert refusal(covered) == sentence


def test_a_film_without_a_sound_track_is_refused(tmp_path: Path) -> None:
    mute = make(tmp_path / "mute.mp4", *picture("320x240", 3), *H264)
    assert refusal(mute) == (
        "This film has no sound track, so there is nothing to caption. Export it again with its "
        "sound, then upload it."
    )


def test_a_film_of_an_instant_is_refused(tmp_path: Path) -> None:
    instant = make(tmp_path / "instant.mp4", *picture("320x240", 0.2), *tone(0.2), *H264)
    assert refusal(instant).startswith("This film is shorter than half a second.")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert refusal(empty) == (
        "This file is empty. Choose the film again and wait until it has been sent."
    )
