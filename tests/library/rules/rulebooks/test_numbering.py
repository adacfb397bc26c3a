"""What a number says, which comes after it, and how values are written as numbers."""

import pytest

from library.rules.rulebooks.numbering import (
    Label,
    distance,
    firsts,
    follows,
    meanings,
    named,
    out_of_order,
    parsed,
    settled,
    typed,
    written,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article IV. Members", ("Article IV. ", Label("article", "IV", "article"))),
        ("CLAUSE VIII", ("CLAUSE VIII", Label("clause", "VIII", "clause"))),
        ("§ 4 Fees", ("§ 4 ", Label("section", "4", "section"))),
        ("Chapter 9 (A) Branches", ("Chapter 9 (A) ", Label("chapter", "9(A)", "chapter"))),
        ("Members vote", None),
        ("Partners of members", None),
    ],
)
def test_a_named_number_is_known_with_its_kind(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("(a) one who", False, ("(a) ", Label(None, "a", "(%)"))),
        ("2.1. Of fees", False, ("2.1. ", Label(None, "2.1", "%."))),
        ("2.1 Fees", False, ("2.1 ", Label(None, "2.1", "%"))),
        ("3.5 per cent", False, None),
        ("3 Scope", False, None),
        ("3 Scope", True, ("3 ", Label(None, "3", "%"))),
    ],
)
def test_a_number_typed_before_a_text_is_known_from_an_amount(text, heading, expected):
    assert typed(text, heading=heading) == expected


def test_a_drawn_label_has_its_number_without_punctuation_and_a_bullet_none():
    assert parsed("(iv)") == Label(None, "iv", "(%)")
    assert parsed("Clause II.") == Label("clause", "II", "clause")
    assert parsed("2.1") == Label(None, "2.1", "%")
    assert parsed("2.1").parts == ("2", "1")
    assert parsed("•") is None


def test_a_single_i_is_a_letter_or_the_roman_one_and_its_row_decides():
    assert meanings("i") == [("i", 1, 0), ("a", 9, 0)]
    assert follows(meanings("i"), meanings("h")) == [("a", 9, 0)]
    assert follows(meanings("ii"), meanings("i")) == [("i", 2, 0)]
    assert firsts(meanings("i")) == [("i", 1, 0)]


def test_a_number_with_a_letter_comes_between_two():
    assert follows(meanings("3a"), meanings("3")) == [("1", 3, 1)]
    assert follows(meanings("4"), meanings("3a")) == [("1", 4, 0)]
    assert follows(meanings("4a"), meanings("3")) == []
    assert firsts(meanings("2.1")) == [("2.1", 1, 0)]


@pytest.mark.parametrize(
    ("number", "before", "sentence"),
    [
        ("4", "3", ""),
        ("6", "3", "“6” follows “3”: something may be missing between them."),
        ("2", "3", "“2” follows “3”: out of order."),
        ("a", "3", ""),
    ],
)
def test_a_gap_and_a_step_back_are_odd(number, before, sentence):
    assert out_of_order(number, meanings(number), before, meanings(before)) == sentence
    assert distance(meanings("a"), meanings("3")) is None


@pytest.mark.parametrize("style", ["1", "a", "A", "i", "I"])
@pytest.mark.parametrize("value", [1, 2, 9, 14, 26, 40, 49])
def test_a_value_written_as_a_number_means_that_value(style, value):
    number = written(style, value)
    if style in "aA" and value > 26:  # “ab” for 28 and such are words, not rows of letters
        assert number.lower() == chr(96 + (value - 1) // 26) + chr(97 + (value - 1) % 26)
    else:
        assert (style if style != "1" else "1", value, 0) in meanings(number)


@pytest.mark.parametrize(
    ("number", "before", "meaning"),
    [
        ("i", None, ("i", 1, 0)),
        ("i", [("a", 8, 0)], ("a", 9, 0)),
        ("k", [("a", 8, 0)], ("a", 11, 0)),
        ("c", [("1", 2, 0)], ("a", 3, 0)),
        ("2", None, ("1", 2, 0)),
    ],
)
def test_what_a_number_means_is_settled_by_the_one_before_it(number, before, meaning):
    assert settled(meanings(number), before) == [meaning]
