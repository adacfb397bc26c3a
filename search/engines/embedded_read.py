"""Asking the embedded index: what is found, how much of it, and the documents themselves."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import tantivy

from search.engines import grouping
from search.engines.document import Document
from search.engines.embedded_query import MANY_DOCUMENTS, Frequency, QueryBuilder
from search.engines.embedded_schema import SCALE, number_of, stored
from search.engines.grouping import Candidate
from search.engines.question import Query, Reach, Sort
from search.engines.results import Results

MOST_WORDS = 500  # kinds, editions or courses that are counted
BEST = 200  # hits that one search hands in, of which a page of all kinds is made
TITLES = 60  # titles looked at in one step, to suggest different ones
STEPS = 5  # such steps at most

Counts = dict[str, dict[str, int]]  # by field, by word
Shown = list[tuple[Candidate, Document]]


class IndexReader:
    """One question, asked of the index as it stands at this moment."""

    def __init__(
        self, searcher: tantivy.Searcher, queries: QueryBuilder, query: Query, reach: Reach
    ) -> None:
        self._searcher = searcher
        self._queries = queries
        self._query = query
        self._reach = reach

    def results(self) -> Results:
        """Return what this reach finds, with everything counted."""
        query = self._query
        most = grouping.candidates_needed(query)
        handed_in = max(BEST, most) if query.per_kind else most
        best = self._ranked(query, handed_in)
        if not best and handed_in and not (query.offset or _narrows(query)):
            return Results(reach=self._reach)
        shown = self._read(grouping.chosen(best, query))
        counted = self._counted(self._groups_of(shown))
        if query.per_kind and len(best) == handed_in:
            short = list(self._short(best, [found for found, _document in shown], counted["kind"]))
            if short:
                shown = self._read(self._with_all_of(best, short))
                counted["group"] = self._counted(self._groups_of(shown))["group"]
        kinds = counted["kind"]
        return Results(
            total=kinds.get(query.kind, 0) if query.kind else sum(kinds.values()),
            hits=grouping.hits_of(
                [(document, found.score) for found, document in shown],
                query.question,
                self._reach,
                counted["group"],
            ),
            counts=kinds,
            editions=counted["edition"],
            courses=counted["course"],
            reach=self._reach,
        )

    def _read(self, chosen: Iterable[Candidate]) -> Shown:
        return [(found, stored(self._searcher, found.place)) for found in chosen]

    def _groups_of(self, shown: Shown) -> set[str]:
        """Return the groups whose documents have to be counted."""
        if not grouping.group_limit(self._query):
            return set()
        return {document.group for _found, document in shown if document.group}

    def _counted(self, groups: Collection[str]) -> Counts:
        """Count by kind, edition and course, whichever of each is asked for; and these groups."""
        alike: dict[Query, list[str]] = {}
        for name in ("kind", "edition", "course"):
            alike.setdefault(_without(self._query, name), []).append(name)
        if groups:
            alike.setdefault(self._query, []).append("group")
        counted: Counts = {"group": {}}
        for query, names in alike.items():
            asked: dict[str, Any] = {name: {"field": name, "size": MOST_WORDS} for name in names}
            if "group" in asked:
                asked["group"]["include"] = sorted(groups)
            terms = {name: {"terms": values} for name, values in asked.items()}
            found = self._searcher.aggregate(self._built(query, ranked=False), terms)
            for name in names:
                buckets = found[name]["buckets"]
                counted[name] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return counted

    def _short(
        self, best: Iterable[Candidate], shown: Iterable[Candidate], kinds: dict[str, int]
    ) -> Iterator[str]:
        """Yield the kinds of which the best hits hold too few, though there are more."""
        seen = Counter(found.kind for found in best)
        full = Counter(found.kind for found in shown)
        wanted = self._query.per_kind
        most = grouping.candidates_needed(self._query)
        for kind, count in kinds.items():
            number = number_of(kind)
            few = full[number] < wanted and seen[number] < min(count, most)
            if few and self._query.kind in ("", kind):
                yield kind

    def _with_all_of(self, best: list[Candidate], kinds: Iterable[str]) -> list[Candidate]:
        query = self._query
        for kind in kinds:
            best = [found for found in best if found.kind != number_of(kind)]
            best += self._ranked(replace(query, kind=kind), grouping.candidates_needed(query))
        return grouping.chosen(grouping.best_first(best, query.sort), query)

    def _ranked(self, query: Query, most: int) -> list[Candidate]:
        if most < 1:
            return []
        if query.sort is Sort.DATE:
            return self._latest(query, most)
        return self._best(self._built(query), most)

    def _best(self, built: tantivy.Query, most: int) -> list[Candidate]:
        found = self._searcher.search(built, limit=most, count=False, weight_by_field="weight")
        places = [place for _score, place in found.hits]
        numbers = (
            self._searcher.fast_field_values(name, places)
            for name in ("kind_number", "group_number", "day")
        )
        return [
            Candidate(score / SCALE, kind or 0, group or 0, int(day or 0), place)
            for (score, place), kind, group, day in zip(found.hits, *numbers, strict=True)
        ]

    def _latest(self, query: Query, most: int) -> list[Candidate]:
        """Return the latest: all of the days after the last one's, and its own by their score."""
        plain = self._built(query, ranked=False)
        days = self._searcher.search(plain, limit=most, count=False, order_by_field="day").hits
        if len(days) < most:
            return grouping.best_first(self._best(self._built(query), most), query.sort)
        last = int(days[-1][0])
        newer = self._built(query, self._queries.between(last + 1, None))
        found = self._best(newer, most)
        same = self._built(query, self._queries.between(last, last))
        return grouping.best_first(found, query.sort) + self._best(same, most - len(found))

    def _built(self, query: Query, *within: tantivy.Query, ranked: bool = True) -> tantivy.Query:
        """Return a query; where only numbers are wanted (not `ranked`) nothing adds to scores."""
        preferred: Iterable[tantivy.Query] = ()
        if ranked:
            preferred = self._queries.preferred(query.question, self._reach, self._frequency)
        return self._queries.build(query, self._asked, *within, preferred=preferred)

    @cached_property
    def _asked(self) -> tantivy.Query:
        """What is asked, built once: it is the same in what is ranked and in what is counted."""
        return self._queries.asked(self._query.question, self._reach, self._frequency)

    @property
    def _frequency(self) -> Frequency | None:
        if self._searcher.num_docs < MANY_DOCUMENTS:
            return None
        return lambda stem: int(self._searcher.doc_freq("whole", stem))


def _narrows(query: Query) -> bool:
    """Say whether there may be something to count though nothing is found."""
    return bool(query.kind or query.edition or query.course)


def _without(query: Query, name: str) -> Query:
    """Return the query as it is whichever kind, edition or course is asked for."""
    if name == "kind":
        return replace(query, kind="")
    return replace(query, edition="") if name == "edition" else replace(query, course="")


def titled(
    searcher: tantivy.Searcher,
    queries: QueryBuilder,
    words: tuple[str, ...],
    audience: frozenset[str],
    limit: int,
) -> Iterator[Document]:
    """Yield documents in whose title the words stand, each title once: `Engine.suggest`."""
    seen: set[Hashable] = set()
    for _step in range(STEPS):
        built = queries.titled(words, audience, seen)
        hits = searcher.search(built, limit=TITLES, count=False, weight_by_field="weight").hits
        places = [place for _score, place in hits]
        for place, title in zip(
            places, searcher.fast_field_values("name_number", places), strict=True
        ):
            if title not in seen and len(seen) < limit:
                seen.add(title)
                yield stored(searcher, place)
        if len(hits) < TITLES or len(seen) >= limit:
            return
