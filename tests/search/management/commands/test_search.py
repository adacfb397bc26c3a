"""The question on the command line, answered as the page would."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.actions import indexing
from search.models import BestBet, VocabularyEntry
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_search_answers_for_a_member_in_json(rule_book):
    indexing.index_changes()
    member = MemberFactory()

    answer = json.loads(run("search", "remove a comment", "--json", "--as", member.email.upper()))
    first = answer["hits"][0]
    assert (first["id"], first["kind"], first["url"]) == ("6.II.1", "rule", "/rules/6.ii.1/")
    assert "<mark>remove</mark> a <mark>comment</mark>" in first["snippet"]
    assert answer["total"] == answer["counts"]["rule"] >= 1


def test_search_without_a_member_finds_only_what_is_open_to_anyone(rule_book, facts):
    facts.put("open", "A quorum is explained to the public & others.", audience=("anyone",))
    indexing.index_changes()

    assert json.loads(run("search", "quorum", "--json"))["counts"] == {"fact": 1}
    shown = run("search", "quorum")
    assert "[fact] Title open" in shown
    assert "A quorum is explained to the public & others." in shown


def test_search_says_what_is_wrong_in_a_sentence(rule_book):
    with pytest.raises(CommandError, match="There is no member with the address nobody@"):
        run("search", "quorum", "--as", "nobody@members.example")


def test_search_answers_from_the_database_where_no_index_is(rule_book, facts):
    facts.put("open", "A quorum is explained.", audience=("anyone",))
    error = StringIO()
    call_command("search", "quorum", stdout=(out := StringIO()), stderr=error)

    assert "[fact] Title open" in out.getvalue()
    assert error.getvalue() == (
        "The index cannot be asked. Results from the database: not ranked, and spelling must "
        "match.\n"
    )


def test_search_tells_what_stands_above_the_results_as_the_page_does(rule_book):
    indexing.index_changes()
    BestBet(questions="quorum", title="Quorum explained", address="/courses/quorum/").save()
    VocabularyEntry(words="quorum", meaning="How many must be there.").save()
    member = MemberFactory()

    said = run("search", "quorum", "--as", member.email)
    assert said.startswith(
        "pinned: Quorum explained  /courses/quorum/\nmeaning: quorum: How many must be there.\n"
    )
    answer = json.loads(run("search", "quoram", "--json", "--as", member.email))
    assert (answer["instead"], answer["hits"][0]["id"]) == ("quorum", "3.II.2")
    assert answer["meanings"] == {"quorum": "How many must be there."}
