"""An engine that also knows what is meant: vectors of an operator's model, beside any other engine.

Words come first. The index of words is written, and answers, whether or not there are vectors; what
has none is found by its words alone.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from search.engines.base import (
    Document,
    Engine,
    EngineUnavailable,
    Entry,
    Query,
    Reach,
    Results,
    Sort,
    Writer,
)
from search.engines.meaning.fusing import Fusing
from search.engines.meaning.model import Model, ModelUnusable
from search.engines.meaning.near import Nearness
from search.engines.meaning.store import VectorStore

logger = logging.getLogger(__name__)


class MeaningEngine(Engine):
    """Any engine, with its best hits ranked by what they mean as well, and a few added.

    Vectors are computed with the model of a folder, and kept in a folder of this machine.
    """

    def __init__(self, inner: Engine, root: Path, folder: Path) -> None:
        self.inner = inner
        # Constants of a class elsewhere; here they are the inner engine's, whichever it is.
        self.name, self.single_machine = inner.name, inner.single_machine  # type: ignore[misc]
        self.forgives_typing = inner.forgives_typing  # type: ignore[misc]
        self.store = VectorStore(root)
        self._folder = folder
        self._model: Model | None = None
        self._loading = threading.Lock()
        self._failed = False
        self._computing: threading.Thread | None = None

    # --- What is written --------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        """Write words as the inner engine does; the vectors are computed afterwards, aside."""
        with self.inner.writing() as writer:
            yield _NotingWriter(writer, self)
        self._computing = threading.Thread(target=self.catch_up, daemon=True)
        self._computing.start()

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Rebuild the inner index, and return once the vectors are there too; words answer long
        before.
        """
        with self._faults_told():
            written = self.inner.rebuild(self.store.noting(documents))
        self.wait()
        self.catch_up()
        return written

    def catch_up(self) -> int:
        """Compute the vectors that are missing, and return of how many documents. Never raises."""
        try:
            model = self.model()
            return self.store.catch_up(model.identity, model.embed) if model else 0
        except Exception:
            logger.exception("No vectors were computed; what has none is found by its words.")
            return 0

    def wait(self) -> None:
        """Wait until the vectors of what this process wrote last are there."""
        if self._computing:
            self._computing.join()

    def note(self, entries: list[Entry], documents: list[Document]) -> None:
        with self._faults_told():
            self.store.note(entries, documents)

    @contextlib.contextmanager
    def _faults_told(self) -> Iterator[None]:
        """Where a change cannot be written down, no vector may count any longer."""
        try:
            yield
        except OSError as error:
            logger.warning("Vectors cannot be kept, so all of them are removed: %s", error)
            try:
                self.store.forget()
            except OSError as worse:
                raise EngineUnavailable(f"Vectors cannot be removed: {worse}") from error

    # --- What is asked ----------------------------------------------------------------------

    def model(self) -> Model | None:
        """Return the model, loaded once; None where it cannot be used, which is logged once."""
        with self._loading:
            if self._model is None and not self._failed:
                try:
                    self._model = Model(self._folder)
                except ModelUnusable as error:
                    self._failed = True
                    logger.error("SEARCH_MODEL: %s Only the words count.", error)
            return self._model

    def search(self, query: Query) -> Results:
        started = time.perf_counter()
        results = self.inner.search(query)
        try:
            results = self._ranked_by_meaning(query, results)
        except Exception:
            logger.exception("The words alone answered.")
        return replace(results, took_ms=(time.perf_counter() - started) * 1000)

    def match(self, query: Query, reach: Reach) -> Results:
        return self.inner.match(query, reach)

    def suggest(
        self, words: tuple[str, ...], audience: frozenset[str], limit: int
    ) -> tuple[Document, ...]:
        return self.inner.suggest(words, audience, limit)

    def count(self) -> int:
        return self.inner.count()

    def documents(self) -> Iterator[Document]:
        return self.inner.documents()

    def size(self) -> int:
        return self.inner.size()

    def remove(self) -> None:
        self.inner.remove()
        with self._faults_told():
            self.store.forget()

    def keys(self) -> set[Entry]:
        return self.inner.keys()

    def healthy(self) -> bool:
        return self.inner.healthy()

    def _ranked_by_meaning(self, query: Query, results: Results) -> Results:
        question = query.question
        if question.citations or not question.clauses or query.sort is not Sort.RELEVANCE:
            return results
        if results.reach is Reach.HALF_TYPED:  # half a word means something else
            return results
        near = self._nearness(question.text) if query.audience else None
        if near is None:
            return results
        return Fusing(self.inner, query, results, near).results()

    def _nearness(self, text: str) -> Nearness | None:
        model = self.model()
        reading = self.store.read(model.identity) if model else None
        if model is None or reading is None:
            return None
        return Nearness(reading, model.embed([text])[0])


class _NotingWriter(Writer):
    def __init__(self, writer: Writer, engine: MeaningEngine) -> None:
        self._writer = writer
        self._engine = engine

    def replace(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        replaced, held = list(entries), list(documents)
        self._engine.note(replaced, held)
        self._writer.replace(replaced, held)
