"""Clips' words: every sign is drawn or seen to be lacking, and lines are as wide as they may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.steps import clip_text
from media_pipeline.steps.clip_text import UNDRAWN, drawn, undrawn, width, wrap

WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
                "dŵr",
                "ŷd",
                "https://example.org/a/very/long/address?with=questions&and=answers",
                "🎉",
                "W" * 60,
            ]
        ),
        st.text(min_size=1, max_size=20),
    ),
    max_size=25,
).map(" ".join)


def test_welsh_letters_and_typographic_signs_are_in_the_typeface():
    assert undrawn("ŵŷŴŶâêîôûŵẁẃẅỳýÿ ’‘“”–—… £€ é ç ñ ö") == ()


def test_a_letter_that_comes_as_two_signs_is_drawn_as_one():
    assert drawn("dw\u0302r") == "dŵr"


@pytest.mark.parametrize("sign", ["🎉", "👩🏽‍🚒", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "✓", "中", "❤️"])
def test_a_sign_that_the_typeface_lacks_is_seen_and_named(sign):
    assert UNDRAWN in drawn(f"Well done {sign}!")
    assert drawn(f"Well done {sign}!").startswith("Well done ")
    assert undrawn(f"Well done {sign}!")


def test_several_joined_signs_are_one_box():
    assert drawn("👩🏽‍🚒") == UNDRAWN
    assert drawn("❤️") == UNDRAWN


def test_the_empty_box_can_be_seen():
    assert clip_text.font("bold", 40).getmask(UNDRAWN).getbbox() is not None


def test_marks_without_a_shape_go():
    assert drawn("soft\u00adhyphen\u200b and \u202aturned\u202c") == "softhyphen and turned"


@given(WORDS, st.sampled_from(["regular", "bold"]), st.integers(9, 90), st.integers(3, 40))
def test_no_line_is_wider_than_it_may_be_and_no_sign_is_lost(text, weight, size, widths):
    limit = size * widths / 2
    shown = drawn(text)
    lines = wrap(shown, weight, size, limit=limit)
    single = max((width(sign, weight, size) for sign in shown), default=0)
    hyphen = width("-", weight, size)
    assert all(width(line, weight, size) <= max(limit, single + hyphen) for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == shown.replace("-", "").replace(
        " ", ""
    )


def test_lines_are_about_equally_long():
    lines = wrap("We must have a record before anything comes down", "bold", 60, limit=1200)
    wide, narrow = sorted((width(line, "bold", 60) for line in lines), reverse=True)
    assert len(lines) == 2
    assert narrow > 0.7 * wide


def test_a_word_too_long_for_a_line_goes_on_with_a_hyphen():
    lines = wrap("Llanfairpwllgwyngyllgogerychwyrndrobwll", "bold", 60, limit=500)
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])
