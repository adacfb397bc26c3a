"""What every engine does: it is chosen by one setting, and passes the same contract tests."""

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import ClassVar

from search.engines.document import Document, Entry
from search.engines.question import FEW, Query, Reach
from search.engines.results import Results


class IndexMissing(Exception):
    """There is no index that can be read: none was built, it is damaged, or its schema is old."""


class WriterBusy(Exception):
    """Somebody else is writing the index; nothing was changed, try again in a few seconds."""


class EngineUnavailable(Exception):
    """The engine's storage cannot be used just now (disk full, no permission, node down)."""


class Writer(ABC):
    """The sole right to change an index, for as long as `Engine.writing` is open."""

    @abstractmethod
    def replace(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        """Put the documents in the place of all that the entries had; durable on return."""


class Engine(ABC):
    """An index that can be asked. Safe to share between threads."""

    name: ClassVar[str]
    single_machine: ClassVar[bool]  # the index lives in a directory of this machine

    @abstractmethod
    def writing(self) -> AbstractContextManager[Writer]:
        """Take the sole right to write; what is read meanwhile cannot be overwritten by others.

        Raises `WriterBusy` at once where another process or thread has it, and `IndexMissing`
        where there is nothing to add to (then `rebuild`).
        """

    @abstractmethod
    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make a new index of these documents and put it in the old one's place in one step.

        The old one answers until then, and stays if `documents` raises. Returns how many
        documents it holds. Raises `WriterBusy`.
        """

    @abstractmethod
    def match(self, query: Query, reach: Reach) -> Results:
        """Answer a query with exactly this reach. Raises `IndexMissing`."""

    @abstractmethod
    def suggest(
        self, words: tuple[str, ...], audience: frozenset[str], limit: int
    ) -> tuple[Document, ...]:
        """Return the documents in whose title all these plain words stand, the last half typed.

        One of a title, those with a citation first; nothing that this audience may not find.
        Raises `IndexMissing`.
        """

    @abstractmethod
    def count(self) -> int:
        """Return the number of documents. Raises `IndexMissing`."""

    @abstractmethod
    def documents(self) -> Iterator[Document]:
        """Yield every document held, in no particular order. Raises `IndexMissing`."""

    @abstractmethod
    def size(self) -> int:
        """Return how many bytes the index takes. Raises `IndexMissing`."""

    @abstractmethod
    def remove(self) -> None:
        """Take the index away, and all that belongs to it; without one, do nothing.

        Raises `WriterBusy` and `EngineUnavailable`.
        """

    def write(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        """Replace what these entries had by these documents. Raises as `writing` does."""
        with self.writing() as writer:
            writer.replace(entries, documents)

    def search(self, query: Query) -> Results:
        """Answer a query as generously as it needs. Raises `IndexMissing`; never for the words."""
        started = time.perf_counter()
        results = Results()
        if not query.question.asks_nothing and query.audience:
            results = self._reach_out(query)
        return replace(results, took_ms=(time.perf_counter() - started) * 1000)

    def _reach_out(self, query: Query) -> Results:
        results = self.match(query, Reach.WORDS)
        for reach in (Reach.HALF_TYPED, Reach.FORGIVING):
            if query.question.clauses and sum(results.counts.values()) < FEW:
                wider = self.match(query, reach)
                if sum(wider.counts.values()) > sum(results.counts.values()):
                    results = wider
        if not results.counts:
            results = self.match(query, Reach.SOME_WORDS)
        return results
