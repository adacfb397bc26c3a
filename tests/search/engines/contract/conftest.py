"""Every engine passes every test of this folder: add a new one to `ENGINES`."""

import pytest

from search.engines.cluster.engine import ClusterEngine
from search.engines.document import Document
from search.engines.embedded import EmbeddedEngine
from search.engines.engine import Engine
from search.engines.question import Query
from search.engines.results import Results
from search.questions.parsing import parse

PATIENT = "seconds=20"  # what is tested here is what is answered, on however busy a machine


def embedded(request) -> Engine:
    return EmbeddedEngine(request.getfixturevalue("tmp_path_factory").mktemp("index"))


def cluster(request) -> Engine:
    url, name = (request.getfixturevalue(asked) for asked in ("cluster_url", "index_name"))
    return ClusterEngine(f"{url}/{name()}?{PATIENT}")


ENGINES = [embedded, pytest.param(cluster, marks=pytest.mark.cluster)]

MEMBERS = frozenset({"anyone", "members"})


@pytest.fixture(scope="module", params=ENGINES)
def engine(request) -> Engine:
    """An engine with an index of its own, empty; shared by the tests of a file."""
    engine = request.param(request)
    engine.rebuild([])
    return engine


def doc(key: str, body: str = "", **values) -> Document:
    """A document of kind "rule" that members may see; only its body says what may be asked."""
    plain = {"title": f"Title {key}", "heading": "Part one › Section two"}
    values = {"kind": "rule", "audience": ("members",), **plain, **values}
    return Document(
        **{"id": f"{key}#1", "key": key, "url": f"/{key}/", "body": body, **values},
    )


def ask(engine: Engine, question: str, audience=MEMBERS, **values) -> Results:
    return engine.search(Query(parse(question), audience, **values))


def found(engine: Engine, question: str, **values) -> list[str]:
    """The keys found, best first."""
    return [hit.document.key for hit in ask(engine, question, **values).hits]
