"""A question, and how generously its words match."""

import pytest

from search.engines.question import Question, Reach, least, mistakes
from search.questions.parsing import (
    parse,
)


def test_nothing_asked_is_known():
    assert [parse(text).asks_nothing for text in ("", "-spam", '"', "a", "7.I")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("word", "forgiven"),
    [("post", 1), ("the", 0), ("moderator", 2), ("secretary", 2), ("2026", 0), ("x" * 25, 0)],
)
def test_more_mistakes_are_forgiven_in_longer_words_and_none_in_numbers(word, forgiven):
    assert mistakes(word) == forgiven


def test_of_a_long_question_a_document_need_not_hold_every_word():
    assert [least(words) for words in (1, 3, 4, 6, 7, 20)] == [1, 3, 3, 4, 3, 5]
    some = [least(words, Reach.SOME_WORDS) for words in (1, 2, 3, 4, 20)]
    assert some == [1, 1, 1, 1, 5]


def test_what_is_cited_has_the_wordings_that_were_told_of_it():
    question = Question(citations=("7.II", "7.III"), wordings=(("chapter 7 clause ii",),))

    assert question.cited == {"7.II": ("chapter 7 clause ii",), "7.III": ()}
