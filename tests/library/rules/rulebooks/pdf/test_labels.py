"""Numbers of items and headings are told from words and from numbers that are cited."""

import pytest

from library.rules.rulebooks.pdf.labels import (
    counts_on,
    division,
    is_bare_number,
    is_citing,
    is_first,
    is_label,
    named_label,
)


@pytest.mark.parametrize(
    "text",
    [
        "1.",
        "12A.",
        "(a)",
        "[b]",
        "(iv)",
        "XIX.",
        "(aa)",
        "3.1",
        "12.1.3.",
        "B.1",
        "1.2(a)",
        "(a)(i)",
    ],
)
def test_a_number_with_its_punctuation_is_a_label(text):
    assert is_label(text)


@pytest.mark.parametrize("text", ["•", "–", "o", "\uf0b7"])
def test_a_bullet_is_a_label(text):
    assert is_label(text)


@pytest.mark.parametrize(
    "text", ["1", "A", "IV", "2026.", "and", "(ab)", "(chair)", "£1.", "No.", ""]
)
def test_words_years_and_numbers_alone_are_no_labels(text):
    assert not is_label(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("1", True), ("12A", True), ("IV", True), ("A", True), ("a", False), ("2026", False)],
)
def test_a_number_without_punctuation_is_bare(text, bare):
    assert is_bare_number(text) is bare


@pytest.mark.parametrize(
    ("text", "citing"),
    [
        ("as is said in section", True),
        ("under Clauses", True),
        ("subsection", True),
        ("chapters 3 and", True),
        ("The chair decides.", False),
        ("who join on demand", False),
        ("sent to the admin", False),
        ("(see", True),
    ],
)
def test_a_number_after_the_name_of_a_division_or_a_preposition_is_cited(text, citing):
    assert is_citing(text) is citing


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["Article", "IV.", "Members"], 2),
        (["CHAPTER", "7"], 2),
        (["Section", "(a)", "Fees"], 2),
        (["Annex", "B:"], 2),
        (["Article", "of", "faith"], 0),
        (["Members", "4."], 0),
        (["Rule"], 0),
        ([], 0),
    ],
)
def test_two_words_name_a_division_and_its_number(words, count):
    assert named_label(words) == count


@pytest.mark.parametrize(
    ("text", "word"),
    [("CHAPTER 7 Groups", "chapter"), ("Schedule", "schedule"), ("Chapters 1", ""), ("", "")],
)
def test_the_word_of_a_division_is_the_first_of_its_text(text, word):
    assert division(text) == word


@pytest.mark.parametrize(
    ("label", "before", "goes_on"),
    [
        ("3.", ["1.", "2."], True),
        ("(c)", ["1.", "(b)"], True),
        ("4.", ["1.", "2."], True),  # one was not found
        ("9.", ["1.", "2."], False),
        ("(3)", ["1.", "2."], False),
        ("2.", ["2."], False),
        ("1.", [], True),
        ("(i)", ["7."], True),
        ("(j)", ["(i)"], True),
        ("2.", [], False),
        ("•", ["•"], True),
        ("•", ["1."], False),
    ],
)
def test_a_label_counts_on_from_one_of_its_shape_or_begins_a_row(label, before, goes_on):
    assert counts_on(label, before) is goes_on


@pytest.mark.parametrize(
    ("label", "first"),
    [("1.", True), ("(a)", True), ("I.", True), ("3.1", True), ("b)", False), ("•", False)],
)
def test_a_row_begins_with_its_first_number(label, first):
    assert is_first(label) is first
