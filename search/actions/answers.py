"""From what somebody types to everything the page shows of it."""

import logging
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.core.cache import cache

from ground.side_notes import note_if_possible
from search import sources
from search.actions.changes import request_indexing
from search.actions.database_fallback import fallback_results
from search.actions.indexing import engine
from search.actions.vocabulary import SearchVocabulary, vocabulary
from search.engines.document import aside
from search.engines.engine import EngineUnavailable, IndexMissing
from search.engines.question import Query, Question, Reach
from search.engines.results import Results
from search.engines.text import plain_words
from search.models import BestBet, VocabularyEntry
from search.questions.parsing import parse
from search.questions.quotations import Quotation, quotation
from search.questions.spelling import as_typed, respelt
from search.sources import Resolved

logger = logging.getLogger(__name__)

SLOW_MS = 300  # an engine that took longer is not asked again: a page is there within a second
ASKED_SECONDS = 30  # between two requests for an index, however many people miss it


@dataclass(frozen=True)
class SearchAnswer:
    """What is shown for a question: the results, and what stands above them.

    `resolved` are its citations, `bets` what editors pinned to it, `defined` the words of it that
    the vocabulary explains, `quoted` one passage that answers it, `instead` the question as it was
    probably meant. Where the results are those of `instead`, `as_typed` asks for nothing but the
    words that were typed. `from_database`: the engine could not be asked, the database's own search
    answered; `preparing`: because there is no index, which a worker is building.
    """

    question: Question
    results: Results
    resolved: tuple[Resolved, ...] = ()
    bets: tuple[BestBet, ...] = ()
    defined: tuple[VocabularyEntry, ...] = ()
    quoted: Quotation | None = None
    instead: str = ""
    as_typed: str = ""
    from_database: bool = False
    preparing: bool = False


def answer(
    text: str, *, audience: frozenset[str], other_editions: bool = False, **asked: Any
) -> SearchAnswer:
    """Return all that a page shows for a question. Never raises for the words or for the engine.

    What is not in force is among the results only with `other_editions`.

    The other arguments are those of `Query`.
    """
    known = vocabulary()
    findable = audience | aside(audience) if other_editions else audience
    query = Query(parse(text, known), findable, **asked)
    from_database = preparing = False
    try:
        found = _searched(query, known)
    except (IndexMissing, EngineUnavailable) as error:
        logger.warning("The database answers instead of the index: %s", error)
        preparing = isinstance(error, IndexMissing)
        if preparing:
            note_if_possible("That an index is missing", _ask_for_index)
        found, from_database = _Searched(query.question, fallback_results(query)), True
    resolved = resolve(found.question, audience)
    return SearchAnswer(
        question=found.question,
        results=found.results,
        resolved=resolved,
        bets=known.bets_for(text, audience) or known.bets_for(found.question.text, audience),
        defined=known.defined_in(found.question),
        quoted=None if resolved or from_database else quotation(found.question, found.results),
        instead=found.instead,
        as_typed=found.as_typed,
        from_database=from_database,
        preparing=preparing,
    )


def _ask_for_index() -> None:
    """Have the workers build the index, asked for once in a while by all who search."""
    if cache.add("search-index-asked-for", 1, ASKED_SECONDS):
        request_indexing()


class _Searched(NamedTuple):
    """What the engine was asked in the end, and what it found."""

    question: Question
    results: Results
    instead: str = ""
    as_typed: str = ""


def _searched(query: Query, known: SearchVocabulary) -> _Searched:
    """Ask the engine, and once more with mistyped words put right where that finds no less.

    A mistyped word counts the same wherever it is found: only the word that was meant knows what is
    about it. Raises `IndexMissing` and `EngineUnavailable`.
    """
    question, results = query.question, engine().search(query)
    if results.reach < Reach.FORGIVING or results.took_ms > SLOW_MS:
        return _Searched(question, results)
    # Every page of a list must be spelt alike.
    first = engine().search(replace(query, offset=0)) if query.offset else results
    instead = respelt(question, first)
    if not instead:
        return _Searched(question, results)
    meant = parse(instead, known)
    better = engine().search(replace(query, question=meant))
    worse = better.total < results.total or better.reach > results.reach
    if worse or not _begins_alike(instead, question.text):
        return _Searched(question, results, instead)
    return _Searched(meant, better, instead, as_typed(question, instead))


def _begins_alike(meant: str, typed: str) -> bool:
    """Say whether each word begins with the typed letter: few mistakes change it.

    A rare word that is right, such as "election", is else taken for "section".
    """
    pairs = zip(plain_words(meant), plain_words(typed), strict=False)
    return all(one[0] == other[0] for one, other in pairs)


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
