"""Which index of a cluster counts, and what becomes of the others."""

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from search.engines.cluster.engine import ClusterEngine
from search.engines.engine import EngineUnavailable, IndexMissing
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
