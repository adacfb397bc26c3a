"""What is the cluster engine's own: indices and their alias, the right to write, equal words."""

import threading
import time

import pytest
from elasticsearch import BadRequestError, Elasticsearch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.engines.cluster import documents, lease
from search.engines.cluster.engine import ClusterEngine
from search.engines.document import Entry
from search.engines.engine import EngineUnavailable, IndexMissing, WriterBusy
from search.engines.text import clean, plain_words, stems
from tests.search.engines.contract.conftest import PATIENT, ask, doc, found

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def client(cluster_url) -> Elasticsearch:
    return Elasticsearch(cluster_url)


@pytest.fixture
def engine(cluster_url, index_name) -> ClusterEngine:
    return ClusterEngine(f"{cluster_url}/{index_name()}?{PATIENT}")


def again(engine: ClusterEngine) -> ClusterEngine:
    """The same index as another process finds it."""
    address = engine.connection.address
    return ClusterEngine(f"{address.hosts[0]}/{address.name}?{PATIENT}")


def indices(client: Elasticsearch, engine: ClusterEngine) -> dict[str, list[str]]:
    """The indices of a name, each with its aliases, without the one of the lease."""
    held = client.indices.get(index=f"{engine.indices.name}*", features=["aliases"])
    return {name: [*said["aliases"]] for name, said in held.items() if not name.endswith("-writer")}


def test_without_an_index_every_question_says_so(engine):
    for attempt in (
        lambda: ask(engine, "tuba"),
        lambda: engine.suggest(("tuba",), frozenset({"members"}), 5),
        engine.count,
        lambda: list(engine.documents()),
        lambda: engine.write([], []),
    ):
        with pytest.raises(IndexMissing, match="No index has been built"):
            attempt()
    assert engine.healthy() is False


def test_an_index_of_another_schema_is_not_read_and_a_rebuild_replaces_it(engine, client):
    engine.rebuild([doc("a", "tuba")])
    [old] = indices(client, engine)
    client.indices.put_mapping(index=old, meta={"schema": "0"})

    for attempt in (lambda: ask(again(engine), "tuba"), lambda: again(engine).write([], [])):
        with pytest.raises(IndexMissing, match="another schema"):
            attempt()
    again(engine).rebuild([doc("b", "tuba")])
    assert found(again(engine), "tuba") == ["b"]
    [new] = indices(client, engine)
    assert new != old


def test_only_the_fields_that_are_declared_are_taken(engine, client):
    engine.rebuild([])

    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=engine.indices.name, document={"other": "tuba"})


def test_a_rebuild_leaves_one_index_and_sweeps_what_was_half_built(engine, client):
    name = engine.indices.name
    engine.rebuild([doc("a", "tuba")])
    client.indices.create(index=f"{name}-20260101t000000-0123abcd")
    client.indices.create(index=f"{name}-of-somebody-else")
    engine.rebuild([doc("b", "tuba")])

    held = indices(client, engine)
    assert held.pop(f"{name}-of-somebody-else") == []
    assert [*held.values()] == [[name]]
    assert found(engine, "tuba") == ["b"]


def test_an_index_that_has_the_name_of_the_alias_is_not_touched(engine, client):
    client.indices.create(index=engine.indices.name)

    for attempt in (engine.count, lambda: engine.rebuild([doc("a", "tuba")])):
        with pytest.raises(EngineUnavailable, match="An index has the name tests-"):
            attempt()
    assert [*indices(client, engine)] == [engine.indices.name]


def test_while_an_index_is_built_anew_every_question_is_answered(engine):
    held = [doc(f"k{n}", f"tuba {n}", group=f"g{n % 9}") for n in range(300)]
    engine.rebuild(held)
    totals, stop = [], threading.Event()

    def keep_asking() -> None:
        while not stop.is_set():
            for values in ({}, {"per_kind": 4, "per_group": 2}):
                totals.append(ask(engine, "tuba", **values).total)

    asking = threading.Thread(target=keep_asking)
    asking.start()
    for _round in range(3):
        engine.rebuild(held)
    stop.set()
    asking.join()
    assert set(totals) == {300}
    assert len(totals) > 20


