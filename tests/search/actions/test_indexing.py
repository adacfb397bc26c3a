"""What changes the index, and what it says of itself."""

import time

import pytest
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult

from search import actions, sources
from search.engines.base import IndexMissing, WriterBusy
from search.models import ChangedEntry
from tests.search.conftest import Shelf

pytestmark = pytest.mark.django_db

MEMBERS = frozenset({"anyone", "members"})


def found(question: str, audience=MEMBERS) -> list[str]:
    return [hit.document.key for hit in actions.ask(question, audience=audience).hits]


def waiting() -> list[str]:
    return [row.key for row in ChangedEntry.objects.order_by("key")]


@pytest.fixture
def index(facts):
    """An index without a document."""
    actions.rebuild_index()


# --- marking -----------------------------------------------------------------------------------


def test_marking_twice_leaves_one_row_with_the_later_time():
    actions.mark_changed("fact", ["a"])
    first = ChangedEntry.objects.get()
    actions.mark_changed("fact", ["a", "a"])

    again = ChangedEntry.objects.get()
    assert again.pk == first.pk
    assert again.changed_at > first.changed_at


def test_marking_belongs_to_the_transaction_of_the_change():
    def change_and_fail():
        with transaction.atomic():
            actions.mark_changed("fact", ["a"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert waiting() == []


def test_a_single_key_given_by_mistake_is_refused():
    with pytest.raises(TypeError, match="a list of keys"):
        actions.mark_changed("fact", "abc")


def test_marking_many_takes_the_same_queries_as_marking_one(django_assert_num_queries):
    for keys in (["a"], [f"k{n}" for n in range(150)]):
        with django_assert_num_queries(1):
            actions.mark_changed("fact", keys)


def test_one_task_is_enqueued_when_the_change_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.mark_changed("fact", ["a"])
        actions.mark_changed("fact", ["b"])
        assert not DBTaskResult.objects.exists()

    task = DBTaskResult.objects.get()
    assert (task.task_path, task.queue_name) == ("search.tasks.index_changes", "index")


def test_a_task_that_runs_already_does_not_stand_for_one_that_waits():
    actions.request_indexing()
    DBTaskResult.objects.get().claim("worker")
    actions.request_indexing()
    actions.request_indexing()

    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "RUNNING"]


def test_a_task_for_later_does_not_hold_up_a_change_that_comes_now():
    actions.request_indexing(after=30)
    actions.request_indexing(after=30)
    assert DBTaskResult.objects.count() == 1

    actions.request_indexing()
    assert DBTaskResult.objects.ready().count() == 1


# --- indexing ----------------------------------------------------------------------------------


def test_a_change_is_found_after_indexing_and_the_row_is_gone(facts, index):
    facts.put("a", "The tuba is a brass instrument.")
    assert found("tuba") == []

    assert actions.index_changes() == 1
    assert (found("tuba"), waiting()) == (["a"], [])


def test_what_is_withdrawn_disappears(facts, index):
    facts.put("a", "tuba")
    actions.index_changes()
    facts.drop("a")
    actions.index_changes()

    assert found("tuba") == []


def test_what_only_others_may_see_now_is_found_by_them_alone(facts, index):
    facts.put("a", "tuba")
    actions.index_changes()
    facts.put("a", "tuba", audience=("editors",))
    actions.index_changes()

    assert found("tuba") == []
    assert found("tuba", frozenset({"editors"})) == ["a"]


def test_a_change_that_arrives_while_indexing_is_kept_and_indexed_next(facts, index, monkeypatch):
    facts.put("a", "tuba")
    before = facts.documents

    def changes_meanwhile(keys):
        documents = list(before(keys))
        monkeypatch.setattr(facts, "documents", before)
        facts.put("a", "oboe")
        return documents

    monkeypatch.setattr(facts, "documents", changes_meanwhile)
    actions.index_changes(limit=1)
    assert (found("tuba"), waiting()) == (["a"], ["a"])

    actions.index_changes()
    assert (found("tuba"), found("oboe"), waiting()) == ([], ["a"], [])


def test_the_oldest_changes_are_indexed_first_and_a_worker_is_asked_for_the_rest(facts, index):
    for key in "cab":
        facts.put(key, "tuba")

    assert actions.index_changes(limit=2) == 2
    assert waiting() == ["b"]
    assert DBTaskResult.objects.ready().count() == 1


def test_entries_are_fetched_in_batches_and_not_one_by_one(facts, index):
    for n in range(actions.BATCH + 5):
        facts.put(f"k{n:03}", "tuba")

    actions.index_changes()
    assert [len(keys) for keys in facts.asked] == [actions.BATCH, 5]


def test_one_entry_that_fails_does_not_hold_up_the_others(facts, index):
    for key in "abcdefg":
        facts.put(key, "tuba")
    facts.broken = {"c"}

    assert actions.index_changes() == 6
    row = ChangedEntry.objects.get()
    assert (row.key, row.attempts, row.reason) == ("c", 1, "LookupError: c is broken")
    assert sorted(found("tuba")) == list("abdefg")
    assert DBTaskResult.objects.count() == 1
    assert not DBTaskResult.objects.ready().exists()  # tried again, but not at once

    facts.broken = set()
    actions.index_changes()
    assert waiting() == []


def test_a_source_that_breaks_the_rules_is_blamed_by_name(facts, index):
    stray = facts.put("a", "tuba")
    facts.held["b"] = [stray]
    actions.mark_changed("fact", ["b"])

    actions.index_changes()
    assert ChangedEntry.objects.get().reason.startswith("ValueError: fact was not asked for")


def test_a_database_that_is_away_is_no_fault_of_the_entry(facts, index, monkeypatch):
    facts.put("a", "tuba")

    def away(keys):
        raise OperationalError("the connection is gone")

    monkeypatch.setattr(facts, "documents", away)
    with pytest.raises(OperationalError):
        actions.index_changes()
    assert ChangedEntry.objects.get().attempts == 0


def test_entries_of_an_app_that_is_no_longer_there_leave_the_index(facts, index, monkeypatch):
    facts.put("a", "tuba")
    actions.index_changes()
    actions.mark_changed("fact", ["a"])
    monkeypatch.setattr(sources, "_registered", {})
    actions.index_changes()

    assert (found("tuba"), waiting()) == ([], [])


def test_nothing_is_lost_where_another_process_writes(facts, index):
    facts.put("a", "tuba")
    with actions.engine().writing(), pytest.raises(WriterBusy):
        actions.index_changes()

    assert waiting() == ["a"]


# --- building anew -----------------------------------------------------------------------------


def test_without_an_index_asking_says_so_and_the_next_indexing_builds_it(rule_book):
    with pytest.raises(IndexMissing):
        actions.ask("quorum", audience=MEMBERS)

    actions.mark_changed("rule", ["3.II.2"])
    assert actions.index_changes() == 60
    assert (found("quorum")[0], waiting()) == ("3.II.2", [])


def test_a_rebuild_takes_up_what_was_never_marked_and_drops_what_is_gone(facts, index):
    facts.put("gone", "tuba")
    actions.index_changes()
    facts.held.clear()
    facts.put("new", "tuba")
    ChangedEntry.objects.all().delete()

    assert actions.rebuild_index() == 1
    assert found("tuba") == ["new"]


def test_a_change_that_arrives_during_a_rebuild_is_kept(facts, index, monkeypatch):
    facts.put("a", "tuba")
    before = facts.documents

    def changes_meanwhile(keys):
        documents = list(before(keys))
        facts.put("a", "oboe")
        return documents

    monkeypatch.setattr(facts, "documents", changes_meanwhile)
    actions.rebuild_index()
    assert (found("tuba"), waiting()) == (["a"], ["a"])


def test_a_rebuild_leaves_out_what_fails_and_says_why(facts, index):
    for key in "abc":
        facts.put(key, "tuba")
    facts.broken = {"b"}

    assert actions.rebuild_index() == 2
    row = ChangedEntry.objects.get()
    assert (row.key, row.attempts, row.reason) == ("b", 1, "LookupError: b is broken")


# --- what it says of itself --------------------------------------------------------------------


def test_the_state_is_missing_then_behind_then_ready(facts):
    state = {"engine": "embedded", "waiting": 0, "failed": 0, "documents": 0}
    assert actions.index_state() == {**state, "state": "missing"}

    actions.rebuild_index()
    assert actions.index_state() == {**state, "state": "ready"}

    facts.put("a", "tuba")
    assert actions.index_state() == {**state, "waiting": 1, "state": "behind"}

    actions.index_changes()
    assert actions.index_state() == {**state, "documents": 1, "state": "ready"}


def test_the_state_is_told_within_20_milliseconds(rule_book):
    actions.index_changes()
    took = []
    for _time in range(10):
        started = time.process_time()
        actions.index_state()
        took.append(time.process_time() - started)

    assert sorted(took)[5] < 0.020


def test_a_comparison_names_what_differs(facts, index):
    for key in "abc":
        facts.put(key, "tuba")
    actions.index_changes()
    assert not actions.compare_index()

    facts.put("a", "oboe")
    facts.put("d", "tuba")
    facts.drop("b")
    differences = actions.compare_index()
    assert differences == actions.Differences(
        missing=("fact:d#1",), outdated=("fact:a#1",), superfluous=("fact:b#1",)
    )


def test_an_unknown_engine_is_refused_by_name(settings):
    settings.SEARCH_ENGINE = "abacus"

    with pytest.raises(ValueError, match=r"abacus.*it can be: embedded"):
        actions.engine()


def test_a_kind_has_one_source(facts):
    class Other(Shelf):
        pass

    sources.register(facts)
    with pytest.raises(ValueError, match="registered already, by Shelf"):
        sources.register(Other("fact", "Other facts"))
    with pytest.raises(ValueError, match="is no kind"):
        sources.register(Shelf("Two words", "Wrong"))
