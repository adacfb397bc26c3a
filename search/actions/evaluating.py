"""How well the site's own search ranks documents and questions that others judged."""

import json
import logging
import tempfile
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from search.actions.vocabulary import Vocabulary, vocabulary
from search.engines import engine_for
from search.engines.base import Document, Engine, Query
from search.engines.measures import (
    average_precision,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
    relevant_in,
)
from search.questions import parse

logger = logging.getLogger(__name__)

DEEP = 100  # documents of a ranking that are looked at
PAGE = 10  # hits that a timed question asks for, as a page of one kind does
ANYONE = "anyone"


class BadFile(Exception):
    """A file does not say what it should; the message names the file and the line."""


@dataclass(frozen=True)
class Judged:
    """Documents, questions, and which documents answer which: grades by question and document."""

    documents: list[Document]
    questions: dict[str, str]
    grades: dict[str, dict[str, float]]


def read_judged(documents: Path, questions: Path, grades: Path) -> Judged:
    """Read the three files. Raises `BadFile` in one line."""
    held = list(_documents(documents))
    asked = dict(_questions(questions))
    judged = _grades(grades, asked)
    if not any(relevant_in(each) for each in judged.values()):
        raise BadFile(f"{grades} calls no document relevant.")
    return Judged(held, asked, judged)


def _documents(file: Path) -> Iterator[Document]:
    for said in _objects(file, ("id", "title", "text")):
        yield Document(
            id=said["id"],
            key=said["id"],
            kind="document",
            url="",
            title=said["title"],
            body=said["text"],
            audience=(ANYONE,),
        )


def _questions(file: Path) -> Iterator[tuple[str, str]]:
    for said in _objects(file, ("id", "text")):
        yield said["id"], said["text"]


def _objects(file: Path, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the objects of a file, one a line, that must hold these texts; each id once."""
    seen: set[str] = set()
    for number, line in _lines(file):
        try:
            said: Any = json.loads(line)
            texts = {name: _text(said[name]) for name in names}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            wanted = ", ".join(f"“{name}”" for name in names)
            raise BadFile(f"{file}, line {number}: no object with the texts {wanted}.") from error
        if texts["id"] in seen:
            raise BadFile(f"{file}, line {number}: {texts['id']!r} stands there a second time.")
        seen.add(texts["id"])
        yield texts


def _text(value: Any) -> str:
    """Return a text, or a whole number as one. Raises TypeError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode("utf-8")  # half of a surrogate pair is no text; raises a ValueError
    return value


def _grades(file: Path, asked: Collection[str]) -> dict[str, dict[str, float]]:
    judged: dict[str, dict[str, float]] = {}
    for number, line in _lines(file):
        try:
            question, document, grade = line.split("\t")
            worth = float(int(grade))
        except ValueError as error:
            says = "question, document and a whole number, with tabs between"
            raise BadFile(f"{file}, line {number}: it should say {says}.") from error
        if question not in asked:
            raise BadFile(f"{file}, line {number}: there is no question {question!r}.")
        if document in judged.setdefault(question, {}):
            raise BadFile(f"{file}, line {number}: {document!r} is judged a second time.")
        judged[question][document] = worth
    return judged


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers. Raises `BadFile` without any."""
    number, said = 0, False
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    said = True
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{file}, after line {number}: this is not UTF-8.") from error
    if not said:
        raise BadFile(f"{file} is empty.")


def evaluate(judged: Judged, engine_name: str) -> dict[str, float]:
    """Index the documents apart from the site's index, ask, and return what was measured.

    The questions go through the same vocabulary, reach and ranking as the site's. Only those with
    a relevant document count. Raises `EngineUnavailable`.
    """
    with tempfile.TemporaryDirectory(prefix="search-eval-") as folder:
        address = _beside(settings.SEARCH_URL)
        engine = engine_for(engine_name, Path(folder), address, settings.SEARCH_MODEL)
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


def _known() -> Vocabulary:
    """Return the site's vocabulary, or an empty one where no database has been set up."""
    try:
        return vocabulary()
    except DatabaseError as error:
        logger.warning("Without a database there are no synonyms: %s", error)
        return Vocabulary()


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
