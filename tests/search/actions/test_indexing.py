"""What changed is indexed, once and whole; what fails holds up nothing else."""

import pytest
from django.db import OperationalError

from search import sources
from search.actions import answers, changes, indexing
from search.engines.engine import IndexMissing, WriterBusy
from search.models import ChangedEntry

pytestmark = pytest.mark.django_db

MEMBERS = frozenset({"anyone", "members"})


def found(question: str, audience=MEMBERS) -> list[str]:
    answer = answers.answer(question, audience=audience)
    assert not answer.from_database
    return [hit.document.key for hit in answer.results.hits]


def waiting() -> list[str]:
    return [row.key for row in ChangedEntry.objects.order_by("key")]


@pytest.fixture
def index(facts):
    """An index without a document."""
    indexing.rebuild_index()


def test_a_change_is_found_after_indexing_and_the_row_is_gone(facts, index):
    facts.put("a", "The tuba is a brass instrument.")
    assert found("tuba") == []

    assert indexing.index_changes().indexed == 1
    assert (found("tuba"), waiting()) == (["a"], [])


def test_what_is_withdrawn_disappears(facts, index):
    facts.put("a", "tuba")
    indexing.index_changes()
    facts.drop("a")
    indexing.index_changes()

    assert found("tuba") == []


def test_what_only_others_may_see_now_is_found_by_them_alone(facts, index):
    facts.put("a", "tuba")
    indexing.index_changes()
    facts.put("a", "tuba", audience=("editors",))
    indexing.index_changes()

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
    indexing.index_changes(limit=1)
    assert (found("tuba"), waiting()) == (["a"], ["a"])

    indexing.index_changes()
    assert (found("tuba"), found("oboe"), waiting()) == ([], ["a"], [])


def test_the_oldest_changes_are_indexed_first_and_the_rest_at_once(facts, index):
    for key in "cab":
        facts.put(key, "tuba")

    assert indexing.index_changes(limit=2) == (2, 0.0)
    assert waiting() == ["b"]
    assert indexing.index_changes() == (1, None)


def test_entries_are_fetched_in_batches_and_not_one_by_one(facts, index):
    for n in range(indexing.BATCH + 5):
        facts.put(f"k{n:03}", "tuba")

    indexing.index_changes()
    assert [len(keys) for keys in facts.asked] == [indexing.BATCH, 5]


def test_one_entry_that_fails_does_not_hold_up_the_others(facts, index):
    for key in "abcdefg":
        facts.put(key, "tuba")
    facts.broken = {"c"}

    assert indexing.index_changes() == (6, indexing.FAILED_SECONDS)
    row = ChangedEntry.objects.get()
    assert (row.key, row.attempts, row.reason) == ("c", 1, "LookupError: c is broken")
    assert sorted(found("tuba")) == list("abdefg")

    facts.broken = set()
    indexing.index_changes()
    assert waiting() == []


def test_a_source_that_breaks_the_rules_is_blamed_by_name(facts, index):
    stray = facts.put("a", "tuba")
    facts.held["b"] = [stray]
    changes.mark_changed("fact", ["b"])

    indexing.index_changes()
    assert ChangedEntry.objects.get().reason.startswith("ValueError: fact was not asked for")


def test_a_database_that_is_away_is_no_fault_of_the_entry(facts, index, monkeypatch):
    facts.put("a", "tuba")

    def away(keys):
        raise OperationalError("the connection is gone")

    monkeypatch.setattr(facts, "documents", away)
    with pytest.raises(OperationalError):
        indexing.index_changes()
    assert ChangedEntry.objects.get().attempts == 0


def test_entries_of_an_app_that_is_no_longer_there_leave_the_index(facts, index, monkeypatch):
    facts.put("a", "tuba")
    indexing.index_changes()
    changes.mark_changed("fact", ["a"])
    monkeypatch.setattr(sources, "_registered", {})
    indexing.index_changes()

    assert (found("tuba"), waiting()) == ([], [])


def test_nothing_is_lost_where_another_process_writes(facts, index):
    facts.put("a", "tuba")
    with indexing.engine().writing(), pytest.raises(WriterBusy):
        indexing.index_changes()

    assert waiting() == ["a"]


# --- building anew -----------------------------------------------------------------------------


def test_without_an_index_asking_says_so_and_the_next_indexing_builds_it(rule_book):
    with pytest.raises(IndexMissing):
        indexing.engine().count()

    changes.mark_changed("rule", ["3.II.2"])
    assert indexing.index_changes().indexed == 60
    assert (found("quorum")[0], waiting()) == ("3.II.2", [])


def test_a_rebuild_takes_up_what_was_never_marked_and_drops_what_is_gone(facts, index):
    facts.put("gone", "tuba")
    indexing.index_changes()
    facts.held.clear()
    facts.put("new", "tuba")
    ChangedEntry.objects.all().delete()

    assert indexing.rebuild_index().indexed == 1
    assert found("tuba") == ["new"]


def test_a_change_that_arrives_during_a_rebuild_is_kept(facts, index, monkeypatch):
    facts.put("a", "tuba")
    before = facts.documents

    def changes_meanwhile(keys):
        documents = list(before(keys))
        facts.put("a", "oboe")
        return documents

    monkeypatch.setattr(facts, "documents", changes_meanwhile)
    indexing.rebuild_index()
    assert (found("tuba"), waiting()) == (["a"], ["a"])


def test_a_rebuild_leaves_out_what_fails_and_says_why(facts, index):
    for key in "abc":
        facts.put(key, "tuba")
    facts.broken = {"b"}

    assert indexing.rebuild_index() == (2, indexing.FAILED_SECONDS)
    row = ChangedEntry.objects.get()
    assert (row.key, row.attempts, row.reason) == ("b", 1, "LookupError: b is broken")


def test_an_unknown_engine_is_refused_by_name(settings):
    settings.SEARCH_ENGINE = "abacus"

    with pytest.raises(ValueError, match=r"abacus.*it can be: embedded"):
        indexing.engine()
