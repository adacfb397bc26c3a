"""Reading hits out of the embedded index, and showing them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import tantivy

from search.engines.base import Document, Hit, Query, Reach
from search.engines.embedded_query import QueryBuilder
from search.engines.embedded_schema import stored
from search.engines.marking import Wanted, best_passage, mark

MOST_KINDS = 100
LOOKED_AT = 8  # hits looked at for each one shown, where groups must not flood the page


class Found(NamedTuple):
    score: float
    document: Document


def counted_by_kind(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, int]:
    """Return how many documents of each kind a query finds; kinds without any are left out."""
    asked = {"kinds": {"terms": {"field": "kind", "size": MOST_KINDS}}}
    buckets = searcher.aggregate(query, asked)["kinds"]["buckets"]
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def ranked(
    searcher: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int = 0
) -> Iterator[Found]:
    """Yield the best hits, best first; documents are read as they are asked for."""
    if limit < 1:
        return
    result = searcher.search(query, limit=limit, offset=max(0, offset), count=False)
    for score, address in result.hits:
        yield Found(score, stored(searcher, address))


def best_of_each(
    searcher: tantivy.Searcher,
    query: Query,
    reach: Reach,
    kinds: Iterable[str],
    queries: QueryBuilder,
) -> list[Found]:
    """Return the first hits of each kind, the kind with the best hit first.

    Where provisions are cited they may well be of one chapter: then groups do not count.
    """
    per_group = 0 if query.question.citations else query.per_group
    looked_at = query.per_kind * (LOOKED_AT if per_group else 1)
    blocks = []
    for kind in kinds:
        hits = ranked(searcher, queries.build(query, reach, kind=kind), looked_at)
        block = list(islice(_few_of_a_group(hits, per_group), query.per_kind))
        if block:
            blocks.append(block)
    blocks.sort(key=lambda block: (-block[0].score, block[0].document.kind))
    return [found for block in blocks for found in block]


def _few_of_a_group(hits: Iterable[Found], most: int) -> Iterator[Found]:
    seen: Counter[str] = Counter()
    for found in hits:
        group = found.document.group
        seen[group] += 1
        if not (most and group) or seen[group] <= most:
            yield found


def shown(found: Found, marks: Wanted, cited: frozenset[str]) -> Hit:
    """Return a hit with its words marked and its best passage chosen."""
    document = found.document
    return Hit(
        document=document,
        score=found.score,
        title=mark(document.title, marks),
        heading=mark(document.heading, marks),
        snippet=best_passage(document.body, marks),
        cited=document.citation.strip().lower() in cited,
        seconds=document.seconds,
    )
