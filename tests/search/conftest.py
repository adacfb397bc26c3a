"""A source of the tests' own, and the sample rules."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from search import sources
from search.actions import answers, changes, indexing
from search.actions.deduplication import asked_today
from search.engines.document import Document
from search.engines.question import Reference
from search.engines.text import plain_words
from tests.factories.party import MemberFactory
from tests.search.sample_rules import rules


@pytest.fixture(autouse=True)
def nobody_has_asked():
    """What this process remembers of who asked is not from the test before."""
    asked_today.forget()


@pytest.fixture(autouse=True)
def the_machine_is_not_too_busy(monkeypatch):
    """What is told of mistyped words must not hang on how busy the tests' machine is just then."""
    monkeypatch.setattr(answers, "SLOW_MS", 60_000)


class Shelf(sources.Source):
    """A source over a dictionary: what is on it can be found."""

    def __init__(self, kind: str, label: str, label_one: str = "", order: int = 100) -> None:
        self.kind, self.label, self.label_one, self.order = kind, label, label_one, order
        self.held: dict[str, list[Document]] = {}
        self.broken: set[str] = set()
        self.asked: list[list[str]] = []

    def keys(self) -> Iterable[str]:
        return list(self.held)

    def documents(self, keys: Sequence[str]) -> Iterable[Document]:
        self.asked.append(list(keys))
        for key in keys:
            if key in self.broken:
                raise LookupError(f"{key} is broken")
            yield from self.held.get(key, [])

    def put(self, key: str, body: str = "", **values) -> Document:
        """Put one document on the shelf and note the change."""
        plain = {"title": f"Title {key}", "heading": "Part one", "audience": ("members",)}
        values = {"id": f"{key}#1", "url": f"/{self.kind}/{key}/", **plain, **values}
        document = Document(key=key, kind=self.kind, body=body, **values)
        self.held[key] = [document]
        changes.mark_changed(self.kind, [key])
        return document

    def drop(self, key: str) -> None:
        self.held.pop(key, None)
        changes.mark_changed(self.kind, [key])

    def keys_with(self, words: Sequence[str], limit: int) -> Iterable[str]:
        wanted = {word for typed in words for word in plain_words(typed)}
        return [
            key
            for key, documents in self.held.items()
            if any(wanted <= set(plain_words(f"{d.title} {d.body}")) for d in documents)
        ][:limit]

    def resolve(self, references: Sequence[Reference], audience: frozenset[str]) -> list:
        every = [document for documents in self.held.values() for document in documents]
        cited = [d for d in every if d.citation and audience.intersection(d.audience)]
        return [_resolved(reference, cited) for reference in references] if cited else []


def _resolved(reference: Reference, held: list[Document]) -> sources.Resolved:
    """Return what a citation leads to on a shelf, simply: itself, its meanings, or its clause."""
    named = tuple(document for document in held if document.citation in reference.keys)
    if named:
        return sources.Resolved(reference, cited=named)
    meant = tuple(d for d in held if reference.part and d.citation.endswith(f".{reference.part}"))
    clauses = {key.rpartition(".")[0] for key in reference.keys}
    near = tuple(d for d in held if d.citation.rpartition(".")[0] in clauses)
    return sources.Resolved(reference, meanings=meant, neighbours=() if meant else near)


@pytest.fixture
def no_sources(monkeypatch):
    """Only what the test registers is offered, not what the apps above offer."""
    monkeypatch.setattr(sources, "_registered", {})


@pytest.fixture
def facts(no_sources) -> Shelf:
    shelf = Shelf("fact", "Facts", "Fact", order=20)
    sources.register(shelf)
    return shelf


@pytest.fixture
def films(facts) -> Shelf:
    shelf = Shelf("film", "Said in films", "Film", order=30)
    sources.register(shelf)
    return shelf


@pytest.fixture
def rule_book(facts) -> Shelf:
    """The sample rules, noted as changed and not yet indexed."""
    shelf = Shelf("rule", "Rules", "Rule", order=10)
    sources.register(shelf)
    for document in rules():
        shelf.held[document.key] = [replace(document)]
    changes.mark_changed("rule", shelf.keys())
    return shelf


@pytest.fixture
def member(client):
    member = MemberFactory()
    client.force_login(member)
    return member


@pytest.fixture
def library(rule_book, films, facts):
    """Rules, five facts, one for editors, and a film that speaks of comments in many places."""
    for n in range(7):
        films.put(
            f"film-{n}",
            f"Before you remove a comment, breathe. This is said {n} times.",
            title="Before you remove a comment",
            heading="Moderating › Lesson two",
            group="film",
            group_label="Before you remove a comment",
            course="Moderating groups",
            seconds=61.0 + n * 30,
            url="/courses/lesson/?t={t}#film",
        )
    for n in range(5):
        facts.put(f"fact-{n}", "Comments were removed.", title=f"Fact {n} on comments")
    facts.put("draft", "A comment that editors write.", title="Draft", audience=("editors",))
    indexing.index_changes()
