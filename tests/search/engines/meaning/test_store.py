"""Vectors follow the index: never older than it, kept by every step, computed once."""

import datetime
import fcntl
import os
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from search.engines.base import Document, Entry
from search.engines.meaning import store as stores
from search.engines.meaning.snapshot import LONGEST_PART, line_of, parts, read_line
from search.engines.meaning.store import VectorStore

MODEL = "a model"


class Embedding:
    """Counts letters, and remembers of which texts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts):
        self.asked += texts
        rows = [[text.count(letter) + 1.0 for letter in "abc"] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), 3)


def doc(key: str, body: str = "a", **values) -> Document:
    values = {"id": f"{key}#1", "kind": "rule", "url": f"/{key}/", "title": "", **values}
    return Document(key=key, body=body, audience=("members",), **values)


@pytest.fixture
def store(tmp_path):
    return VectorStore(tmp_path / "meaning")


@pytest.fixture
def embed():
    return Embedding()


def write(store, *documents, gone=()) -> None:
    store.note([Entry("rule", key) for key in gone], documents)


def told(store, model=MODEL) -> dict[str, str]:
    """The body of every document whose vectors count, by its key."""
    reading = store.read(model)
    if reading is None:
        return {}
    documents = (reading.snapshot.document(n) for n in range(len(reading.snapshot.names)))
    return {one.key: one.body for one in documents if one.entry not in reading.changed}


def test_what_was_written_counts_once_it_has_vectors(store, embed):
    write(store, doc("1"), doc("2", "bb"))

    assert told(store) == {}
    assert store.catch_up(MODEL, embed) == 2
    assert told(store) == {"1": "a", "2": "bb"}
    assert store.read(MODEL).snapshot.rows.tolist() == [[2, 1, 1], [1, 3, 1]]


def test_a_change_hides_what_was_before_it_at_once(store, embed):
    write(store, doc("1"), doc("2"))
    store.catch_up(MODEL, embed)
    write(store, doc("1", "c"), gone=["2"])

    assert told(store) == {}
    store.catch_up(MODEL, embed)
    assert told(store) == {"1": "c"}


def test_the_last_of_several_changes_counts(store, embed):
    for body in ("a", "b", "c"):
        write(store, doc("1", body))
    write(store, doc("2"))
    write(store, gone=["2"])
    store.catch_up(MODEL, embed)

    assert told(store) == {"1": "c"}


def test_texts_that_have_vectors_are_not_computed_again(store, embed):
    write(store, doc("1"), doc("2", "b"))
    store.catch_up(MODEL, embed)
    write(store, doc("1", url="/elsewhere/"), doc("3", "b"))

    assert store.catch_up(MODEL, embed) == 0
    assert embed.asked == ["a", "b"]
    assert set(told(store)) == {"1", "2", "3"}


def test_a_new_index_replaces_everything_and_keeps_what_is_known(store, embed):
    write(store, doc("1"), doc("2", "b"))
    store.catch_up(MODEL, embed)

    passed = list(store.noting([doc("2", "b"), doc("3", "c")]))

    assert [one.key for one in passed] == ["2", "3"]
    assert told(store) == {}
    assert store.catch_up(MODEL, embed) == 1
    assert told(store) == {"2": "b", "3": "c"}


def test_a_large_index_is_taken_in_step_by_step(store, embed, monkeypatch):
    monkeypatch.setattr(stores, "STEP", 4)
    documents = [doc(str(n), "b" * n) for n in range(10)]

    assert len(list(store.noting(documents))) == 10
    assert sorted(path.name for path in store.root.glob("waiting-*")) == [
        "waiting-00000001",
        "waiting-00000002",
        "waiting-00000003",
    ]
    assert store.catch_up(MODEL, embed) == 10
    assert told(store) == {one.key: one.body for one in documents}


def test_an_interrupted_computation_goes_on_where_it_was(store, embed, monkeypatch):
    monkeypatch.setattr(stores, "STEP", 4)
    list(store.noting([doc(str(n), "b" * n) for n in range(10)]))

    def failing(texts):
        if len(embed.asked) >= 8:
            raise RuntimeError("interrupted")
        return embed(texts)

    with pytest.raises(RuntimeError, match="interrupted"):
        store.catch_up(MODEL, failing)

    assert len(embed.asked) == 8
    assert store.catch_up(MODEL, embed) == 2
    assert len(told(store)) == 10


def test_an_index_that_was_not_finished_is_not_noted(store, embed):
    write(store, doc("1"))
    store.catch_up(MODEL, embed)

    def broken():
        yield doc("2")
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        list(store.noting(broken()))

    assert told(store) == {"1": "a"}
    assert store.catch_up(MODEL, embed) == 0
    assert list(store.root.glob("draft-*")) == []


def test_an_empty_index_holds_nothing(store, embed):
    write(store, doc("1"))
    store.catch_up(MODEL, embed)
    assert list(store.noting([])) == []
    store.catch_up(MODEL, embed)

    assert store.read(MODEL).snapshot.names == []


def test_another_model_knows_nothing_until_it_has_computed(store, embed):
    write(store, doc("1"))
    store.catch_up(MODEL, embed)

    assert told(store, "another") == {}
    write(store, doc("2"))
    assert store.catch_up("another", embed) == 2
    assert set(told(store, "another")) == {"1", "2"}
    assert told(store) == {}


def test_one_computes_and_the_others_leave_it_to_that_one(store, embed):
    write(store, doc("1"))
    with (store.root / "computing.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert store.catch_up(MODEL, embed) == 0

    assert embed.asked == []
    assert store.catch_up(MODEL, embed) == 1


def test_another_process_sees_what_this_one_computed(store, embed):
    other = VectorStore(store.root)
    write(store, doc("1"))
    store.catch_up(MODEL, embed)
    assert told(other) == {"1": "a"}
    write(store, doc("1", "c"))
    assert told(other) == {}
    store.catch_up(MODEL, embed)
    assert told(other) == {"1": "c"}


def test_what_is_replaced_goes_and_whoever_reads_it_keeps_it(store, embed):
    write(store, doc("1"))
    store.catch_up(MODEL, embed)
    reading = store.read(MODEL)
    write(store, doc("1", "c"))
    store.catch_up(MODEL, embed)

    assert [path.name for path in store.root.glob("vectors-*")] == ["vectors-00000002"]
    assert list(store.root.glob("waiting-*")) == []
    assert reading.snapshot.document(0).body == "a"
    assert reading.snapshot.rows.tolist() == [[2, 1, 1]]


def test_drafts_of_the_dead_go_after_a_day(store, embed):
    write(store, doc("1"))
    for name, age in {"draft-old": 100_000, "draft-new": 0}.items():
        (store.root / name).write_text("")
        os.utime(store.root / name, (time.time() - age,) * 2)
    store.catch_up(MODEL, embed)

    assert [path.name for path in store.root.glob("draft-*")] == ["draft-new"]


def test_forgetting_removes_everything_and_may_be_done_twice(store, embed):
    write(store, doc("1"))
    store.catch_up(MODEL, embed)
    store.forget()
    store.forget()

    assert store.read(MODEL) is None
    assert store.catch_up(MODEL, embed) == 0
    write(store, doc("2"))
    store.catch_up(MODEL, embed)
    assert told(store) == {"2": "a"}


def test_a_document_is_kept_as_it_is():
    whole = doc(
        "ü",
        'Line\nbreak \ud800 "🦊"',
        id="1",
        title="Title",
        heading="Heading",
        citation="7.VIII",
        group="film:1",
        group_label="Film",
        edition="2026",
        course="Course",
        current=False,
        seconds=1.5,
        moments=((0, 1.5), (10, 3.0)),
        page=3,
        language="cy",
        date=datetime.date(2026, 1, 31),
    )

    assert read_line(line_of(whole)) == whole
    assert read_line(line_of(doc("1"))) == doc("1")
    assert b"\n" not in line_of(whole)


@given(some.text(max_size=6000), some.text(max_size=20), some.text(max_size=20))
def test_the_parts_of_a_document_are_all_of_it(body, title, heading):
    document = doc("1", body, title=title, heading=heading)
    above = "\n".join(filter(None, (title, heading)))
    found = parts(document)

    assert found[0][0] == 0
    ends = [start for start, _text in found[1:]] + [len(body)]
    texts = [body[start:end] for (start, _), end in zip(found, ends, strict=True)]
    assert "".join(texts) == body
    assert all(len(text) <= LONGEST_PART for text in texts)
    assert [text for _start, text in found] == [f"{above}\n{text}".strip() for text in texts]


def test_parts_end_with_a_sentence_where_they_can():
    body = "One sentence of some words. " * 100

    assert all(text.endswith("words.") for _start, text in parts(doc("1", body)))
