"""How the index stands to its sources."""

import pytest

from search.actions import index_state, indexing

pytestmark = pytest.mark.django_db


def test_the_state_is_missing_then_behind_then_ready(facts):
    state = {"engine": "embedded", "waiting": 0, "failed": 0, "documents": 0}
    assert index_state.index_state() == {**state, "state": "missing"}

    indexing.rebuild_index()
    assert index_state.index_state() == {**state, "state": "ready"}

    facts.put("a", "tuba")
    assert index_state.index_state() == {**state, "waiting": 1, "state": "behind"}

    indexing.index_changes()
    assert index_state.index_state() == {**state, "documents": 1, "state": "ready"}


def test_the_state_takes_the_same_queries_however_much_waits(facts, django_assert_num_queries):
    for number in (1, 30):
        for n in range(number):
            facts.put(f"k{n}", "tuba")
        with django_assert_num_queries(2):
            index_state.index_state()


def test_a_comparison_names_what_differs(facts):
    indexing.rebuild_index()
    for key in "abc":
        facts.put(key, "tuba")
    indexing.index_changes()
    assert not index_state.compare_index()

    facts.put("a", "oboe")
    facts.put("d", "tuba")
    facts.drop("b")
    differences = index_state.compare_index()
    assert differences == index_state.Differences(
        missing=("fact:d#1",), outdated=("fact:a#1",), superfluous=("fact:b#1",)
    )
