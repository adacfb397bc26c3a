"""What search is told of how rules are cited."""

import pytest

from library.citations.grammar import RuleGrammar
from search import citations

GRAMMAR = RuleGrammar()


def test_it_is_the_grammar_that_the_site_searches_by():
    assert isinstance(citations.grammar(), RuleGrammar)


def test_texts_cite_a_provision_by_its_key_or_in_words():
    assert GRAMMAR.wordings("7.VIII.3") == ("7.viii.3", "chapter 7 clause viii.3")
    assert GRAMMAR.wordings("7") == ()


def test_a_clause_without_its_chapter_is_called_by_its_number():
    assert GRAMMAR.called("IX.3") == "Clause IX.3"


@pytest.mark.parametrize(
    ("word", "others"),
    [("9", ("IX",)), ("IX", ("9",)), ("nine", ("IX", "9")), ("quorum", ()), ("1.5", ())],
)
def test_a_number_has_its_other_forms(word, others):
    assert GRAMMAR.numerals(word) == others


@pytest.mark.parametrize(
    ("typed", "place", "is_step"),
    [
        ("option A", 1, True),
        ("clauses I and A", 3, True),
        ("3 a", 1, True),
        ("the rule I should read", 2, False),
        ("a rule", 0, False),
        ("clause the", 1, False),
        ("may I post", 1, False),
    ],
)
def test_a_letter_is_a_step_only_where_something_is_numbered(typed, place, is_step):
    words = typed.split()
    following = " ".join(["", *words[place + 1 :]])

    assert GRAMMAR.names_a_step(words, place, following) is is_step


@pytest.mark.parametrize(
    ("line", "depth"),
    [
        ("1. Notice", 1),
        ("A. Branch", 2),
        ("ii. ten days", 3),
        ("b. in writing", 4),
        ("Who", 0),
    ],
)
def test_the_numbering_of_a_line_says_how_deep_it_lies(line, depth):
    assert GRAMMAR.depth(line) == depth
