"""The right to write, which one process of all machines has at a time."""

import time

import pytest
from elasticsearch import Elasticsearch

from search.engines.cluster import lease
from search.engines.cluster.engine import ClusterEngine
from search.engines.engine import WriterBusy
from tests.search.engines.contract.conftest import PATIENT, doc, found

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def client(cluster_url) -> Elasticsearch:
    return Elasticsearch(cluster_url)


@pytest.fixture
def engine(cluster_url, index_name) -> ClusterEngine:
    return ClusterEngine(f"{cluster_url}/{index_name()}?{PATIENT}")


def indices(client: Elasticsearch, engine: ClusterEngine) -> dict[str, list[str]]:
    """The indices of a name, each with its aliases, without the one of the lease."""
    held = client.indices.get(index=f"{engine.indices.name}*", features=["aliases"])
    return {name: [*said["aliases"]] for name, said in held.items() if not name.endswith("-writer")}


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
