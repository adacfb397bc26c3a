"""Which index of a folder counts, while others are made and removed beside it."""

import shutil

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


@pytest.mark.parametrize("note", ["", "{", "[]", '{"schema": 1}', "\x00" * 50])
def test_a_spoilt_note_counts_as_no_index(engine, note):
    (engine.directory.root / "current.json").write_text(note)

    with pytest.raises(IndexMissing):
        total(again(engine))
    assert again(engine).rebuild(DOCUMENTS) == 40
    assert total(again(engine)) == 40


def test_a_directory_removed_under_a_reader_is_noticed(engine):
    assert total(engine) == 40
    shutil.rmtree(engine.directory.root)

    with pytest.raises(IndexMissing):
        total(engine)


def test_a_reader_keeps_its_files_while_the_index_is_built_anew(engine):
    held = engine.documents()
    first = next(held)
    again(engine).rebuild(DOCUMENTS[:3])

    assert len([first, *held]) == 40
    assert engine.count() == 3
