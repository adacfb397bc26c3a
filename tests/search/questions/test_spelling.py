"""Did you mean: as the found documents spell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.document import Document
from search.engines.highlighting import Marked
from search.engines.question import Reach
from search.engines.results import Hit, Results
from search.engines.text import distance
from search.questions import spelling
from search.questions.parsing import parse
from search.questions.spelling import as_typed, respelt
from search.questions.synonyms import Synonyms, SynonymSet

BODY = "A moderator removes a comment. Moderators note it in the log; the women's officer agrees."


def results(*bodies: str, reach: Reach = Reach.FORGIVING, title: str = "Moderation") -> Results:
    hits = tuple(
        Hit(
            Document(id=body, key="1", kind="rule", url="/", title=title, body=body),
            1.0,
            Marked(""),
            Marked(""),
            Marked(""),
        )
        for body in bodies
    )
    return Results(total=len(hits), hits=hits, reach=reach)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("moderater", "moderator"),
        ("how do I remove a coment?", "how do I remove a comment?"),
        ("modarater comemnt", "moderator comment"),
        ("Moderater", "Moderator"),
        ("MODERATER", "MODERATOR"),
        ("coment -moderater", "comment -moderater"),
        ('coment "a moderater"', 'comment "a moderater"'),
        ("“moderater” coment", '"moderater" comment'),
        ("coment 7.VIII.3", "comment 7.VIII.3"),
        ("coment OR log", "comment OR log"),
        ("ofiicer (coment)", "officer (comment)"),
        ("womans officer", "women's officer"),
        # right already, in one form or another
        ("comments moderators", ""),
        ("removing", ""),
        # too short, too far, a number, or only a beginning
        ("lgo", ""),
        ("quorum", ""),
        ("12345", ""),
        ("moderat", ""),
        ("", ""),
    ],
)
def test_mistyped_words_are_put_right_and_all_else_stays(text, meant):
    assert respelt(parse(text), results(BODY)) == meant


def test_words_of_titles_count_and_the_nearest_and_most_frequent_is_meant():
    assert respelt(parse("moderatoin"), results("Nothing.")) == "moderation"
    assert respelt(parse("wood"), results("word word wold", "wold wold")) == "wold"
    assert respelt(parse("comittees"), results("committees comities")) == "committees"


@pytest.mark.parametrize(
    ("reach", "meant"),
    [
        (Reach.WORDS, ""),
        (Reach.HALF_TYPED, ""),
        (Reach.FORGIVING, "comment"),
        (Reach.SOME_WORDS, "comment"),
    ],
)
def test_nothing_is_suggested_where_the_words_were_found(reach, meant):
    assert respelt(parse("coment"), results(BODY, reach=reach)) == meant


def test_everyday_words_are_meant_even_where_they_are_near_others():
    assert respelt(parse("how many log in charge"), results("She may change a long log.")) == ""


def test_a_word_that_the_vocabulary_knows_is_not_mistyped():
    known = Synonyms((SynonymSet(("coment", "remark")),))

    assert respelt(parse("coment", known), results(BODY)) == ""


@pytest.mark.parametrize(
    ("typed", "meant", "literally"),
    [
        ("remove coment", "remove comment", 'remove "coment"'),
        ("Coment, or 7.I", "Comment, or 7.I", '"Coment", or 7.I'),
        ('"nowt" modderater -coment', '"nowt" moderator -coment', '"nowt" "modderater" -coment'),
        ("clasue 4", "clause 4", '"clasue" 4'),
    ],
)
def test_the_words_that_were_put_right_can_be_asked_as_they_were_typed(typed, meant, literally):
    assert as_typed(parse(typed), meant) == literally
    assert respelt(parse(literally), results(BODY)) == ""


def test_without_results_nothing_is_suggested():
    assert respelt(parse("coment"), Results(reach=Reach.FORGIVING)) == ""


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["coment", '"', "-", "7.I", "moderater ", " ", "OR "])).map("".join)
)
def test_any_question_is_respelt_only_in_words_that_were_found(text):
    question = parse(text)
    meant = respelt(question, results(BODY))

    assert meant == "" or len(meant) <= len(question.text) + 2 * len(question.text.split())
    if meant:
        assert respelt(parse(meant), results(BODY)) == ""
        assert respelt(parse(as_typed(question, meant)), results(BODY)) == ""


def test_mistakes_are_counted_only_in_words_that_may_be_meant(monkeypatch):
    long = " ".join(f"word{n} moderation{n} comment" for n in range(300))
    found = results(*(f"{n} {long}" for n in range(20)))
    compared = []

    def counted(first: str, second: str, most: int) -> int:
        compared.append((first, second))
        return distance(first, second, most)

    monkeypatch.setattr(spelling, "distance", counted)
    respelt(parse("modderater of comemnt and anotherr lonngish wordd"), found)

    assert len(compared) < 10  # of more than six hundred words, each asked about four times
