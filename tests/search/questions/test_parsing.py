"""Questions taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.question import Question, Reference, Term
from search.engines.text import plain_words
from search.questions.parsing import (
    LONGEST,
    MOST_CITATIONS,
    MOST_CLAUSES,
    MOST_EXCLUDED,
    parse,
)
from search.questions.synonyms import Synonyms, SynonymSet

HOSTILE = [
    "CLP ", "clause ", "IX", "7.VIII.3", " to ", "-", '"', "OR ", "NOT ", "(", "]", "A ", "i ", "'",
    "’", "C.L.P. ", "\u202e", "\ud800", "\0", "\U0001f600", "é", "…", "/", "*", "~2", "AND ", "+",
]  # fmt: skip


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
        ("how long does an appeal take", [["appeal"], ["take"]]),
        ("How many members", [["members"]]),
        ("many members", [["many"], ["members"]]),
        # the letters of clauses are words, those of a sentence are not
        ("option A", [["option"], ["A"]]),
        ("option a", [["option"], ["a"]]),
        ("option A says", [["option"], ["A"], ["says"]]),
        ("annex I", [["annex"], ["I"]]),
        ("schedule I forms", [["schedule"], ["I"], ["forms"]]),
        ("options A and I", [["options"], ["A"], ["I"]]),
        ("rule IV A", [["rule"], ["IV"], ["A"]]),
        ("step a moderator takes", [["step"], ["moderator"], ["takes"]]),
        ("the option I should take", [["option"], ["take"]]),
        ("how do I remove a", [["remove"]]),
        ("A moderator and I", [["moderator"]]),
        # what is written to be seen only by machines
        ("mod\u00aderator\u200b s\u202erules", [["moderator"], ["srules"]]),
        ("cafe\u0301 noir", [["café"], ["noir"]]),
        ("\ud800quorum\udfff \0meeting", [["quorum"], ["meeting"]]),
        (
            "\u05e9\u05dc\u05d5\u05dd \U0001f468\u200d\U0001f469 quorum",
            [["\u05e9\u05dc\u05d5\u05dd"], ["quorum"]],
        ),
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


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("7.VIII.3", [Reference("7.VIII.3", ("7.VIII.3",))]),
        ("see 6.I.1 to 6.I.3!", [Reference("6.I.1 to 6.I.3", ("6.I.1", "6.I.2", "6.I.3"))]),
        ("Clause IX", [Reference("Clause IX", part="IX")]),
        ("Clause 9.3 or 7.I", [Reference("Clause 9.3", part="IX.3"), Reference("7.I", ("7.I",))]),
        ("clauses IX and X", [Reference("Clause IX", part="IX"), Reference("Clause X", part="X")]),
        ("7.I and again 7.I", [Reference("7.I", ("7.I",))]),
        ('"Clause IX" of a contract', []),
    ],
)
def test_citations_are_known_as_they_were_typed(text, references):
    assert list(parse(text).references) == references


def test_the_words_of_a_clause_without_its_chapter_stay_words():
    question = parse("Clause 9")

    assert question.citations == ()
    assert question.clauses == question.literal
    assert [[term.text for term in clause] for clause in question.clauses] == [
        ["Clause"],
        ["9", "IX"],
    ]
    assert clauses("clause four moment") == [["clause"], ["four", "IV", "4"], ["moment"]]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what is the quorum", True),
        ("How do I remove a comment", True),
        ("quorum?", True),
        ('is it "allowed?"', True),
        ("so, who decides", True),
        ("may a member film", True),
        ("can’t members vote", True),
        ("quorum", False),
        ("what", False),
        ("do not post", False),
        ("may 2026 elections", False),
        ("will of the members", False),
        ("who", False),
        ("", False),
    ],
)
def test_a_question_is_known_by_its_first_word_or_its_mark(text, asks):
    assert parse(text).is_asked is asks


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

    assert all(term.exact for clause in found for term in clause)
    kept = [term.text for clause in found for term in clause]
    assert kept in ([], [parse(phrase).text])


@given(
    st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=60).map("".join),
    st.lists(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3), max_size=4),
)
def test_hostile_questions_are_taken_apart_with_any_synonyms(text, forms):
    known = Synonyms((SynonymSet(tuple("".join(form) for form in forms)),))
    question = parse(text, known)

    for clause in (*question.clauses, *question.literal):
        assert all(plain_words(term.text) for term in clause)
        assert any(term.weight == 1.0 for term in clause)
    for reference in question.references:
        assert bool(reference.keys) != bool(reference.part)
    assert parse(question.text, known).clauses == question.clauses


@pytest.mark.parametrize(
    "text", [*HOSTILE, "7.", "6.I.1-", "a.b.", "clause I, ", '" - ', "x\u0301"]
)
def test_of_an_endless_question_only_so_much_is_looked_at(text):
    question = parse(text * 10_000)

    assert len(question.text) <= LONGEST
    assert len(question.clauses) <= MOST_CLAUSES
    assert len(question.citations) <= MOST_CITATIONS
    assert len(question.excluded) <= MOST_EXCLUDED
