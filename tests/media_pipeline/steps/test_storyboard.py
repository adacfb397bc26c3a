"""The sheet of small pictures, and whether each shows its time."""

import re
from pathlib import Path

import numpy
import pytest
from PIL import Image

from media_pipeline.steps.formats.vtt import parse_vtt
from media_pipeline.steps.storyboard import MOST_PICTURES, storyboard
from media_pipeline.steps.transcode import first_version

from .conftest import H264, make, tone
from .formats.test_vtt import w3c

PLACE = re.compile(r"storyboard\.jpg#xywh=(\d+),(\d+),(\d+),(\d+)")


@pytest.fixture(scope="session")
def brightening(films: Path) -> Path:
    """24 s that grow from black to white: a picture's brightness tells its second."""
    grey = "color=black:s=320x180:r=12:d=24,geq=lum='16+219*T/24':cb=128:cr=128"
    made = make(films / "grey.mp4", "-f", "lavfi", "-i", grey, *tone(24), *H264)
    first_version(made, films / "grey-first.mp4", duration=24.0, loudness=None)
    return films / "grey-first.mp4"


def test_each_picture_shows_its_own_time(tmp_path: Path, brightening: Path) -> None:
    made = storyboard(brightening, tmp_path, duration=24.0)
    cues, sheet = parse_vtt(made.times.read_text()), Image.open(made.sheet).convert("L")
    assert len(cues) == made.count == 12
    assert [one.start for one in cues] == pytest.approx([2.0 * n for n in range(12)])
    assert [one.end for one in cues[:-1]] == [one.start for one in cues[1:]]
    assert cues[-1].end == 24.0
    for cue in cues:
        place = PLACE.fullmatch(cue.text)
        assert place, cue.text
        x, y, width, height = map(int, place.groups())
        assert (width, height) == (160, 90)
        assert x + width <= sheet.width
        assert y + height <= sheet.height
        shown = numpy.asarray(sheet.crop((x, y, x + width, y + height)), float).mean() * 24 / 255
        assert shown == pytest.approx(cue.start, abs=1.6)


def test_the_file_of_times_passes_the_w3c_parser(tmp_path: Path, brightening: Path) -> None:
    made = storyboard(brightening, tmp_path, duration=24.0)
    (found,) = w3c([made.times.read_text()])
    assert found == {"errors": [], "cues": [[2.0 * n, 2.0 * (n + 1)] for n in range(12)]}


def test_a_long_film_has_no_more_pictures_than_the_sheet_holds(
    tmp_path: Path, brightening: Path
) -> None:
    made = storyboard(brightening, tmp_path, duration=3 * 3600.0)
    assert made.count == MOST_PICTURES
    assert Image.open(made.sheet).size == (1600, 1080)
    assert made.sheet.stat().st_size < 300_000


def test_a_short_film_taken_upright_has_one_upright_picture(
    tmp_path: Path, upright_film: Path
) -> None:
    made = storyboard(upright_film, tmp_path, duration=1.5)
    assert (made.count, Image.open(made.sheet).size) == (1, (90, 160))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["storyboard.jpg", "storyboard.vtt"]
