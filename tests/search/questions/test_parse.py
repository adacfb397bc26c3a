"""Questions taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Question, Term
from search.questions import LONGEST, MOST_CITATIONS, MOST_CLAUSES, MOST_EXCLUDED, parse


def clauses(text: str) -> list[list[str]]:
    """The words wanted, alternatives together, phrases between quotation marks."""
    return [
        [f'"{term.text}"' if term.exact else term.text for term in clause]
        for clause in parse(text).clauses
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("remove comment", [["remove"], ["comment"]]),
        ("how do I remove a comment?", [["remove"], ["comment"]]),
        ("who are they", [["who"], ["are"], ["they"]]),
        ('"remove a comment" rules', [['"remove a comment"'], ["rules"]]),
        ("“curly quotation” marks", [['"curly quotation"'], ["marks"]]),
        ("cats OR dogs fish", [["cats", "dogs"], ["fish"]]),
        ("cats OR dogs OR fish", [["cats", "dogs", "fish"]]),
        ('cats OR "two dogs"', [["cats", '"two dogs"']]),
        ("cats or dogs", [["cats"], ["dogs"]]),
        ("cats AND dogs & fish", [["cats"], ["dogs"], ["fish"]]),
        ("OR cats OR", [["cats"]]),
        ("-spam OR ham", [["ham"]]),
        ("ham OR -spam", [["ham"]]),
        ("e-mail and/or post", [["e-mail"], ["post"]]),
        ("women's officer", [["women's"], ["officer"]]),
        ("comment comment", [["comment"]]),
        ('"open quotation mark', [["open"], ["quotation"], ["mark"]]),
        ('one "two" "three', [["one"], ['"two"'], ["three"]]),
        ("(brackets [left {open", [["brackets"], ["left"], ["open"]]),
        ("C++ & a -- b", [["C"], ["b"]]),
        ("field:value~2^3*", [["field"], ["value"], ["2"], ["3"]]),
    ],
)
def test_words_phrases_and_alternatives(text, expected):
    assert clauses(text) == expected


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("comment -spam", [Term("spam")]),
        ('comment -"two words"', [Term("two words", exact=True)]),
        ("comment NOT spam", [Term("spam")]),
        ("comment –spam", [Term("spam")]),
        ("well-known", []),
        ("comment - spam", []),
        ("comment --spam", []),
    ],
)
def test_exclusions(text, excluded):
    assert list(parse(text).excluded) == excluded


def test_a_citation_is_taken_out_of_the_words_and_kept_for_when_it_is_not_there():
    question = parse("quorum Chapter 7 Clause VIII")

    assert question.citations == ("7.VIII",)
    assert question.clauses == ((Term("quorum"),),)
    assert [clause[0].text for clause in question.literal] == [
        "quorum",
        "Chapter",
        "7",
        "Clause",
        "VIII",
    ]


def test_words_about_the_asking_are_no_words_beside_a_citation():
    assert parse("what is in 7.VIII?").clauses == ()


def test_a_citation_between_quotation_marks_is_a_phrase():
    question = parse('"Chapter 7 Clause VIII"')

    assert (question.citations, clauses('"Chapter 7 Clause VIII"')) == (
        (),
        [['"Chapter 7 Clause VIII"']],
    )


def test_words_typed_side_by_side_are_known_to_be():
    pairs = parse('remove a comment -spam "now then" of the rules').pairs

    assert pairs == (("remove", "a"), ("a", "comment"), ("the", "rules"))


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("remove comm", "comm"),
        ("remove a", ""),
        ("in", "in"),
        ('"remove comm"', ""),
        ("remove -comm", ""),
        ("e-mai", ""),
        ("", ""),
    ],
)
def test_the_last_word_may_be_half_typed(text, unfinished):
    assert parse(text).unfinished == unfinished


def test_nothing_asked_is_known():
    assert [parse(text).asks_nothing for text in ("", "-spam", '"', "a", "7.I")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_question_is_cut_where_nobody_would_read_on():
    question = parse("word" * 1000 + " 6.I.1 to 6.I.40" + " x" * 2000)

    assert len(question.text) <= LONGEST


@given(st.text(st.characters(), max_size=1500))
def test_any_text_gives_a_question_within_bounds(text):
    question = parse(text)

    assert isinstance(question, Question)
    assert len(question.clauses) <= MOST_CLAUSES
    assert len(question.literal) <= MOST_CLAUSES
    assert len(question.excluded) <= MOST_EXCLUDED
    assert len(question.citations) <= MOST_CITATIONS
    assert all(clause for clause in question.clauses)
    assert parse(text) == question


@given(st.lists(st.sampled_from(["tuba", "oboe", "horn", "drum"]), min_size=1, unique=True))
def test_plain_words_are_all_wanted_in_their_order(words):
    assert clauses(" ".join(words)) == [[word] for word in words]


@given(
    st.text(
        st.characters(exclude_characters='"“”„‟«»″＂', exclude_categories=["Cs", "Cc"]), max_size=60
    )
)
def test_quotation_marks_keep_a_phrase_whole(phrase):
    found = parse(f'"{phrase}"').clauses

    assert found in ((), ((Term(phrase.strip(), exact=True),),))
