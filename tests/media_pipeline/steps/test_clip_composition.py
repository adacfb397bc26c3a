"""What the frames of a clip show: title card, captions, imprint."""

import numpy
import pytest

from media_pipeline.steps.clip_layout import SHAPES, Box, caption_lines, lay_out
from tests.factories.media_pipeline import make_film

from .clips import RED, SIDE, WANTED, clip_of, part, pictures


@pytest.mark.parametrize("shape", SHAPES)
def test_it_begins_with_its_title_on_the_brands_red(made, shape):
    frames = pictures(made[shape].path)
    layout = lay_out(shape, 16 / 9, WANTED.title, WANTED.imprint, short_side=SIDE)
    above = Box(0, 0, layout.card.width, layout.card_title.box.top - 8)
    assert numpy.abs(part(frames[0], above) - RED).mean() < 3
    title = part(frames[0], layout.card_title.box)
    assert (title.min(axis=2) > 200).mean() > 0.05
    assert numpy.abs(part(frames[-1], above) - RED).mean() > 30


@pytest.mark.parametrize("shape", SHAPES)
def test_captions_and_imprint_are_in_the_picture(made, shape, tmp_path):
    bare = clip_of(tmp_path, shape=shape, imprint=".", cues=())
    layout = lay_out(shape, 16 / 9, WANTED.title, WANTED.imprint, short_side=SIDE)
    with_words, without = pictures(made[shape].path), pictures(bare.path)
    assert len(with_words) == len(without)
    boxes = [caption_lines(layout, one.lines)[0] for one in made[shape].captions]
    for second, box in ((0.7, boxes[0]), (2.5, boxes[1])):
        shown, empty = (part(film[round(second * 25)], box) for film in (with_words, without))
        assert (shown.max(axis=2) < 60).mean() > 0.4
        assert (shown.min(axis=2) > 180).mean() > 0.05
        assert numpy.abs(shown - empty).mean() > 40
    imprint = [part(frame, layout.imprint.box) for frame in with_words]
    assert all((one.max(axis=2) < 110).mean() > 0.04 for one in imprint)
    assert numpy.abs(imprint[10] - imprint[60]).mean() < 6


def test_an_upright_film_fills_an_upright_clip_with_its_words_on_it(tmp_path):
    source = make_film(tmp_path / "upright.mp4", size="180x320", seconds=3)
    clip = clip_of(tmp_path, source=source, shape="9:16", start=0.0, end=3.0, cues=())
    layout = lay_out("9:16", 9 / 16, WANTED.title, WANTED.imprint, short_side=SIDE)
    last = pictures(clip.path)[-1]
    assert layout.film == Box(0, 0, 270, 480)
    imprint = part(last, layout.imprint.box)
    assert (imprint.max(axis=2) < 70).mean() > 0.5
    assert (imprint.min(axis=2) > 150).mean() > 0.01


def test_nothing_is_printed(tmp_path, capfd):
    clip_of(tmp_path, end=22.0)
    assert capfd.readouterr() == ("", "")
