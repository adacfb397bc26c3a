"""The engine that needs no server: tantivy in this process, over a directory of this machine.

Any number of processes read; one writes. A commit is seen by the next question of any process.
"""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple

import tantivy

from search.engines.document import Document, Entry
from search.engines.embedded_query import QueryBuilder
from search.engines.embedded_read import IndexReader, titled
from search.engines.embedded_schema import SCHEMA, indexed, make_schema, stored
from search.engines.engine import Engine, EngineUnavailable, IndexMissing, Writer, WriterBusy
from search.engines.index_directory import IndexDirectory
from search.engines.question import Query, Reach
from search.engines.results import Results
from search.engines.text import english_analyser, plain_analyser

SMALL_HEAP, LARGE_HEAP = 15_000_000, 100_000_000  # bytes of memory for a change, for a rebuild
_DAMAGE = ("Data corrupted", "Deserialize error", "Failed to open file", "An IO error occurred")
_Context = contextlib.AbstractContextManager[None]


class _Opened(NamedTuple):
    directory: Path
    commit: tuple[int, int, int]
    reader: tantivy.Index


class EmbeddedEngine(Engine):
    """An index in a directory of this machine."""

    name: ClassVar[str] = "embedded"
    single_machine: ClassVar[bool] = True

    def __init__(self, root: Path) -> None:
        self.directory = IndexDirectory(root, SCHEMA)
        self._queries = QueryBuilder(make_schema())
        self._opened: _Opened | None = None
        self._opening = threading.Lock()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        with self.directory.sole_writer():
            directory = self.directory.current()
            with self._faults_told(opening=True):
                index = _configured(tantivy.Index.open(str(directory)))
            with self._open_writer(index, SMALL_HEAP) as writer:
                yield writer

    def rebuild(self, documents: Iterable[Document]) -> int:
        with self.directory.sole_writer():
            with self._faults_told():
                self.directory.sweep()
                directory = self.directory.new()
                index = _configured(tantivy.Index(make_schema(), path=str(directory)))
            with self._open_writer(index, LARGE_HEAP) as writer:
                written = sum(map(writer.add, documents))
                writer.commit()
            with self._faults_told():
                self.directory.promote(directory)
            return written

    def match(self, query: Query, reach: Reach) -> Results:
        with self._reading() as searcher:
            return IndexReader(searcher, self._queries, query, reach).results()

    def suggest(
        self, words: tuple[str, ...], audience: frozenset[str], limit: int
    ) -> tuple[Document, ...]:
        if not words or not all(words) or not audience or limit < 1:
            return ()
        with self._reading() as searcher:
            return tuple(titled(searcher, self._queries, words, audience, limit))

    def count(self) -> int:
        with self._reading() as searcher:
            return int(searcher.num_docs)

    def documents(self) -> Iterator[Document]:
        with self._reading() as searcher:
            everything, most = tantivy.Query.all_query(), max(1, searcher.num_docs)
            for _score, address in searcher.search(everything, limit=most, count=False).hits:
                yield stored(searcher, address)

    def size(self) -> int:
        with self._reading():
            return self.directory.size()

    def remove(self) -> None:
        with self.directory.sole_writer(), self._faults_told():
            self.directory.clear()
            self._opened = None

    @contextlib.contextmanager
    def _reading(self) -> Iterator[tantivy.Searcher]:
        index = self._current_index()
        with self._faults_told():
            yield index.searcher()

    def _current_index(self) -> tantivy.Index:
        """Return the index as it was last committed, opened again only where it has changed."""
        with self._opening:
            directory = self.directory.current()
            try:
                with self._faults_told(opening=True):
                    return self._opened_at(directory)
            except IndexMissing:
                self._opened = None
                # A rebuild may have put another directory in this one's place just now.
                if self.directory.current() == directory:
                    raise
            return self._opened_at(self.directory.current())

    def _opened_at(self, directory: Path) -> tantivy.Index:
        status = (directory / "meta.json").stat()  # every commit puts a new file in its place
        commit = (status.st_ino, status.st_mtime_ns, status.st_size)
        if self._opened is None or self._opened.directory != directory:
            index = _configured(tantivy.Index.open(str(directory)))
            self._opened = _Opened(directory, commit, index)
        elif self._opened.commit != commit:
            self._opened.reader.reload()
            self._opened = self._opened._replace(commit=commit)
        return self._opened.reader

    @contextlib.contextmanager
    def _open_writer(self, index: tantivy.Index, heap: int) -> Iterator["_EmbeddedWriter"]:
        """Open the writer; what was not committed when the block fails is forgotten."""
        with self._faults_told():
            writer = index.writer(heap, 1)
        try:
            yield _EmbeddedWriter(writer, self._faults_told)
        except BaseException:
            with contextlib.suppress(ValueError):  # the first fault is the one to tell
                writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    @contextlib.contextmanager
    def _faults_told(self, *, opening: bool = False) -> Iterator[None]:
        """Say in our words what went wrong below; a damaged index counts no more from here on.

        Whatever cannot be opened is damaged. Once it is open, only what tantivy calls damage is:
        an odd question must not cost anybody the index.
        """
        try:
            yield
        except (IndexMissing, WriterBusy, EngineUnavailable):
            raise
        except FileNotFoundError as error:
            raise IndexMissing("The index's files are gone.") from error
        except BaseException as error:
            said = str(error)
            if "LockBusy" in said:
                raise WriterBusy("Another process is writing the index.") from error
            if isinstance(error, OSError) or "Os {" in said or "(os error" in said:
                raise EngineUnavailable(f"The index cannot be used: {said}") from error
            panicked = type(error).__name__ == "PanicException"  # which no module exports
            known = isinstance(error, ValueError) and said.startswith(_DAMAGE)
            if known or (opening and (panicked or isinstance(error, ValueError))):
                self.directory.condemn()
                raise IndexMissing(f"The index is damaged: {said}") from error
            if panicked:
                raise EngineUnavailable(f"The index gave up on this: {said}") from error
            raise


class _EmbeddedWriter(Writer):
    def __init__(self, writer: tantivy.IndexWriter, faults_told: Callable[[], _Context]) -> None:
        self._writer = writer
        self._faults_told = faults_told

    def replace(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        held = list(documents)
        with self._faults_told():
            prepared = [indexed(document) for document in held]
            for entry in entries:
                self._writer.delete_documents_by_term("entry", entry.word)
            for document in prepared:
                self._writer.add_document(document)
        self.commit()

    def add(self, document: Document) -> int:
        """Add a document to an index that has none of its entry; returns 1, to be summed."""
        with self._faults_told():
            self._writer.add_document(indexed(document))
        return 1

    def commit(self) -> None:
        with self._faults_told():
            self._writer.commit()


def _configured(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("english", english_analyser())
    index.register_tokenizer("plain", plain_analyser())
    index.config_reader("manual")
    return index
