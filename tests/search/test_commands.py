"""search and search_index, as an operator runs them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from search.actions import changes, indexing
from search.models import BestBet, ChangedEntry, VocabularyEntry
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
        "The index cannot be asked; this is a plain look through the database.\n"
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


def test_status_says_what_waits_and_what_failed(facts):
    indexing.rebuild_index()
    facts.put("a", "tuba")
    facts.broken = {"a"}
    indexing.index_changes()

    said = run("search_index")
    assert "state: behind" in said
    assert "failed 1 times: fact:a: LookupError: a is broken" in said


def test_catch_up_builds_a_missing_index_and_then_indexes_only_what_changed(rule_book):
    assert run("search_index", "catch_up") == "60 indexed, 0 waiting.\n"
    changes.mark_changed("rule", ["3.II.2"])
    assert run("search_index", "catch_up") == "1 indexed, 0 waiting.\n"
    assert run("search_index", "catch_up") == "0 indexed, 0 waiting.\n"


def test_catch_up_tries_again_what_had_been_given_up(facts):
    indexing.rebuild_index()
    facts.put("a", "tuba")
    ChangedEntry.objects.update(attempts=9, reason="it broke")

    assert run("search_index", "catch_up") == "1 indexed, 0 waiting.\n"


def test_catch_up_beside_a_writer_leaves_the_work_to_a_worker(facts):
    indexing.rebuild_index()
    facts.put("a", "tuba")
    with indexing.engine().writing():
        said = run("search_index", "catch_up")

    assert said == (
        "Another process is indexing; a worker will do what is left.\n0 indexed, 1 waiting.\n"
    )


def test_catch_up_without_a_directory_says_so_and_does_not_stop_the_worker(
    facts, settings, tmp_path
):
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"
    (tmp_path / "file").write_text("a file stands where the directory should be")
    facts.put("a", "tuba")
    told = StringIO()
    call_command("search_index", "catch_up", stdout=StringIO(), stderr=told)

    assert "What changed is kept; a worker will try again." in told.getvalue()
    assert DBTaskResult.objects.count() == 1


def test_rebuild_says_how_much_and_refuses_beside_a_writer(rule_book):
    assert run("search_index", "rebuild").startswith("60 documents in ")
    with (
        indexing.engine().writing(),
        pytest.raises(CommandError, match="Nothing was changed; try again"),
    ):
        run("search_index", "rebuild")


def test_verify_is_silent_when_all_agrees_and_fails_when_not(rule_book):
    run("search_index", "rebuild")
    assert run("search_index", "verify") == "The index says what its sources say.\n"

    del rule_book.held["3.II.2"]
    out = StringIO()
    with pytest.raises(CommandError, match="Index and sources differ") as failure:
        call_command("search_index", "verify", stdout=out)
    assert failure.value.returncode == 1
    assert out.getvalue() == "missing: 0\noutdated: 0\nsuperfluous: 1\n  rule:3.II.2\n"
