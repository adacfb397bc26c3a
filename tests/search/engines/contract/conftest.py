"""Every engine passes every test of this folder: add a new one to `ENGINES`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engines.base import Document, Engine, Query, Results
from search.engines.embedded import EmbeddedEngine
from search.questions import parse

ENGINES: dict[str, Callable[[Path], Engine]] = {"embedded": EmbeddedEngine}

MEMBERS = frozenset({"anyone", "members"})


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, tmp_path_factory) -> Iterator[Engine]:
    """An engine with an index of its own, empty; shared by the tests of a file."""
    engine = ENGINES[request.param](tmp_path_factory.mktemp("index"))
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
