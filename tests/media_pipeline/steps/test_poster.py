"""The stills of a film: which are taken, and how they look."""

from pathlib import Path

import numpy
import pytest
from PIL import Image

from media_pipeline.steps import ffmpeg
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.poster import MOST_BYTES, MOST_STILLS, candidates, poster

from .conftest import H264, make, picture, tone

COLOURS = ("red", "blue", "green", "yellow")


@pytest.fixture(scope="session")
def colours(films: Path) -> Path:
    """Four colours with a moving pattern over them, 2 s each."""
    parts = [x for one in COLOURS for x in ("-f", "lavfi", "-i", f"color={one}:s=320x240:d=2")]
    pattern = ["-f", "lavfi", "-i", "life=s=40x30:r=12:ratio=0.4:death_color=black,scale=320:240"]
    graph = "[0][1][2][3]concat=n=4:v=1[c];[c][4]blend=all_mode=average:shortest=1[v]"
    return make(
        films / "colours.mp4", *parts, *pattern, *tone(8), "-filter_complex", graph,
        "-map", "[v]", "-map", "5:a", "-t", "8", *H264, "-g", "6",
    )  # fmt: skip


def test_the_stills_are_unlike_and_in_the_films_order(tmp_path: Path, colours: Path) -> None:
    made = candidates(colours, tmp_path, duration=8.0, width=160)
    assert 4 <= len(made) <= MOST_STILLS
    seconds = [one.second for one in made]
    assert seconds == sorted(seconds)
    assert [one.path.name for one in made] == [f"still-{n + 1}.webp" for n in range(len(made))]
    assert sum(one.best for one in made) == 1
    shown = [numpy.asarray(Image.open(one.path)).reshape(-1, 3).mean(axis=0) for one in made]
    assert {tuple((colour > colour.max() * 0.7).tolist()) for colour in shown} == {
        (True, False, False), (False, False, True), (False, True, False), (True, True, False),
    }  # fmt: skip
    assert all(Image.open(one.path).size == (160, 120) for one in made)


def test_a_film_that_never_changes_has_one_still(tmp_path: Path) -> None:
    same = make(
        tmp_path / "same.mp4", "-f", "lavfi", "-i", "smptebars=s=320x240:d=3", *tone(3), *H264
    )
    made = candidates(same, tmp_path / "stills", duration=3.0)
    assert [one.best for one in made] == [True]


def test_the_best_still_is_neither_black_nor_blurred(tmp_path: Path) -> None:
    """Black for 5 s, then the same picture blurred for 3 s, then sharp for 2 s."""
    source = make(
        tmp_path / "source.mp4", *picture("640x360", 10), *tone(10),
        "-vf", "boxblur=12:enable='between(t,5,8)',drawbox=c=black:t=fill:enable='lt(t,5)'",
        *H264, "-g", "10",
    )  # fmt: skip
    made = candidates(source, tmp_path / "stills", duration=10.0)
    assert all(one.second > 4.5 for one in made)
    chosen = Image.open(next(one.path for one in made if one.best))
    sharp = Image.open(poster(source, tmp_path / "sharp.webp", at=8.5))
    assert (chosen.format, chosen.size) == ("WEBP", (640, 360))
    grey, wanted = (numpy.asarray(image.convert("L"), float) for image in (chosen, sharp))
    assert numpy.abs(grey - wanted).mean() < 25


def test_what_a_person_chose_is_taken_besides_and_is_the_best(
    tmp_path: Path, colours: Path
) -> None:
    made = candidates(colours, tmp_path, duration=8.0, also_at=3.25)
    assert made[-1].second == 3.25
    assert [one.best for one in made] == [False] * (len(made) - 1) + [True]


def test_the_author_may_name_the_second(tmp_path: Path, colours: Path) -> None:
    for second, channel in ((1.0, 0), (3.0, 2)):
        made = Image.open(poster(colours, tmp_path / "poster.webp", at=second, width=160))
        brightest = numpy.asarray(made).reshape(-1, 3).mean(axis=0).argmax()
        assert (made.size, int(brightest)) == ((160, 120), channel)


def test_a_second_past_the_end_is_the_last_picture(tmp_path: Path, colours: Path) -> None:
    made = Image.open(poster(colours, tmp_path / "poster.webp", at=100.0))
    red, green, blue = numpy.asarray(made).reshape(-1, 3).mean(axis=0)
    assert blue < min(red, green) / 1.5, "yellow, the last colour"


def test_the_stills_of_a_film_taken_upright_are_upright(tmp_path: Path, upright_film: Path) -> None:
    made = candidates(upright_film, tmp_path, duration=8.0)
    assert {Image.open(one.path).size for one in made} == {(720, 1280)}


def test_an_entirely_black_film_still_has_one(tmp_path: Path) -> None:
    black = ["-f", "lavfi", "-i", "color=black:s=320x240:d=3"]
    source = make(tmp_path / "black.mp4", *black, *tone(3), *H264)
    made = candidates(source, tmp_path / "stills", duration=3.0)
    assert [Image.open(one.path).size for one in made] == [(320, 240)]


def test_pictures_too_large_to_decode_are_not_decoded(
    tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg, "MOST_PIXELS", 1000)
    with pytest.raises(StepFailed, match="too many to decode"):
        candidates(film, tmp_path / "stills", duration=8.0)


def test_a_picture_that_takes_too_long_to_find_is_given_up(tmp_path: Path, colours: Path) -> None:
    with pytest.raises(StepFailed, match="takes too long to find"):
        poster(colours, tmp_path / "late.webp", at=7.9, patience=0.0)
    assert list(tmp_path.iterdir()) == []


def test_a_picture_larger_than_probe_lets_through_is_not_decoded(
    tmp_path: Path, colours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg, "MOST_PIXELS", 320 * 240 - 1)
    with pytest.raises(StepFailed, match=r"too many to decode|No still could be taken"):
        poster(colours, tmp_path / "large.webp", at=1.0)


def test_a_transport_stream_with_one_keyframe_has_its_pictures_too(tmp_path: Path) -> None:
    stream = make(
        tmp_path / "film.ts", *picture("320x180", 4), *tone(4), *H264, "-g", "1000"
    )  # fmt: skip
    found = candidates(stream, tmp_path, duration=4.0, also_at=2.0)
    assert found[-1].second == 2.0
    with Image.open(found[-1].path) as still, Image.open(found[0].path) as first:
        assert still.size == (320, 180)
        assert still.tobytes() != first.tobytes()


def test_a_picture_full_of_detail_is_no_heavier_than_a_page_can_carry(tmp_path: Path) -> None:
    """Noise in every pixel, as in dark or hand-held footage, is what WebP packs worst."""
    grain = make(
        tmp_path / "grain.mp4", *picture("1280x720", 1), *tone(1),
        "-vf", "noise=alls=60:allf=t", *H264, "-qp", "12",
    )  # fmt: skip
    still = poster(grain, tmp_path / "still.webp", at=0.5, width=640)
    image = Image.open(still)
    assert still.stat().st_size <= MOST_BYTES
    assert 160 <= image.width <= 640
    assert round(image.width / image.height, 1) == 1.8


def test_a_plain_picture_keeps_its_width_and_quality(tmp_path: Path) -> None:
    plain = make(
        tmp_path / "plain.mp4", "-f", "lavfi", "-i", "smptebars=s=640x360:d=2", *tone(2), *H264
    )
    still = poster(plain, tmp_path / "still.webp", at=1.0, width=640)
    assert Image.open(still).size == (640, 360)
    assert still.stat().st_size <= MOST_BYTES
