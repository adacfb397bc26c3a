"""Two rankings made one: by the words, and by what is meant."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from search.engines import grouping
from search.engines.base import Document, Engine, Hit, Query, Results
from search.engines.grouping import Found, day_number
from search.engines.highlighting import Marked, passage
from search.engines.meaning.near import Nearness
from search.engines.meaning.snapshot import Name

DENSE = 0.3  # the share of the meaning in a score; the words have the rest
BEST = 100  # hits of the words, and as many of the meaning, that are ranked together
LEAST = 0.45  # how near a document must be that does not hold the words, from -1 to 1

Thing = TypeVar("Thing")


def fused(
    words: Mapping[Thing, float], meaning: Mapping[Thing, float], dense: float = DENSE
) -> dict[Thing, float]:
    """Return a score from 0 to 1 for everything of either, the best first.

    Both are stretched to run from 0 to 1; what one of them does not know has 0 there. `dense` is
    the share of the meaning. What is equal keeps the order of the words.
    """
    one, other = _stretched(words), _stretched(meaning)
    scores = {
        thing: (1.0 - dense) * one.get(thing, 0.0) + dense * other.get(thing, 0.0)
        for thing in dict.fromkeys([*words, *meaning])
    }
    return dict(sorted(scores.items(), key=lambda pair: -pair[1]))


def _stretched(scores: Mapping[Thing, float]) -> dict[Thing, float]:
    least, most = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    if most <= least:
        return dict.fromkeys(scores, 1.0)
    return {thing: (score - least) / (most - least) for thing, score in scores.items()}


class Fusing:
    """A query, what the words alone found for it, and how near documents are to its question."""

    def __init__(self, inner: Engine, query: Query, words: Results, near: Nearness) -> None:
        self._inner = inner
        self._query = query
        self._words = words
        self._near = near
        self._hits = self._by_words(query)
        self._added = self._by_meaning(query, self._hits)

    def results(self) -> Results:
        query, words = self._query, self._words
        ranked = self._ranked()
        hits = [self._hit(found) for found in grouping.chosen(ranked, query)]
        counted = list(self._documents.values()) if words.total <= len(self._hits) else []
        counts = self._counts()
        if query.kind:
            counts[query.kind] = words.total + len(counted)
        return replace(
            words,
            hits=grouping.with_more(hits, self._held(ranked)),
            total=words.total + len(counted),
            counts={kind: count for kind, count in counts.items() if count},
            editions=_more(words.editions, (one.edition for one in counted)),
            courses=_more(words.courses, (one.course for one in counted)),
        )

    def _by_words(self, query: Query) -> dict[Name, Hit]:
        """Return the best hits of the words, best first, at least as many as are looked at."""
        most = max(BEST, grouping.looked_at(query))
        flat = replace(query, per_kind=0, per_group=0, offset=0, limit=most)
        best = self._inner.match(flat, self._words.reach).hits
        return {_name(hit.document): hit for hit in [*best, *self._words.hits]}

    def _by_meaning(self, query: Query, hits: Mapping[Name, Hit]) -> dict[Name, float]:
        """Return what is near and not among the hits; nothing where exact words are asked for."""
        question = query.question
        if question.excluded or any(term.exact for one in question.clauses for term in one):
            return {}
        near = self._near.best(query, BEST, LEAST)
        return {name: score for name, score in near.items() if name not in hits}

    @cached_property
    def _documents(self) -> dict[Name, Document]:
        return {name: self._near.document(name) for name in self._added}

    def _ranked(self) -> list[Found]:
        best = {name: hit.score for name, hit in list(self._hits.items())[:BEST]}
        scores = fused(best, {**self._near.of(best), **self._added})
        scale = max(best.values(), default=1.0)  # so that scores stay of the size of the words'
        order = [*scores, *(name for name in self._hits if name not in scores)]
        return [self._found(name, scores.get(name, 0.0) * scale) for name in order]

    def _found(self, name: Name, score: float) -> Found:
        hit = self._hits.get(name)
        document = hit.document if hit else self._documents[name]
        return Found(score, document.kind, document.group, day_number(document.date), name)

    def _hit(self, found: Found) -> Hit:
        known = self._hits.get(found.place)
        if known:
            return replace(known, score=found.score, more=0)
        document = self._documents[found.place]
        marks = grouping.wanted(self._query.question, self._words.reach)
        hit = grouping.hit(document, found.score, marks, frozenset())
        opening = 0 if "<mark>" in hit.snippet else self._near.opening(document)
        if not opening:
            return hit
        snippet, character = passage(document.body[opening:], marks)
        seconds = document.second_of(opening + character)
        return replace(hit, snippet=Marked(f"… {snippet}"), seconds=seconds)

    def _counts(self) -> dict[str, int]:
        """Count by kind, whichever kind is asked for."""
        counts, added = self._words.counts, self._added
        everywhere = replace(self._query, kind="")
        hits = self._by_words(everywhere) if self._query.kind else self._hits
        if sum(counts.values()) > len(hits):
            return dict(counts)
        if self._query.kind:
            added = self._by_meaning(everywhere, hits)
        return _more(counts, (kind for kind, _id in added))

    def _held(self, ranked: Iterable[Found]) -> dict[str, int]:
        """Return how many documents of each group are found in all."""
        if not grouping.fold(self._query):
            return {}
        by_words = Counter(hit.document.group for hit in self._words.hits)
        for hit in self._words.hits:
            by_words[hit.document.group] += hit.more
        by_meaning = Counter(document.group for document in self._documents.values())
        seen = Counter(str(found.group) for found in ranked)
        return {
            group: max(number, by_words[group] + by_meaning[group])
            for group, number in seen.items()
        }


def _name(document: Document) -> Name:
    return document.kind, document.id


def _more(counts: Mapping[str, int], words: Iterable[str]) -> dict[str, int]:
    """Return counts with one more for each word that says something."""
    return dict(Counter(counts) + Counter(word for word in words if word))
