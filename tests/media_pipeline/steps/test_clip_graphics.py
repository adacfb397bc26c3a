"""What is drawn into a clip stays in its box and can be read."""

import pytest

from media_pipeline.steps import clip_graphics
from media_pipeline.steps.clip_layout import SHAPES, Box, lay_out

from .clips import holds


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("film", [16 / 9, 9 / 16])
def test_what_is_drawn_stays_within_its_box(shape, film):
    layout = lay_out(shape, film, "Wŷg Ŵyj " * 10, "Ŵyg jŷ, " * 25, short_side=1080)
    card = clip_graphics.card(layout).convert("L")
    inked = card.point(lambda value: 255 if value > 180 else 0).getbbox()
    assert holds(layout.canvas.safe, _box(inked))
    piece, box = clip_graphics.caption(layout, ("Ŵyg jŷ", "Ŵj gŷ"))
    across, down = piece.size
    left, top, right, bottom = piece.convert("L").point(lambda v: 255 if v > 180 else 0).getbbox()
    assert left > 0
    assert top > 0
    assert right < across
    assert bottom < down
    assert (box.width, box.height) == piece.size


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        (clip_graphics.WHITE, clip_graphics.RED, 4.5),
        (clip_graphics.INK, clip_graphics.SAND, 7),
        (clip_graphics.WHITE, clip_graphics.INK, 7),
    ],
)
def test_words_stand_out_from_their_ground(ink, ground, least):
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def _box(edges):
    left, top, right, bottom = edges
    return Box(left, top, right - left, bottom - top)


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
