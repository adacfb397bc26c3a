"""Typing mistakes, counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.text import distance

words = st.text(alphabet="abcd", max_size=9)


def written_down(first: str, second: str) -> int:
    """The distance as its definition says it, however slow."""
    if not first or not second:
        return len(first) + len(second)
    least = min(
        written_down(first[1:], second) + 1,
        written_down(first, second[1:]) + 1,
        written_down(first[1:], second[1:]) + (first[0] != second[0]),
    )
    if len(first) > 1 and len(second) > 1 and first[:2] == second[1] + second[0]:
        least = min(least, written_down(first[2:], second[2:]) + 1)
    return least


@pytest.mark.parametrize(
    ("first", "second", "mistakes"),
    [
        ("branch", "branch", 0),
        ("branch", "branhc", 1),
        ("branch", "brnch", 1),
        ("branch", "branches", 2),
        ("ab", "ba", 1),
        ("ca", "abc", 3),  # no letter is changed twice
        ("", "ab", 2),
        ("committee", "comitee", 2),
        ("café", "cafe", 1),
    ],
)
def test_mistakes_are_counted(first, second, mistakes):
    assert distance(first, second, 5) == mistakes


@given(
    first=st.text(alphabet="abc", max_size=5),
    second=st.text(alphabet="abc", max_size=5),
    most=st.integers(0, 4),
)
def test_it_is_what_its_definition_says_as_far_as_it_counts(first, second, most):
    assert distance(first, second, most) == min(written_down(first, second), most + 1)


@given(first=words, second=words, most=st.integers(0, 3))
def test_it_does_not_matter_which_word_is_the_mistyped_one(first, second, most):
    assert distance(first, second, most) == distance(second, first, most)
