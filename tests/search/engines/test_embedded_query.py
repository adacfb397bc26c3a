"""What is asked of a large index."""

from dataclasses import replace

import pytest

from search.engines import embedded_query, embedded_read
from search.engines.document import Document
from search.engines.embedded import EmbeddedEngine
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


def test_in_a_large_index_the_common_words_of_a_sentence_only_add(engine, monkeypatch):
    """As with a hundred thousand documents: what takes too long to count is not counted."""
    sentence = "remove comment times rule harassment threats quorum"
    about = replace(DOCUMENTS[0], id="x", key="x", title="", body="Harassment, threats, quorum.")
    both = replace(about, id="y", key="y", body="Harassment, threats, quorum: remove a comment.")
    engine.write([], [about, both])

    monkeypatch.setattr(embedded_read, "MANY_DOCUMENTS", 1)
    monkeypatch.setattr(embedded_query, "COUNTED", 10)
    monkeypatch.setattr(embedded_query, "WALKED", 1)
    results = engine.search(Query(parse(sentence), MEMBERS))
    assert {hit.document.key for hit in results.hits} == {"x", "y"}

    monkeypatch.setattr(embedded_query, "COUNTED", 10_000)
    results = engine.search(Query(parse(sentence), MEMBERS))
    assert results.total == 42
    assert {hit.document.key for hit in results.hits[:2]} == {"x", "y"}
