"""Marked words and the passage that is shown of a text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.grouping import highlights_for
from search.engines.highlighting import PASSAGE_LENGTH, Highlights, mark, passage
from search.engines.question import Question, Reach, Term
from search.questions.parsing import parse


def asked(question: str, reach: Reach = Reach.WORDS) -> Highlights:
    return highlights_for(parse(question), reach)


def marked(text: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", text)


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("removing", "Remove, removed or removal.", ["Remove", "removed", "removal"]),
        ("happy", "Happiness makes a happier party happy.", ["Happiness", "happy"]),
        ("dying", "To die, dying, died.", ["die", "dying", "died"]),
        ("hoping", "We hope; they hoped.", ["hope", "hoped"]),
        ("women's", "The women’s officer, women’s and womens.", ["women’s", "women’s", "womens"]),
        ("café", "Cafe and CAFÉ but not decafé.", ["Cafe", "CAFÉ"]),
        ('"rule"', "Rule by rules.", ["Rule"]),
        ("a rule", "A rule is a rule.", ["rule", "rule"]),
        ("act", "Act, react, don't act'.", ["Act", "act"]),
        ("7.VIII.3 quorum", "The quorum in 7.VIII.3.", ["quorum"]),
    ],
)  # fmt: skip
def test_the_words_asked_for_are_marked_in_every_form(question, text, words):
    assert marked(mark(text, asked(question))) == words


APPLY = (Term("join"), Term("apply to be a member", weight=0.75), Term("sign up", weight=0.75))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Whoever applies to be a member is a member.", ["applies", "to", "be", "a", "member"]),
        ("A member may apply to a branch.", []),
        ("Sign-up: join, or sign up. Up!", ["Sign", "up", "join", "sign", "up"]),
        ("Signé up naïvely", ["Signé", "up"]),
        ("Sign the form, up there.", []),
    ],
)
def test_what_means_the_same_in_several_words_is_marked_only_as_they_stand(text, words):
    marks = highlights_for(Question(text="join", clauses=(APPLY,)), Reach.WORDS)

    assert marked(mark(text, marks)) == words


def test_words_of_a_phrase_count_once_in_a_passage():
    marks = highlights_for(
        Question(text="join post", clauses=(APPLY, (Term("post"),))), Reach.WORDS
    )
    said = "Whoever applies to be a member waits. " + "Nobody says a thing. " * 5
    shown, _character = passage(said + "They join by post.", marks, length=60)

    assert marked(shown) == ["join", "post"]


def test_words_that_begin_with_a_half_typed_one_are_marked_only_where_they_were_found():
    assert marked(mark("newsletter", asked("newsl", Reach.HALF_TYPED))) == ["newsletter"]
    assert marked(mark("newsletter", asked("newsl"))) == []


BODY = (
    "The branch meets monthly. It may also meet online.\n"
    "3. Quorum. No business is done unless the quorum is there! "
    "“Nobody may speak twice.” A vote follows, i.e. a show of hands. "
) + "Then many other things are said that nobody asks about at all. " * 8


def test_the_passage_is_made_of_whole_sentences():
    shown, _character = passage(BODY, asked("quorum"), length=70)

    assert (
        shown
        == "3. <mark>Quorum</mark>. No business is done unless the <mark>quorum</mark> is there!"
    )


def test_the_passage_with_most_of_the_different_words_is_shown():
    assert "show of <mark>hands</mark>" in passage(BODY, asked("vote hands quorum"), length=60)[0]


def test_a_text_without_the_words_is_shown_from_its_beginning():
    assert passage(BODY, asked("zebra"), length=30)[0] == "The branch meets monthly."


def test_a_sentence_that_is_too_long_is_cut_between_words_and_shows_it():
    body = "word " * 200 + "tuba " + "thing " * 200
    shown, _character = passage(body, asked("tuba"))

    assert shown.startswith("… word")
    assert shown.endswith("thing …")
    assert marked(shown) == ["tuba"]
    assert len(shown) < PASSAGE_LENGTH + len("<mark></mark>") + 4


@given(body=st.text(max_size=2000), question=st.text(max_size=30))
def test_any_passage_is_safe_and_stands_so_in_the_text(body, question):
    shown, _character = passage(body, asked(question))

    bare = re.sub("</?mark>", "", shown)
    assert "<" not in bare
    shown = html.unescape(bare).removeprefix("… ").removesuffix(" …")
    assert shown in body
    assert shown.count("<mark>") == shown.count("</mark>")


@given(
    words=st.lists(
        st.sampled_from(["tuba", "oboe", "horn", "a", "the", "remove", "Removal", "e-mail", "7"]),
        min_size=1,
        max_size=60,
    )
)
def test_a_word_that_is_there_is_always_marked(words):
    assert len(marked(mark(" ".join(words), asked("remove")))) == sum(
        word.lower().startswith("remov") for word in words
    )


@given(
    st.lists(st.text("aceimnort'ß", min_size=1, max_size=9), max_size=3),
    st.sets(st.from_regex(r"[aceimnort]{1,9}('[aceimnort]){0,2}", fullmatch=True), max_size=20),
)
def test_of_many_words_those_are_marked_that_would_be_one_by_one(question, said):
    marks, alone = (asked(" ".join(["nomintae", *question]), Reach.FORGIVING) for _ in range(2))
    expected = {word for word in said if alone.reason(word)}

    assert marks.among(said) == expected
    assert marks.among(said) == expected
