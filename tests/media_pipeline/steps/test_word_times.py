"""Words keep when they were spoken while the text changes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.steps.word_times import retimed
from media_pipeline.steps.words import Word

HEARD = tuple(
    Word(text, start, start + 0.4, 0.5)
    for text, start in [("we", 1.0), ("remove", 1.5), ("the", 2.0), ("common", 2.5), ("today", 3.0)]
)


def test_words_that_stay_keep_times_and_confidence_and_new_ones_are_sure():
    found = retimed(HEARD, "We remove the comment today", 1, 4)
    assert found[1:3] == HEARD[1:3]
    assert found[4] == HEARD[4]
    assert found[0] == Word("We", 1.0, 1.4)  # the same sound; a person wrote it
    assert found[3] == Word("comment", 2.5, 2.9)


def test_new_words_share_the_time_between_their_neighbours_by_their_length():
    found = retimed(HEARD, "we remove the not quite common today", 1, 4)
    assert [word.text for word in found[3:5]] == ["not", "quite"]
    assert (found[3].start, found[4].end) == (2.4, 2.5)
    assert found[3].end == found[4].start == pytest.approx(2.4 + 0.1 * 3 / 8, abs=0.001)


def test_a_text_with_nothing_in_common_is_spread_over_the_whole_time():
    found = retimed(HEARD, "Alpha beta gamma delta epsilon zeta", 0, 9)
    assert (found[0].start, found[-1].end) == (1.0, 3.4)


def test_no_times_are_made_up_where_there_were_none():
    assert retimed((), "some words", 0, 4) == ()
    assert retimed(HEARD, "  ", 0, 4) == ()


words = st.lists(
    st.sampled_from(["the", "The,", "a", "of", "we’ll", "we'll", "—", "comment"]), max_size=9
)


@given(before=words, after=words)
def test_the_words_are_the_text_s_and_their_times_never_run_backwards(before, after):
    heard = [Word(text, n / 3, n / 3 + 0.3, 0.7) for n, text in enumerate(before)]
    found = retimed(heard, " ".join(after), 0, 4)
    assert [word.text for word in found] == (after if heard else [])
    assert all(one.start <= two.start for one, two in pairwise(found))
    assert all(word.start <= word.end for word in found)
    assert retimed(heard, " ".join(before), 0, 4) == tuple(heard)
