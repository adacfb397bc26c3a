"""Search reads citations as it is told to, and knows none by itself."""

import re
from typing import NamedTuple

import pytest

from search import citations
from search.engines.document import Document
from search.engines.embedded import EmbeddedEngine
from search.engines.question import Query
from search.questions.parsing import parse

READERS = frozenset({"readers"})
VERSES = [
    Document("1", "1", "psalm", "/23/", "The shepherd", citation="23", audience=("readers",)),
    Document("2", "2", "psalm", "/23/4/", "The valley", citation="23.4", audience=("readers",)),
    Document("3", "3", "psalm", "/note/", "A note", body="See psalm 23 verse 4.",
             audience=("readers",)),
    Document("4", "4", "psalm", "/42/", "The deer", citation="42", audience=("readers",)),
]  # fmt: skip


class Verse(NamedTuple):
    start: int
    end: int
    keys: tuple[str, ...]
    parts: tuple[str, ...] = ()


class PsalmGrammar(citations.NoGrammar):
    """Psalms are cited as “Ps 23:4”."""

    def mentions(self, text: str) -> list[Verse]:
        found = re.finditer(r"Ps (\d+)(?::(\d+))?", text)
        return [Verse(*each.span(), (".".join(filter(None, each.groups())),)) for each in found]

    def wordings(self, key: str) -> tuple[str, ...]:
        psalm, _, verse = key.partition(".")
        return (f"psalm {psalm} verse {verse}",)


@pytest.fixture
def told(monkeypatch):
    """Return how to let another grammar count in a test."""

    def tell(grammar: citations.Grammar) -> None:
        monkeypatch.setattr(citations, "_registered", grammar)

    return tell


def test_without_a_grammar_nothing_is_cited(told):
    told(citations.NoGrammar())
    question = parse("Chapter 7 Clause VIII.3.A")

    assert (question.citations, question.references) == ((), ())
    assert [clause[0].text for clause in question.clauses] == [
        "Chapter", "7", "Clause", "VIII", "3",
    ]  # fmt: skip


def test_the_last_grammar_registered_counts(told):
    told(citations.NoGrammar())
    psalms = PsalmGrammar()
    citations.register(psalms)

    assert citations.grammar() is psalms


def test_what_another_grammar_reads_is_found_with_its_parts_and_mentions(told, tmp_path):
    told(PsalmGrammar())
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild(VERSES)

    def keys(text: str) -> list[str]:
        return [hit.document.key for hit in engine.search(Query(parse(text), READERS)).hits]

    assert parse("Ps 23:4").cited == {"23.4": ("psalm 23 verse 4",)}
    assert keys("Ps 23:4") == ["2", "3"]
    assert keys("Ps 23") == ["1", "2", "3"]
