"""From a query to what the cluster answers, and from there to results, in two requests at most."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from elasticsearch import dsl

from search.engines.cluster.documents import document_for
from search.engines.cluster.queries import asked, named, narrowings
from search.engines.document import Document
from search.engines.grouping import (
    Candidate,
    best_first,
    candidates_needed,
    chosen,
    day_number,
    group_limit,
    groups_of,
    hits_of,
)
from search.engines.question import Query, Reach, Sort
from search.engines.results import Results

MOST_VALUES = 100  # kinds, editions or courses that are counted
MOST_HITS = 10_000  # a cluster leads no further into a list than this
MOST_INNER = 100  # and no further into the hits of one kind
_ABOUT = ["kind", "group", {"field": "date", "format": "yyyy-MM-dd"}]
_ORDERS: dict[Sort, list[Any]] = {
    Sort.RELEVANCE: ["_score"],
    Sort.DATE: [{"date": {"order": "desc", "missing": "_last"}}, "_score"],
}

Response = dict[str, Any]  # of the cluster, as it came
Ask = Callable[[Sequence[dsl.Search]], list[Response]]  # several things at once


def answer_query(ask: Ask, query: Query, reach: Reach) -> Results:
    """Answer a query with exactly this reach. Raises as `ask` does."""
    built, limits = asked(query, reach), narrowings(query)
    [first] = ask([_first(query, built, limits)])
    ranked = _ranked(first, query)
    shown = chosen(ranked, query) if _in_two(query) else ranked
    second = ask(_second(query, shown, built, limits)) if shown and _in_two(query) else [first]
    packed = {each["_id"]: each["_source"]["document"] for each in _hits(second[0]) if shown}
    read = ((packed[found.place[1]], found.score) for found in shown if found.place[1] in packed)
    given = ((document_for(query.audience, document), score) for document, score in read)
    documents = [(document, score) for document, score in given if document]
    held = _counts(second[1], "group") if len(second) > 1 else {}
    counts = _counts(first, "kind")
    return Results(
        total=counts.get(query.kind, 0) if query.kind else sum(counts.values()),
        hits=hits_of(documents, query.question, reach, held),
        counts=counts,
        editions=_counts(first, "edition"),
        courses=_counts(first, "course"),
        reach=reach,
    )


def _in_two(query: Query) -> bool:
    """Say whether hits must be looked at before it is known which of them are shown."""
    return bool(query.per_kind or group_limit(query))


def _first(query: Query, built: dsl.query.Query, limits: Mapping[str, Any]) -> dsl.Search:
    """Return the search for the best hits and all that is counted."""
    search = _search(query).query(built).post_filter(_all(limits.values()))
    for name in ("kind", "edition", "course"):
        others = _all(limit for other, limit in limits.items() if other != name)
        counted = search.aggs.bucket(name, "filter", filter=others)
        counted.bucket(name, "terms", field=name, size=MOST_VALUES)
    order = _ORDERS[query.sort]
    if query.per_kind:
        about = {"sort": order, "track_scores": True, "_source": False, "docvalue_fields": _ABOUT}
        kinds = search.aggs.bucket("shown", "filter", filter=_all(limits.values()))
        kinds = kinds.bucket("kinds", "terms", field="kind", size=MOST_VALUES)
        kinds.metric("best", "top_hits", size=min(MOST_INNER, candidates_needed(query)), **about)
        return search[:0]
    search = search.sort(*order).extra(track_scores=True)
    if group_limit(query):
        return search.source(False).extra(docvalue_fields=_ABOUT)[
            : min(MOST_HITS, candidates_needed(query))
        ]
    start = min(max(0, query.offset), MOST_HITS)
    return search.source(["document"])[start : min(MOST_HITS, start + max(0, query.limit))]


def _second(
    query: Query, shown: list[Candidate], built: dsl.query.Query, limits: Mapping[str, Any]
) -> list[dsl.Search]:
    """Return the searches that read the documents to show and count what their groups hold."""
    index, _id = shown[0].place
    ids = dsl.query.Ids(values=[found.place[1] for found in shown])
    searches = [_search(query).index(index).query(ids).source(["document"])[: len(shown)]]
    groups = groups_of(shown, query)
    if groups:
        of_groups = dsl.query.Terms("group", list(groups))
        search = _search(query).index(index).query(_all([built, of_groups, *limits.values()]))[:0]
        counted = search.aggs.bucket("group", "filter", filter=of_groups)
        counted.bucket("group", "terms", field="group", size=len(groups))
        searches.append(search)
    return searches


def _search(query: Query) -> dsl.Search:
    """Return a search that one copy of the index answers each time, so that pages fit together."""
    name = hashlib.blake2b(query.question.text.encode("utf-8", "replace"), digest_size=8)
    search: dsl.Search = dsl.Search().extra(track_total_hits=False)
    return search.params(preference=f"question-{name.hexdigest()}")


def _all(limits: Iterable[dsl.query.Query]) -> dsl.query.Query:
    return dsl.query.Bool(filter=list(limits))


def _hits(answer: Response) -> list[dict[str, Any]]:
    hits: list[dict[str, Any]] = answer["hits"]["hits"]
    return hits


def _counts(answer: Response, name: str) -> dict[str, int]:
    buckets = answer["aggregations"][name][name]["buckets"]
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}


def _ranked(first: Response, query: Query) -> list[Candidate]:
    """Return what was looked at, best first."""
    if not query.per_kind:
        return [_found(each) for each in _hits(first)]
    blocks = first["aggregations"]["shown"]["kinds"]["buckets"]
    return best_first(
        (_found(each) for block in blocks for each in _hits(block["best"])), query.sort
    )


def _found(each: dict[str, Any]) -> Candidate:
    about = each.get("fields", {})
    [day] = about.get("date", [None])
    return Candidate(
        score=float(each["_score"]),
        kind=about.get("kind", [""])[0],
        group=about.get("group", [""])[0],
        day=day_number(datetime.date.fromisoformat(day) if day else None),
        place=(each["_index"], each["_id"]),
    )


def suggested(
    ask: Ask, words: tuple[str, ...], audience: frozenset[str], limit: int
) -> tuple[Document, ...]:
    """Return the documents whose title holds these words; see `Engine.suggest`."""
    if not words or not all(words) or not audience or limit < 1:
        return ()
    search = dsl.Search().query(named(words, audience)).source(["document"])
    search = search.extra(collapse={"field": "name_number"}, track_total_hits=False)
    [answer] = ask([search[: min(MOST_HITS, limit)]])
    given = (document_for(audience, each["_source"]["document"]) for each in _hits(answer))
    return tuple(filter(None, given))
