"""Watched time is the union of what was played: a skip adds nothing, a replay counts once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.models import LessonProgress, union_of

seconds = st.floats(min_value=0, max_value=600).map(lambda second: round(second, 2))
segments = st.lists(st.tuples(seconds, seconds), max_size=30)


def length(union):
    return sum(end - start for start, end in union)


@given(segments)
def test_the_union_is_in_order_and_never_overlaps(played):
    union = union_of(played)
    assert all(start < end for start, end in union)
    assert all(before[1] < after[0] for before, after in pairwise(union))


@given(segments)
def test_the_order_of_reports_does_not_matter(played):
    assert union_of(played) == union_of(reversed(played))


@given(segments)
def test_the_same_report_twice_counts_once(played):
    assert union_of([*played, *played]) == union_of(played)


@given(segments, segments)
def test_reports_may_be_joined_one_by_one_or_all_at_once(first, second):
    assert length(union_of([*union_of(first), *second], gap=0)) == pytest.approx(
        length(union_of([*first, *second], gap=0))
    )


@given(segments)
def test_every_played_moment_is_in_the_union_and_no_other(played):
    union = union_of(played, gap=0)
    for moment in range(0, 600, 7):
        inside = any(start < moment < end for start, end in played)
        assert inside <= any(start < moment < end for start, end in union)
        if not any(start <= moment <= end for start, end in played):
            assert not any(start < moment < end for start, end in union)


def test_skipping_to_the_end_is_not_watching():
    progress = LessonProgress(segments=[[0.0, 5.0], [115.0, 120.0]])
    assert progress.watched_seconds == 10.0
    assert progress.watched_share(120.0) == pytest.approx(10 / 120)


def test_a_film_without_length_is_never_watched():
    assert LessonProgress(segments=[[0.0, 5.0]]).watched_share(0.0) == 0.0