def test_an_entry_of_many_documents_is_replaced_whole(engine):
    engine.rebuild(doc("film", "tuba", id=f"film#{n}") for n in range(1200))
    engine.write([Entry("rule", "film")], [doc("film", "oboe", id="film#7")])

    assert (engine.count(), found(engine, "tuba"), found(engine, "oboe")) == (1, [], ["film"])


def test_a_document_that_the_cluster_does_not_take_is_named_a_bad_one(engine):
    engine.rebuild([])

    with pytest.raises(ValueError, match="takes no such document"):
        engine.write([], [doc("a", "tuba", kind="k" * 40_000)])
    engine.write([], [doc("b", "tuba")])
    assert found(engine, "tuba") == ["b"]


# --- the right to write ----------------------------------------------------------------------
def held_since(client: Elasticsearch, engine: ClusterEngine, seconds: float) -> None:
    """Let somebody have taken the right to write and died so many seconds ago."""
    right = {"holder": "somebody", "fresh": time.time() - seconds}
    client.index(index=f"{engine.indices.name}-writer", id="writer", document=right)


def said_fresh(client: Elasticsearch, engine: ClusterEngine) -> float:
    right = client.get(index=f"{engine.indices.name}-writer", id="writer")
    return float(right["_source"]["fresh"])


def test_who_died_keeps_others_from_writing_for_a_minute_only(engine, client):
    engine.rebuild([])
    held_since(client, engine, lease.LEASE_SECONDS - 10)
    with pytest.raises(WriterBusy):
        engine.write([], [doc("a", "tuba")])

    held_since(client, engine, lease.LEASE_SECONDS + 1)
    engine.write([], [doc("a", "tuba")])
    assert found(engine, "tuba") == ["a"]


def test_who_lost_the_right_to_another_writes_nothing(engine, client, monkeypatch):
    engine.rebuild([doc("a", "tuba")])
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.6)
    with engine.writing() as writer:
        held_since(client, engine, 0)
        time.sleep(0.1)
        with pytest.raises(WriterBusy):
            writer.replace([], [doc("b", "tuba")])
    held_since(client, engine, 1000)

    def slowly():
        held_since(client, engine, 0)
        time.sleep(0.1)
        yield doc("c", "tuba")

    with pytest.raises(WriterBusy):
        engine.rebuild(slowly())
    assert found(engine, "tuba") == ["a"]
    assert len(indices(client, engine)) == 1


def test_the_right_is_kept_fresh_while_it_is_held(engine, client, monkeypatch):
    engine.rebuild([])
    monkeypatch.setattr(lease, "LEASE_SECONDS", 3.0)
    with engine.writing() as writer:
        first = said_fresh(client, engine)
        for _time in range(600):  # usually half a second; a minute is too long
            if said_fresh(client, engine) > first:
                break
            time.sleep(0.1)
        assert said_fresh(client, engine) > first, "the right was not freshened"
        with pytest.raises(WriterBusy):
            engine.write([], [])
        writer.replace([], [doc("a", "tuba")])

    assert found(engine, "tuba") == ["a"]


# --- equal words -----------------------------------------------------------------------------
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec="utf-8"), max_size=120))
@example(text="Members’ e-mail: Zürich, Ⅷ.3.A, İstanbul, ٣ เพื่อน 你好 🚩 re\u00adsign a\u2028b\x1fc")
@example(text="x" * 70_000)
def test_the_cluster_splits_texts_into_the_words_of_the_embedded_engine(prepared, client, text):
    for field, sent, words in (
        ("whole", documents.stemmed(clean(text)), stems(text)),
        ("exact", documents.plain(clean(text)), plain_words(text)),
    ):
        tokens = client.indices.analyze(index=prepared, field=field, text=sent)["tokens"]
        assert [token["token"] for token in tokens] == documents.cut(words)


@pytest.fixture(scope="module")
def prepared(cluster_url, index_name) -> str:
    engine = ClusterEngine(f"{cluster_url}/{index_name()}")
    engine.rebuild([])
    return engine.indices.name
