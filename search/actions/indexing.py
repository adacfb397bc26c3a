"""Keeping the index true to its sources."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from ground.jobs.task_jobs import Again
from search import sources
from search.engines import engine_for
from search.engines.document import Document, Entry
from search.engines.engine import Engine, EngineUnavailable, IndexMissing, Writer, WriterBusy
from search.engines.index_directory import IndexDirectory
from search.models import ChangedEntry, as_read

BATCH = 200  # entries fetched, written and committed together
BUSY_SECONDS = 2.0  # until the next try where another process writes
UNAVAILABLE_SECONDS = 30.0  # until the next try where the storage fails
FAILED_SECONDS = 30.0  # until the next try at an entry whose source failed

# Faults of the surroundings, which say nothing about the entry that was being indexed.
_NOT_THE_ENTRY = (EngineUnavailable, IndexMissing, WriterBusy, OperationalError, InterfaceError)

logger = logging.getLogger(__name__)


def engine() -> Engine:
    """Return the engine that the settings name."""
    folder = Path(settings.SEARCH_INDEX_DIR)
    return engine_for(settings.SEARCH_ENGINE, folder, settings.SEARCH_URL)


class IndexRun(NamedTuple):
    """How much was indexed, and in how many seconds the rest must be; None where none is left."""

    indexed: int
    again_after: float | None = None


def index_changes(*, limit: int = 5000) -> IndexRun:
    """Index up to `limit` changed entries, oldest first.

    A row is deleted only after the index holds its entry, and only if it says what it said when
    it was read. Without a usable index all is built anew, and the documents are what was indexed.
    Raises `WriterBusy` and `EngineUnavailable`; no change is lost by either.
    """
    try:
        # Rows are read inside: else another worker could index a newer state in between, and
        # this one would overwrite it with what it had read before.
        with engine().writing() as writer:
            _condemn_the_other_index()
            done = _drain(writer, limit)
    except IndexMissing as missing:
        logger.warning("%s It is being built anew.", missing)
        return rebuild_index()
    return IndexRun(done, _again_after())


def index_what_waits() -> Again | None:
    """Index what has changed; say when to come again where something is left.

    Where the index cannot be written just now, all of it is.
    """
    try:
        seconds = index_changes().again_after
    except WriterBusy:
        seconds = BUSY_SECONDS
    except EngineUnavailable as error:
        logger.warning("%s What has changed is kept, and is indexed later.", error)
        seconds = UNAVAILABLE_SECONDS
    return None if seconds is None else Again(seconds)


def _condemn_the_other_index() -> None:
    """Let an embedded index no longer count once changes go elsewhere: it would never hear of them.

    Whoever returns to it could else find what has been withdrawn since.
    """
    if not engine().single_machine:
        IndexDirectory(Path(settings.SEARCH_INDEX_DIR), "").condemn()


def _drain(writer: Writer, limit: int) -> int:
    done, failed = 0, set[int]()
    while done < limit:
        waiting = ChangedEntry.objects.waiting().exclude(pk__in=failed).oldest_first()
        rows = list(waiting[: min(BATCH, limit - done)])
        if not rows:
            break
        failed |= _index_rows(writer, rows)
        done += len(rows)
    return done - len(failed)


def _index_rows(writer: Writer, rows: Sequence[ChangedEntry]) -> set[int]:
    """Index these rows and return those that failed: one bad entry does not hold up the others."""
    try:
        documents = _documents(rows)
        writer.replace([Entry(row.kind, row.key) for row in rows], documents)
    except _NOT_THE_ENTRY:
        raise
    except Exception as error:
        if len(rows) > 1:
            half = len(rows) // 2
            return _index_rows(writer, rows[:half]) | _index_rows(writer, rows[half:])
        logger.exception("%s cannot be indexed.", rows[0])
        ChangedEntry.objects.blame(as_read(rows), f"{type(error).__name__}: {error}")
        return {rows[0].pk}
    ChangedEntry.objects.forget(as_read(rows))
    return set()


def _documents(rows: Iterable[ChangedEntry]) -> list[Document]:
    """Return the documents of these rows as they are now; a kind nobody offers has none."""
    keys_of = defaultdict(list)
    for row in rows:
        keys_of[row.kind].append(row.key)
    offered = ((sources.of_kind(kind), keys) for kind, keys in keys_of.items())
    return [
        document
        for source, keys in offered
        if source
        for document in sources.documents_of(source, keys)
    ]


def _again_after() -> float | None:
    waiting = ChangedEntry.objects.waiting()
    if waiting.untried().exists():
        return 0.0
    return FAILED_SECONDS if waiting.exists() else None


def rebuild_index() -> IndexRun:
    """Build the index anew from all sources; its documents are what was indexed.

    The old one answers until the new one takes its place. Entries whose source fails are left
    out and stay noted with the reason. Raises `WriterBusy` and `EngineUnavailable`.
    """
    read = {(row.kind, row.key): row for row in ChangedEntry.objects.all()}
    failed: dict[Entry, str] = {}
    written = engine().rebuild(everything(failed))
    _condemn_the_other_index()
    ChangedEntry.objects.forget(as_read(row for at, row in read.items() if at not in failed))
    for entry, reason in failed.items():
        ChangedEntry.objects.note(entry.kind, [entry.key], now=timezone.now())
        row = ChangedEntry.objects.filter(kind=entry.kind, key=entry.key)
        ChangedEntry.objects.blame(as_read(row), reason)
    return IndexRun(written, _again_after())


def everything(failed: dict[Entry, str]) -> Iterator[Document]:
    """Yield every document of every source; what fails is left out and noted in `failed`."""
    for source in sources.registered():
        keys = iter(source.keys())
        while batch := list(islice(keys, BATCH)):
            yield from _documents_or_blame(source, batch, failed)


def _documents_or_blame(
    source: sources.Source, keys: Sequence[str], failed: dict[Entry, str]
) -> list[Document]:
    try:
        return sources.documents_of(source, keys)
    except _NOT_THE_ENTRY:
        raise
    except Exception as error:
        if len(keys) > 1:
            half = len(keys) // 2
            first = _documents_or_blame(source, keys[:half], failed)
            return first + _documents_or_blame(source, keys[half:], failed)
        logger.exception("%s:%s cannot be indexed.", source.kind, keys[0])
        failed[Entry(source.kind, keys[0])] = f"{type(error).__name__}: {error}"
        return []
