"""search and search_index, as an operator runs them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ground.jobs.models import TaskJob
from search.actions import changes, indexing
from search.models import ChangedEntry

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


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
    assert TaskJob.objects.get().task == "search.tasks.index_changes"


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
