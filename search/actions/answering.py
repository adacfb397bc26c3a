"""From what somebody types to everything the page shows of it."""

import logging
from dataclasses import dataclass
from typing import Any

from search import sources
from search.actions.indexing import engine, request_indexing
from search.actions.plainly import plain_results
from search.actions.vocabulary import vocabulary
from search.engines.base import EngineUnavailable, IndexMissing, Query, Question, Results
from search.models import BestBet, VocabularyEntry
from search.questions import parse
from search.questions.quoting import Quotation, quotation
from search.questions.spelling import respelt
from search.sources import Resolved

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What is shown for a question: the results, and what stands above them.

    `resolved` are its citations, `bets` what editors pinned to it, `defined` the words of it that
    the vocabulary explains, `quoted` one passage that answers it, `instead` the question as it was
    probably meant. `plain`: the engine could not be asked, the database's own search answered;
    `preparing`: because there is no index, which a worker is building.
    """

    question: Question
    results: Results
    resolved: tuple[Resolved, ...] = ()
    bets: tuple[BestBet, ...] = ()
    defined: tuple[VocabularyEntry, ...] = ()
    quoted: Quotation | None = None
    instead: str = ""
    plain: bool = False
    preparing: bool = False


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
    plain = preparing = False
    try:
        results = engine().search(query)
    except (IndexMissing, EngineUnavailable) as error:
        logger.warning("The database answers instead of the index: %s", error)
        preparing = isinstance(error, IndexMissing)
        if preparing:
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
        preparing=preparing,
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
