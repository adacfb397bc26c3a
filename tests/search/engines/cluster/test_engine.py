"""What is the cluster engine's own: indices and their alias, the right to write, equal words."""

import threading

import pytest
from elasticsearch import Elasticsearch

from search.engines.cluster.engine import ClusterEngine
from search.engines.document import Entry
from search.engines.engine import IndexMissing
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
