"""A source of the tests' own, and the sample rules."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from search import actions, sources
from search.engines.base import Document
from tests.search.sample_rules import rules


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
        actions.mark_changed(self.kind, [key])
        return document

    def drop(self, key: str) -> None:
        self.held.pop(key, None)
        actions.mark_changed(self.kind, [key])


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
    actions.mark_changed("rule", shelf.keys())
    return shelf
