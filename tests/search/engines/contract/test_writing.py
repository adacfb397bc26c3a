"""How an index is written, and what readers see of it."""

import threading

import pytest

from search.engines.document import Entry
from search.engines.engine import IndexMissing, WriterBusy
from tests.search.engines.contract.conftest import ask, doc, found


@pytest.fixture(autouse=True)
def _empty(engine):
    engine.rebuild([])


def test_what_is_written_is_found_at_once(engine):
    engine.write([Entry("rule", "a")], [doc("a", "tuba")])

    assert found(engine, "tuba") == ["a"]
    assert engine.count() == 1


def test_an_entry_is_replaced_with_all_its_documents(engine):
    first = [doc("film", "tuba and oboe", id=f"film#{n}") for n in range(3)]
    engine.write([Entry("rule", "film")], first)
    assert engine.count() == 3

    engine.write([Entry("rule", "film")], [doc("film", "bassoon")])
    assert (found(engine, "tuba"), found(engine, "bassoon")) == ([], ["film"])
    assert engine.count() == 1


def test_an_entry_without_documents_disappears(engine):
    engine.write([Entry("rule", "a"), Entry("rule", "b")], [doc("a", "tuba"), doc("b", "tuba")])
    engine.write([Entry("rule", "a")], [])

    assert found(engine, "tuba") == ["b"]
    assert {held.key for held in engine.documents()} == {"b"}


def test_the_same_key_of_another_kind_is_another_entry(engine):
    engine.write([], [doc("1", "tuba"), doc("1", "tuba", kind="fact")])
    engine.write([Entry("fact", "1")], [])

    assert {held.key for held in engine.documents()} == {"1"}


def test_a_key_that_begins_like_another_is_another(engine):
    engine.write([], [doc("1", "tuba"), doc("11", "tuba"), doc("1.I", "tuba")])
    engine.write([Entry("rule", "1")], [])

    assert {held.entry for held in engine.documents()} == {
        Entry("rule", "11"),
        Entry("rule", "1.I"),
    }


def test_writing_twice_changes_nothing(engine):
    for _time in range(2):
        engine.write([Entry("rule", "a")], [doc("a", "tuba")])

    assert list(engine.documents()) == [doc("a", "tuba")]


def test_a_rebuild_puts_the_new_documents_in_the_place_of_all_others(engine):
    engine.write([], [doc("old", "tuba")])

    assert engine.rebuild(iter([doc("new", "tuba"), doc("newer", "oboe")])) == 2
    assert {held.entry for held in engine.documents()} == {
        Entry("rule", "new"),
        Entry("rule", "newer"),
    }


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(engine):
    engine.write([], [doc("old", "tuba")])

    def broken():
        yield doc("new", "tuba")
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError, match="the source broke"):
        engine.rebuild(broken())
    assert found(engine, "tuba") == ["old"]
    engine.write([], [doc("after", "tuba")])
    assert set(found(engine, "tuba")) == {"old", "after"}


def test_the_old_index_answers_while_a_new_one_is_built(engine):
    engine.write([], [doc("old", "tuba")])
    seen = []

    def watched():
        yield doc("new", "tuba")
        seen.append(found(engine, "tuba"))

    engine.rebuild(watched())
    assert (seen, found(engine, "tuba")) == ([["old"]], ["new"])


def test_a_write_that_fails_changes_nothing_and_frees_the_writer(engine):
    engine.write([], [doc("a", "tuba")])

    def broken():
        yield doc("b", "tuba")
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError, match="the source broke"):
        engine.write([Entry("rule", "a")], broken())
    assert found(engine, "tuba") == ["a"]
    engine.write([], [doc("c", "tuba")])
    assert engine.count() == 2


def test_only_one_writes_at_a_time(engine):
    with engine.writing() as writer:
        for attempt in (lambda: engine.write([], []), lambda: engine.rebuild([])):
            with pytest.raises(WriterBusy):
                attempt()
        writer.replace([], [doc("a", "tuba")])

    engine.write([], [doc("b", "tuba")])
    assert set(found(engine, "tuba")) == {"a", "b"}


def test_readers_in_other_threads_see_whole_commits_only(engine):
    engine.write([], [doc("pair", "tuba", id="pair#1"), doc("pair", "tuba", id="pair#2")])
    stop, counts, faults = threading.Event(), set(), []

    def read():
        try:
            while not stop.is_set():
                counts.add(ask(engine, "tuba").total)
        except Exception as error:  # told to the test below
            faults.append(error)

    readers = [threading.Thread(target=read) for _reader in range(3)]
    for reader in readers:
        reader.start()
    for _round in range(15):
        pair = [doc("pair", "tuba", id=f"pair#{n}") for n in range(2)]
        engine.write([Entry("rule", "pair")], pair)
    engine.rebuild(pair)
    stop.set()
    for reader in readers:
        reader.join()

    assert (faults, counts) == ([], {2})


def test_an_index_that_is_removed_leaves_nothing_and_can_be_built_again(engine):
    engine.write([], [doc("a", "tuba")])
    assert engine.size() > 0

    engine.remove()
    for attempt in (engine.count, engine.size, lambda: found(engine, "tuba")):
        with pytest.raises(IndexMissing):
            attempt()
    engine.remove()
    assert engine.rebuild([doc("b", "oboe")]) == 1
    assert found(engine, "oboe") == ["b"]
