"""Numbers are spoken as in Britain."""

import pytest

from media_pipeline.steps.numbers import spoken_number


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("0", "nought"), ("7", "seven"), ("13", "thirteen"), ("40", "forty"),
        ("72", "seventy two"), ("100", "one hundred"), ("650", "six hundred and fifty"),
        ("1066", "one thousand and sixty six"),
        ("1983", "nineteen eighty three"), ("1900", "nineteen hundred"),
        ("1906", "nineteen oh six"), ("2000", "two thousand"), ("2006", "two thousand and six"),
        ("2026", "twenty twenty six"), ("12500", "twelve thousand five hundred"),
        ("007", "oh oh seven"), ("02079460000", "oh two oh seven nine four six oh oh oh oh"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_in_britain(digits: str, said: str) -> None:
    assert " ".join(spoken_number(digits)) == said
