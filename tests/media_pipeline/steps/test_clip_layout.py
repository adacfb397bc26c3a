"""A clip's picture: whatever the words are, they stay inside, apart from each other and legible."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.steps import clip_text
from media_pipeline.steps.clip_layout import SHAPES, Box, caption_lines, lay_out

from .clips import holds, meets

TITLE = "Before you remove a comment"
IMPRINT = "Promoted by A. Person on behalf of Membersnet, both at 1 Example Street, London SW1A 1AA"
ANY = st.one_of(
    st.text(min_size=1, max_size=80),
    st.sampled_from(["W" * 80, "Dŵr ac ŷd: " + "ŵŷ" * 30, "🎉" * 40, "a b " * 20, "i"]),
).filter(clip_text.drawn)  # what draws nothing is refused before
ASPECTS = st.sampled_from([16 / 9, 9 / 16, 4 / 3, 1.0, 21 / 9, 0.2, 6.0])


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(list(SHAPES)), ASPECTS, ANY, st.lists(ANY, min_size=1, max_size=3))
def test_words_stay_in_the_safe_area_and_never_cover_each_other(shape, film, title, imprint):
    layout = lay_out(shape, film, title, " ".join(imprint)[:200], short_side=1080)
    canvas = layout.canvas
    frame = Box(0, 0, canvas.width, canvas.height)
    words = [layout.imprint, *([layout.band] if layout.band else [])]
    assert holds(frame, canvas.safe)
    assert holds(frame, layout.film)
    assert holds(frame, layout.card)
    assert all(holds(canvas.safe, lines.box) for lines in words)
    assert holds(canvas.safe, layout.captions)
    assert holds(canvas.safe, layout.card_title.box)
    assert holds(layout.card, layout.card_title.box)
    boxes = [lines.box for lines in words] + [layout.captions]
    assert not any(meets(a, b) for a in boxes for b in boxes if a is not b)
    assert not meets(layout.card_title.box, layout.captions)
    if layout.band:
        assert not any(meets(box, layout.film) for box in boxes)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(list(SHAPES)), ASPECTS, ANY, ANY)
def test_every_line_is_as_wide_as_its_box_at_most(shape, film, title, imprint):
    layout = lay_out(shape, film, title, imprint, short_side=1080)
    for lines in (layout.imprint, layout.card_title, *([layout.band] if layout.band else [])):
        assert "".join(lines.lines).strip()
        assert len(lines.lines) * lines.leading <= lines.box.height
        for line in lines.lines:
            assert clip_text.width(line, lines.weight, lines.size) <= lines.box.width


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(list(SHAPES)), ASPECTS, ANY)
def test_captions_keep_to_their_place(shape, film, text):
    layout = lay_out(shape, film, TITLE, IMPRINT, short_side=1080)
    face = layout.canvas.face
    shown = clip_text.drawn(text)
    lines = tuple(clip_text.wrap(shown, face.weight, face.size, limit=face.limit)[:2])
    if lines:
        box, placed = caption_lines(layout, lines)
        assert holds(layout.captions, box)
        assert holds(box, placed.box)
        assert all(clip_text.width(line, face.weight, face.size) <= box.width for line in lines)


@pytest.mark.parametrize(
    ("shape", "size"), [("9:16", (1080, 1920)), ("1:1", (1080, 1080)), ("16:9", (1920, 1080))]
)
def test_a_clip_has_the_size_of_its_shape(shape, size):
    canvas = lay_out(shape, 16 / 9, TITLE, IMPRINT, short_side=1080).canvas
    assert (canvas.width, canvas.height) == size


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("film", [16 / 9, 9 / 16, 4 / 3])
def test_the_film_keeps_its_shape_and_most_of_the_picture(shape, film):
    layout = lay_out(shape, film, TITLE, IMPRINT, short_side=1080)
    assert layout.film.width / layout.film.height == pytest.approx(film, rel=0.02)
    canvas = layout.canvas
    largest = min(canvas.width, canvas.height * film), min(canvas.height, canvas.width / film)
    assert layout.film.width > 0.8 * largest[0]


def _box(edges):
    left, top, right, bottom = edges
    return Box(left, top, right - left, bottom - top)


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
