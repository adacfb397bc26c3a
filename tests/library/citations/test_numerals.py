"""Roman numerals there and back, and what has none."""

import pytest

from library.citations.numerals import from_roman, to_roman


@pytest.mark.parametrize("number", range(1, 90))
def test_roman_numerals_go_there_and_back(number):
    assert from_roman(to_roman(number)) == number


def test_numbers_that_have_no_numeral_here_have_none():
    assert [to_roman(number) for number in (0, -1, 90)] == ["", "", ""]
