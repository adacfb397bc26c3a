"""A cluster that is down, slow or full: pages answer, saves go through, nothing is lost."""

import time
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from elasticsearch import Elasticsearch

from ground.jobs.task_jobs import Again
from search.actions import indexing
from search.engines.cluster.engine import ClusterEngine
from search.engines.engine import EngineUnavailable
from search.models import ChangedEntry
from search.tasks import index_changes
from tests.factories.library import make_card
from tests.factories.party import MemberFactory
from tests.search.engines.cluster.node import Node

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.nightly,
]

OLD, NEW = "The old quorum was eight", "The new quorum is twelve"
NOTICE = "Search is not working at the moment."


@pytest.fixture
def node(own_node) -> Iterator[Node]:
    """A node that answers again after the test, whatever the test does to it."""
    yield own_node
    own_node.thaw()
    if not own_node.is_running:
        own_node.start()


@pytest.fixture
def engine(node, settings) -> ClusterEngine:
    """The site's own engine, on an index that holds one fact card."""
    name = f"outage-{time.monotonic_ns()}"
    settings.SEARCH_ENGINE, settings.SEARCH_URL = "cluster", f"{node.url}/{name}"
    card("old")
    indexing.index_changes()
    engine = indexing.engine()
    assert isinstance(engine, ClusterEngine)
    return engine


@pytest.fixture
def ask(client):
    """Ask as a member asks in the browser, and wait for a cluster no longer than was agreed."""
    client.force_login(MemberFactory())

    def page(question: str) -> tuple[list[str], bool]:
        started = time.monotonic()
        response = client.get("/search/", {"q": question})
        took = time.monotonic() - started
        assert response.status_code == 200
        assert took < 10, f"the page waited {took:.1f} s, for the cluster; a second is usual"
        main = BeautifulSoup(response.content, "html.parser").main
        titles = [link.get_text() for link in main.select(".search-hit h3 a")]
        return titles, NOTICE in main.get_text()

    client.get("/search/", {"q": "warm"})
    return page


def until_answered(ask, question: str) -> list[str]:
    """Ask until the cluster answers: a node that has just started takes its time at first."""
    until = time.monotonic() + 30
    titles, noticed = ask(question)
    while noticed and time.monotonic() < until:
        time.sleep(0.5)
        titles, noticed = ask(question)
    assert not noticed
    return titles


def card(which: str) -> None:
    """Save a fact card, as an editor does."""
    make_card(which, title={"old": OLD, "new": NEW}[which])


def waiting() -> int:
    return ChangedEntry.objects.count()


def test_a_node_stopped_in_mid_life(node, engine, ask):
    assert until_answered(ask, "quorum") == [OLD]
    node.stop()

    assert ask("quorum") == ([OLD], True)
    card("new")
    assert waiting() == 1
    assert index_changes.call() == Again(indexing.UNAVAILABLE_SECONDS)  # as a worker runs it
    titles, noticed = ask("new quorum")
    assert (titles, noticed, waiting()) == ([NEW], True, 1)

    node.start()
    assert (indexing.index_changes().indexed, waiting()) == (1, 0)
    assert set(until_answered(ask, "quorum")) == {OLD, NEW}


def test_a_node_that_does_not_answer(node, engine, ask, monkeypatch):
    until_answered(ask, "quorum")
    node.freeze()

    assert ask("quorum") == ([OLD], True)
    with monkeypatch.context() as nobody_waits_a_second_time:
        nobody_waits_a_second_time.setattr(engine.connection, "_in_time", pytest.fail)
        with pytest.raises(EngineUnavailable, match="did not answer in time"):
            engine.count()
    card("new")
    assert waiting() == 1

    node.thaw()
    assert (indexing.index_changes().indexed, waiting()) == (1, 0)
    assert until_answered(ask, "twelve") == [NEW]


def test_a_full_disk(node, engine, ask):
    client = Elasticsearch(node.url)
    [index] = client.indices.get(index=engine.indices.name)
    client.indices.put_settings(index=index, settings={"blocks.read_only_allow_delete": True})

    card("new")
    with pytest.raises(EngineUnavailable, match="full or overloaded"):
        indexing.index_changes()
    assert waiting() == 1
    assert until_answered(ask, "quorum") == [OLD]  # it can still be asked

    client.indices.put_settings(index=index, settings={"blocks.read_only_allow_delete": None})
    assert (indexing.index_changes().indexed, waiting()) == (1, 0)
    assert until_answered(ask, "twelve") == [NEW]
