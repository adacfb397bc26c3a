"""An index is read only by the schema it was written with."""

import json

import pytest

from search.engines.document import Document
from search.engines.embedded import EmbeddedEngine
from search.engines.engine import IndexMissing
from search.engines.question import Query
from search.questions.parsing import parse

MEMBERS = frozenset({"members"})

DOCUMENTS = [
    Document(
        id=str(n),
        key=str(n),
        kind="rule",
        url=f"/{n}/",
        title=f"Rule {n}",
        body=f"Remove a comment {n} times.",
        audience=("members",),
    )
    for n in range(40)
]


@pytest.fixture
def engine(tmp_path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(DOCUMENTS)
    return engine


def total(engine: EmbeddedEngine) -> int:
    return engine.search(Query(parse('comment "remove a comment"'), MEMBERS)).total


def again(engine: EmbeddedEngine) -> EmbeddedEngine:
    """The same index as another process finds it."""
    return EmbeddedEngine(engine.directory.root)


def files(engine: EmbeddedEngine) -> list:
    return sorted(p for p in engine.directory.current().iterdir() if p.suffix != ".lock")


def test_an_index_of_another_schema_is_not_read_and_a_rebuild_removes_it(engine):
    note = engine.directory.root / "current.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "schema": "0"}))

    with pytest.raises(IndexMissing, match="another schema"):
        total(again(engine))
    engine.rebuild(DOCUMENTS)
    assert len(list(engine.directory.root.glob("index-*"))) == 1
