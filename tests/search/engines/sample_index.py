"""A small index on the disk, and what tests ask of it."""

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


def total(engine: EmbeddedEngine) -> int:
    return engine.search(Query(parse('comment "remove a comment"'), MEMBERS)).total


def again(engine: EmbeddedEngine) -> EmbeddedEngine:
    """The same index as another process finds it."""
    return EmbeddedEngine(engine.directory.root)


def files(engine: EmbeddedEngine) -> list:
    return sorted(p for p in engine.directory.current().iterdir() if p.suffix != ".lock")
