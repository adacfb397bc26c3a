"""From what somebody types to everything the page shows of it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search import sources
from search.actions.indexing import engine, request_indexing
from search.actions.vocabulary import vocabulary
from search.engines.base import (
    Document,
    EngineUnavailable,
    Hit,
    IndexMissing,
    Query,
    Question,
    Reach,
    Results,
)
from search.engines.marking import Wanted, best_passage, mark
from search.engines.text import stems
from search.models import BestBet, VocabularyEntry
from search.questions import parse
from search.questions.quoting import Quotation, quotation
from search.questions.spelling import respelt
from search.sources import Resolved

logger = logging.getLogger(__name__)

PLAIN_PER_KIND = 20  # entries of a kind that the database's own search reads at most


@dataclass(frozen=True)
class Answer:
    """What is shown for a question: the results, and what stands above them.

    `resolved` are its citations, `bets` what editors pinned to it, `defined` the words of it that
    the vocabulary explains, `quoted` one passage that answers it, `instead` the question as it was
    probably meant. `plain`: the engine could not be asked, the database's own search answered.
    """

    question: Question
    results: Results
    resolved: tuple[Resolved, ...] = ()
    bets: tuple[BestBet, ...] = ()
    defined: tuple[VocabularyEntry, ...] = ()
    quoted: Quotation | None = None
    instead: str = ""
    plain: bool = False


def ask(text: str, *, audience: frozenset[str], **asked: Any) -> Results:
    """Answer a question with what this audience may find. Raises `IndexMissing`.

    Any text at all is a question. The other arguments are those of `search.engines.base.Query`.
    """
    return engine().search(Query(parse(text, vocabulary()), audience, **asked))


def answer(text: str, *, audience: frozenset[str], **asked: Any) -> Answer:
    """Return all that a page shows for a question. Never raises for the words or for the engine.

    The other arguments are those of `search.engines.base.Query`.
    """
    known = vocabulary()
    query = Query(parse(text, known), audience, **asked)
    plain = False
    try:
        results = engine().search(query)
    except (IndexMissing, EngineUnavailable) as error:
        logger.warning("The database answers instead of the index: %s", error)
        if isinstance(error, IndexMissing):
            request_indexing()
        results, plain = plain_results(query), True
    resolved = resolve(query.question, audience)
    return Answer(
        question=query.question,
        results=results,
        resolved=resolved,
        bets=known.bets_for(text, audience),
        defined=known.defined_in(query.question),
        quoted=None if resolved or plain else quotation(query.question, results),
        instead=respelt(query.question, results),
        plain=plain,
    )


def resolve(question: Question, audience: frozenset[str]) -> tuple[Resolved, ...]:
    """Return what the citations of a question lead to; the first source that knows one tells."""
    if not question.references:
        return ()
    told: dict[str, Resolved] = {}
    for source in sources.registered():
        for resolved in source.resolve(question.references, audience):
            before = told.get(resolved.reference.typed)
            if before is None or (resolved.cited and not before.cited):
                told[resolved.reference.typed] = resolved
    return tuple(told.values())


def plain_results(query: Query) -> Results:
    """Answer from the database: whatever holds all the words, in the order of the sources."""
    words = [
        term.text for clause in query.question.clauses for term in clause if term.weight == 1.0
    ]
    hits: list[Hit] = []
    if words:
        marks = Wanted(stems=frozenset(stem for word in words for stem in stems(word)))
        for source in sources.registered():
            if query.kind in ("", source.kind):
                keys = list(source.keys_with(words, PLAIN_PER_KIND))
                found = _matching(sources.documents_of(source, keys), words, query.audience)
                hits += [_plain_hit(document, marks) for document in found]
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.document.kind] = counts.get(hit.document.kind, 0) + 1
    shown = tuple(hits[query.offset : query.offset + query.limit]) if query.kind else tuple(hits)
    return Results(total=len(hits), hits=shown, counts=counts, reach=Reach.WORDS)


def _matching(
    documents: Sequence[Document], words: Sequence[str], audience: frozenset[str]
) -> list[Document]:
    """Keep what this audience may find and what holds every word: an entry has many documents."""
    wanted = {stem for word in words for stem in stems(word)}
    return [
        document
        for document in documents
        if audience.intersection(document.audience)
        and wanted <= set(stems(f"{document.title} {document.heading} {document.body}"))
    ]


def _plain_hit(document: Document, marks: Wanted) -> Hit:
    return Hit(
        document=document,
        score=0.0,
        title=mark(document.title, marks),
        heading=mark(document.heading, marks),
        snippet=best_passage(document.body, marks),
        seconds=document.seconds,
    )
