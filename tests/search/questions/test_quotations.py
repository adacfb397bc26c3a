"""One passage quoted on top: only for a question, only on strong evidence, only word for word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.document import Document
from search.engines.grouping import highlights_for
from search.engines.highlighting import mark, passage
from search.engines.question import Reach
from search.engines.results import Hit, Results
from search.questions.parsing import parse
from search.questions.quotations import plain, quotation
from search.questions.synonyms import Synonyms, SynonymSet

QUORUM = (
    "The quorum of the executive is half of its members, and never fewer than three. "
    "A meeting without one may talk."
)


def document(body: str, title: str = "Chapter 4 Clause II.2", **values) -> Document:
    heading = "Sample Rule Book › Chapter 4 — Meetings › Clause II — Quorum"
    plain = {"id": body, "key": "1", "kind": "rule", "url": "/", "heading": heading}
    return Document(title=title, body=body, **{**plain, **values})


def results(text: str, *found: tuple[Document, float], reach: Reach = Reach.WORDS) -> Results:
    marks = highlights_for(parse(text), reach)
    hits = tuple(
        Hit(
            each,
            score,
            mark(each.title, marks),
            mark(each.heading, marks),
            passage(each.body, marks)[0],
        )
        for each, score in found
    )
    return Results(total=len(hits), hits=hits, reach=reach)


def quoted(text: str, *found: tuple[Document, float], **values) -> str:
    """The words quoted for a question to which these documents were found, with their scores."""
    answer = quotation(parse(text), results(text, *found, **values))
    return str(answer.words) if answer else ""


def test_a_question_is_answered_with_whole_sentences_and_its_words_marked():
    assert quoted("What is the quorum of the executive?", (document(QUORUM), 9.0)) == (
        "The <mark>quorum</mark> of the <mark>executive</mark> is half of its members, and never "
        "fewer than three. A meeting without one may talk."
    )


def test_the_quotation_says_which_hit_it_is_from_however_they_are_sorted():
    text = "what is the quorum of the executive"
    other = document("Nobody asked for this.")

    answer = quotation(parse(text), results(text, (other, 2.0), (document(QUORUM), 9.0)))

    assert answer.hit.document == document(QUORUM)


@pytest.mark.parametrize(
    "text",
    [
        "quorum executive",  # no question
        "what is the quorum of the regional executive?",  # a word is not there
        "what is the 'quorum of the executive board'?",
        '"quorum executive"?',
        "who?",
        "what is 7.VIII?",
        "",
    ],
)
def test_without_a_question_or_all_of_its_words_nothing_is_quoted(text):
    assert quoted(text, (document(QUORUM), 9.0)) == ""


def test_of_many_words_one_may_stand_in_the_title_or_heading_alone():
    text = "how do members of the executive have a quorum at meetings?"
    many = document(QUORUM.replace("A meeting without one may talk.", ""))

    assert quoted(text, (many, 9.0)) != ""
    assert quoted("who seconds motions on the executive quorum?", (many, 9.0)) == ""


def test_asked_for_one_word_the_document_must_be_called_by_it():
    assert quoted("what is a quorum?", (document(QUORUM), 9.0)) != ""
    assert quoted("what is a quorum?", (document(QUORUM, heading="Meetings"), 9.0)) == ""


def test_asked_for_one_word_nothing_else_may_be_called_by_it():
    other = document("Ten members.", title="Chapter 9 — Quorums of companies", heading="")

    assert quoted("what is a quorum?", (document(QUORUM), 9.0), (other, 1.0)) == ""


def test_asked_for_one_word_what_has_just_that_name_is_quoted():
    named = document(QUORUM, title="Clause II — The quorum")
    other = document("Ten members.", title="No quorum", heading="")

    assert quoted("what is a quorum?", (named, 9.0), (other, 8.0)) != ""
    assert quoted("what is a quorum?", (named, 9.0), (replace(named, body="Ten."), 1.0)) == ""


def test_the_first_sentence_that_holds_all_words_is_quoted_with_those_after_it_in_its_paragraph():
    body = f"The quorum is this. The executive is that.\nNobody knows. {QUORUM}\nNot this."

    assert quoted("what is the quorum of the executive?", (document(body), 9.0)) == (
        "The <mark>quorum</mark> of the <mark>executive</mark> is half of its members, and never "
        "fewer than three. A meeting without one may talk."
    )


def test_words_that_only_mean_the_same_are_no_evidence():
    known = Synonyms((SynonymSet(("committee", "executive")),))
    text = "what is the quorum of the committee?"

    assert quotation(parse(text, known), results(text, (document(QUORUM), 9.0))) is None


def test_where_another_answers_as_well_nothing_is_quoted():
    text = "what is the quorum of the executive?"
    rival = document("The executive has a quorum too, says this.")
    poor = document("The executive meets.", heading="")

    assert quoted(text, (document(QUORUM), 9.0), (rival, 8.0)) == ""
    assert quoted(text, (document(QUORUM), 9.0), (rival, 7.0)) != ""
    assert quoted(text, (document(QUORUM), 9.0), (poor, 8.9)) != ""
    assert quoted(text, (document(QUORUM), 9.0), (replace(rival, current=False), 8.9)) != ""


@pytest.mark.parametrize(
    "body",
    [
        "the quorum of the executive, and never fewer than three.",  # the end of a sentence
        "The quorum of the executive; or",  # one of a list
        "The quorum of the executive is:",  # its beginning
        "The quorum of the executive " + "is a long story and " * 30 + "ends.",
    ],
)
def test_half_a_sentence_is_never_quoted(body):
    assert quoted("what is the quorum of the executive?", (document(body), 9.0)) == ""


def test_what_is_superseded_is_not_quoted():
    assert quoted("what is the executive quorum?", (document(QUORUM, current=False), 9.0)) == ""


@pytest.mark.parametrize(
    ("reach", "quotes"),
    [
        (Reach.WORDS, True),
        (Reach.HALF_TYPED, True),
        (Reach.FORGIVING, False),
        (Reach.SOME_WORDS, False),
    ],
)
def test_what_was_found_with_more_than_a_half_typed_word_is_not_quoted(reach, quotes):
    found = quoted("what is the executive quorum?", (document(QUORUM), 9.0), reach=reach)

    assert bool(found) is quotes


def test_without_results_nothing_is_quoted():
    assert quotation(parse("what is a quorum?"), Results()) is None


sentences = st.lists(
    st.sampled_from(
        ["The quorum is ten.", "the executive", "<b>Quorum & executive</b>!", "Is it?", "A. ", "\n"]
    )
    | st.text(max_size=20),
    max_size=12,
).map(" ".join)


@given(sentences, st.sampled_from(["what is the quorum?", "is the executive a quorum?"]))
def test_a_quotation_without_its_marks_stands_in_the_document_word_for_word(body, text):
    answer = quotation(parse(text), results(text, (document(body), 9.0)))

    if answer:
        assert " ".join(plain(answer.words).split()) in " ".join(body.split())
