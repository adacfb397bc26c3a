"""How well and how quickly the site's own search answers questions that others judged.

    python -m bench.search_eval --documents FILE --queries FILE --qrels FILE [--engine NAME]
        [--json]

The documents are indexed apart from the site's index, the questions asked as the site would, with
the site's vocabulary. The gain of a document is its grade. A judged document that is not among the
documents counts as not found.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from bench.judged_files import ANYONE, BadFile, Judged, read_judged
from bench.ranking_measures import (
    average_precision,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
    relevant_in,
)
from search.engines import ENGINES, engine_for
from search.engines.engine import Engine, EngineUnavailable, WriterBusy
from search.engines.question import Query
from search.questions.parsing import parse

if TYPE_CHECKING:
    from search.actions.vocabulary import SearchVocabulary

logger = logging.getLogger(__name__)

DEEP = 100  # documents of a ranking that are looked at
PAGE = 10  # hits that a timed question asks for, as a page of one kind does


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    try:
        judged = read_judged(options.documents, options.queries, options.qrels)
        figures = evaluate(judged, options.engine or settings.SEARCH_ENGINE)
    except (BadFile, EngineUnavailable, WriterBusy) as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(figures))
        return 0
    for name, value in figures.items():
        print(f"{name}: {value:g}" if value < 1 else f"{name}: {value}")
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--documents", type=Path, required=True, help='one {"id", "title", "text"} a line')
    add("--queries", type=Path, required=True, help='one {"id", "text"} a line')
    add("--qrels", type=Path, required=True, help="question, document, grade; tabs between")
    add("--engine", choices=ENGINES, help="the one that the settings name")
    add("--json", action="store_true", help="print one JSON object")
    return parser


def evaluate(judged: Judged, engine_name: str) -> dict[str, float]:
    """Index the documents apart from the site's index, ask, and return what was measured.

    The questions go through the same vocabulary, reach and ranking as the site's. Only those with
    a relevant document count. Raises `EngineUnavailable`.
    """
    with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
        engine = engine_for(engine_name, Path(folder), _beside(settings.SEARCH_URL))
        try:
            started = time.perf_counter()
            engine.rebuild(judged.documents)
            seconds = time.perf_counter() - started
            size = engine.size()
            measured = _asked(engine, judged)
        finally:
            engine.remove()
    return {**_means(measured.rankings, judged.grades), **_rounded(seconds, size, measured.times)}


def _beside(url: str) -> str:
    """Return the address of an index of our own on the same cluster, and of a patient answer."""
    parts = urlsplit(url)
    path = f"{parts.path.rstrip('/') or '/membersnet'}-eval-{uuid.uuid4().hex[:8]}"
    query = "&".join(filter(None, (parts.query, "seconds=60")))
    return parts._replace(path=path, query=query).geturl()


@dataclass(frozen=True)
class _Measured:
    rankings: dict[str, list[str]]
    times: list[float]  # milliseconds


def _asked(engine: Engine, judged: Judged) -> _Measured:
    known, audience = _known(), frozenset({ANYONE})
    rankings: dict[str, list[str]] = {}
    times: list[float] = []
    for id_, text in judged.questions.items():
        if not relevant_in(judged.grades.get(id_, {})):
            continue
        started = time.perf_counter()
        question = parse(text, known)
        engine.search(Query(question, audience, limit=PAGE))
        times.append((time.perf_counter() - started) * 1000)
        hits = engine.search(Query(question, audience, limit=DEEP)).hits
        rankings[id_] = [hit.document.id for hit in hits]
    return _Measured(rankings, times)


def _known() -> "SearchVocabulary":
    """Return the site's vocabulary, or an empty one where no database has been set up."""
    from search.actions.vocabulary import SearchVocabulary, vocabulary

    try:
        return vocabulary()
    except DatabaseError as error:
        logger.warning("Without a database there are no synonyms: %s", error)
        return SearchVocabulary()


def _means(
    rankings: Mapping[str, list[str]], grades: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    measures: dict[str, Callable[[list[str], Mapping[str, float]], float]] = {
        "ndcg_at_10": lambda ranking, right: ndcg(ranking, right, 10),
        "map_at_10": lambda ranking, right: average_precision(ranking, right, 10),
        "recall_at_10": lambda ranking, right: recall(ranking, right, 10),
        "recall_at_100": lambda ranking, right: recall(ranking, right, 100),
        "mrr": reciprocal_rank,
    }
    return {
        name: round(fmean(measure(ranking, grades[id_]) for id_, ranking in rankings.items()), 6)
        for name, measure in measures.items()
    }


def _rounded(seconds: float, size: int, times: list[float]) -> dict[str, float]:
    return {
        "index_seconds": round(seconds, 3),
        "index_bytes": size,
        "p50_ms": round(percentile(times, 0.5), 3),
        "p95_ms": round(percentile(times, 0.95), 3),
        "p99_ms": round(percentile(times, 0.99), 3),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "membersnet.settings")
    import django

    django.setup()
    sys.exit(main())
