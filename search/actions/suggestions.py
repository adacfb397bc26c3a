"""What may be meant by what somebody has begun to type, or has typed without finding anything."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from search import sources
from search.actions.answers import resolve
from search.actions.indexing import engine
from search.actions.question_log import frequent_questions
from search.actions.vocabulary import vocabulary
from search.engines.document import Document
from search.engines.engine import EngineUnavailable, IndexMissing
from search.engines.text import plain_words
from search.questions.parsing import parse
from search.questions.pieces import SLIGHT_WORDS

SHORTEST = 2  # characters from which something is suggested
LONGEST = 100  # characters that are looked at: nobody types on for a title that long
MOST = 8
MOST_WORDS = 8
DETAIL = 90  # characters of a cited text
QUESTION = "question"  # the kind of what is no document: a question that others have asked

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that opens at once. `kind` is its source's, `label` what those are called."""

    kind: str
    label: str | Promise
    title: str
    detail: str
    url: str

    def as_json(self) -> dict[str, str]:
        """Return it as the page's script reads it."""
        return {
            "kind": self.kind,
            "label": str(self.label),
            "title": self.title,
            "detail": self.detail,
            "url": self.url,
        }


def suggestions(text: str, audience: frozenset[str], *, limit: int = MOST) -> list[Suggestion]:
    """Return what this audience may open and what was typed may become, the likeliest first.

    Citations, then headings, then other titles, then questions that are asked often; those of one
    kind stand together. Never raises for the words; without the engine there are no titles.
    """
    typed = " ".join(text[:LONGEST].split())
    if len(typed) < SHORTEST:
        return []
    found = chain(
        _cited(typed, audience), _titled(plain_words(typed), audience, limit), _asked(typed)
    )
    return _together(_each_once(found, limit))


def nearest(text: str, audience: frozenset[str], *, limit: int = 5) -> list[Suggestion]:
    """Return titles with words that begin as a word of the question does, then what others ask.

    For a question that found nothing; the longest words first, which say most. Never raises.
    """
    terms = [term for clause in parse(text[:LONGEST]).clauses for term in clause]
    words = {word for term in terms for word in plain_words(term.text) if word not in SLIGHT_WORDS}
    longest = sorted((word for word in words if len(word) > 3), key=lambda w: (-len(w), w))[:3]
    beginnings = [word[: max(3, len(word) // 2)] for word in longest]
    titled = (_titled((beginning,), audience, limit) for beginning in beginnings)
    asked = (_asked(beginning) for beginning in beginnings)
    return _each_once(chain(chain.from_iterable(titled), chain.from_iterable(asked)), limit)


def _cited(typed: str, audience: frozenset[str]) -> Iterator[Suggestion]:
    for resolved in resolve(parse(typed, vocabulary()), audience):
        for document in resolved.cited or resolved.meanings:
            body = Truncator(" ".join(document.body[: 2 * DETAIL].split())).chars(DETAIL)
            yield _suggestion(document, " · ".join(filter(None, [document.citation, body])))


def _titled(words: tuple[str, ...], audience: frozenset[str], limit: int) -> Iterator[Suggestion]:
    if not words or len(words) > MOST_WORDS:
        return
    try:
        documents = engine().suggest(words, audience, limit)
    except (IndexMissing, EngineUnavailable) as error:
        logger.warning("No titles are suggested: %s", error)
        return
    for document in documents:
        place = [document.citation, document.heading]
        yield _suggestion(document, " · ".join(filter(None, place)))


def _asked(typed: str) -> Iterator[Suggestion]:
    for question in frequent_questions(typed):
        address = f"{reverse('search:results')}?{urlencode({'q': question})}"
        yield Suggestion(QUESTION, _("Often asked"), question, "", address)


def _suggestion(document: Document, detail: str) -> Suggestion:
    source = sources.of_kind(document.kind)
    return Suggestion(
        kind=document.kind,
        label=source.label if source else document.kind,
        title=document.title,
        detail=detail,
        url=document.opening_at(document.seconds),
    )


def _each_once(found: Iterable[Suggestion], limit: int) -> list[Suggestion]:
    """Return the first so many addresses, each as it came first; no more is asked for than that."""
    kept: dict[str, Suggestion] = {}
    for each in found:
        kept.setdefault(each.url, each)
        if len(kept) == limit:
            break
    return list(kept.values())


def _together(found: list[Suggestion]) -> list[Suggestion]:
    """Return them with those of one kind side by side, the kind that came first still first."""
    kinds = list(dict.fromkeys(each.kind for each in found))
    return sorted(found, key=lambda each: kinds.index(each.kind))
