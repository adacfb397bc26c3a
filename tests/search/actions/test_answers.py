"""From what somebody types to everything the page shows of it."""

import pytest

from search.actions import answers, indexing
from search.engines.document import Document, aside
from search.engines.question import Reach
from search.engines.results import Results
from search.models import BestBet, VocabularyEntry

pytestmark = pytest.mark.django_db
MEMBERS = frozenset({"anyone", "members"})


def keys(results: Results) -> list[str]:
    return [hit.document.key for hit in results.hits]


def test_without_an_index_the_database_answers_and_says_so(rule_book, facts):
    facts.put("a", "The tuba is brass.")
    answer = answers.answer("tuba", audience=MEMBERS)

    assert (answer.from_database, answer.preparing, keys(answer.results)) == (True, True, ["a"])


def test_a_mistyped_word_is_put_right_and_what_was_typed_can_still_be_asked(facts):
    for key in "abcd":
        facts.put(key, "A moderator removes a comment.")
    indexing.rebuild_index()
    answer = answers.answer("moderatr comment", audience=MEMBERS)

    assert (answer.instead, answer.as_typed) == ("moderator comment", '"moderatr" comment')
    assert answer.question.text == "moderator comment"
    assert answer.results.reach is Reach.WORDS
    assert len(answer.results.hits) == 4


def test_what_is_not_in_force_is_found_only_by_who_asks_for_it(facts):
    facts.put("now", "tuba")
    facts.put("then", "tuba", audience=tuple(aside({"members"})), current=False)
    indexing.rebuild_index()

    assert keys(answers.answer("tuba", audience=MEMBERS).results) == ["now"]
    both = answers.answer("tuba", audience=MEMBERS, other_editions=True)
    assert keys(both.results) == ["now", "then"]


def test_what_editors_teach_stands_beside_the_results(facts):
    facts.put("a", "tuba")
    indexing.rebuild_index()
    VocabularyEntry.objects.create(words="tuba", meaning="A large brass instrument.")
    BestBet.objects.create(questions="tuba", title="Brass", address="/brass/", audience="members")
    answer = answers.answer("tuba", audience=MEMBERS)

    assert [entry.meaning for entry in answer.defined] == ["A large brass instrument."]
    assert [bet.address for bet in answer.bets] == ["/brass/"]
    assert answers.answer("tuba", audience=frozenset({"anyone"})).bets == ()


def test_a_question_is_asked_of_the_index_as_it_stands(facts):
    document: Document = facts.put("a", "tuba")
    indexing.rebuild_index()

    assert [hit.document for hit in answers.answer("tubas", audience=MEMBERS).results.hits] == [
        document
    ]
