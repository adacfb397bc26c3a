"""The search cluster that the tests ask, named or a node of their own, and a small index."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator

import pytest

from search.engines.embedded import EmbeddedEngine
from tests.search.engines.cluster.node import Node
from tests.search.engines.sample_index import DOCUMENTS

GIVEN = os.environ.get("MEMBERSNET_TEST_SEARCH_URL", "").rstrip("/")
ALONE = "PYTEST_XDIST_WORKER" not in os.environ  # else each of several would start a node
CAN_START = bool(shutil.which("javac") and shutil.which("mvn"))


@pytest.fixture(scope="session")
def own_node(tmp_path_factory) -> Iterator[Node]:
    """A node that tests may stop; whoever does starts it again. CI never goes without."""
    if not os.environ.get("CI") and not (CAN_START and (ALONE or GIVEN)):
        pytest.skip("no search cluster: run `make search-cluster`, see docs/search-cluster.md")
    node = Node(tmp_path_factory.mktemp("node"))
    node.start()
    yield node
    node.stop()


@pytest.fixture(scope="session")
def cluster_url(request) -> str:
    """The address of a cluster, without the name of an index."""
    return GIVEN or request.getfixturevalue("own_node").url


@pytest.fixture(scope="session")
def index_name(cluster_url) -> Iterator[Callable[[], str]]:
    """Names for indices of the tests' own, which are removed in the end."""
    from elasticsearch import Elasticsearch

    run, names = f"tests-{secrets.token_hex(4)}", []

    def name() -> str:
        names.append(f"{run}-{len(names)}")
        return names[-1]

    yield name
    client = Elasticsearch(cluster_url)
    for index in client.indices.get(index=f"{run}-*", features=["settings"]):
        client.indices.delete(index=index)


@pytest.fixture
def indexed(tmp_path) -> EmbeddedEngine:
    """An embedded engine with the sample documents in it."""
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(DOCUMENTS)
    return engine
