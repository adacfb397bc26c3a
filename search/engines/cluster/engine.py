"""The engine for many machines: an Elasticsearch cluster, over the network.

Any number of processes of any number of machines read; one writes. A change is seen, whole, by the
next question.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, ClassVar, TypeVar

from elasticsearch import Elasticsearch, dsl
from elasticsearch.helpers import streaming_bulk

from search.engines.cluster.address import parse_address
from search.engines.cluster.connection import Connection
from search.engines.cluster.documents import Indexed, given, indexed
from search.engines.cluster.faults import NoCopyReady, TooSlow, answers_read
from search.engines.cluster.indices import Indices
from search.engines.cluster.lease import Lease
from search.engines.cluster.responses import MOST_HITS, answer_query, suggested
from search.engines.document import Document, Entry
from search.engines.engine import Engine, IndexMissing, Writer
from search.engines.question import Query, Reach
from search.engines.results import Results

TOGETHER = 500  # documents or entries in one request
MOST_BYTES = 20_000_000  # of one request; a cluster takes 100 MB as it comes

Result = TypeVar("Result")


class ClusterEngine(Engine):
    """The index of one name on a cluster, both said by `url`: see `parse_address`."""

    name: ClassVar[str] = "cluster"
    single_machine: ClassVar[bool] = False

    def __init__(self, url: str) -> None:
        address = parse_address(url)
        self.connection = Connection(address)
        self.indices = Indices(address.name)
        self._found = threading.local()  # by the question of a thread

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        lease = Lease(self.connection)
        with lease.held():
            with self._reading() as client:
                index = self.indices.current(client)
            yield _ClusterWriter(self.connection, lease, index)

    def rebuild(self, documents: Iterable[Document]) -> int:
        lease = Lease(self.connection)
        with lease.held():
            with self.connection.slow() as client:
                self.indices.sweep(client)
                index = self.indices.new(client)
            try:
                written = self._fill(index, documents, lease)
                with self.connection.slow() as client:
                    self.indices.promote(client, index)
            except BaseException:
                with contextlib.suppress(Exception), self.connection.slow() as client:
                    self.indices.remove(client, index)
                raise
        self.connection.breaker.answered()
        return written

    def _fill(self, index: str, documents: Iterable[Document], lease: Lease) -> int:
        """Put documents into an index that holds none and return how many they were."""
        written, left = 0, iter(documents)
        while some := list(islice(left, TOGETHER)):
            lease.keep()
            with self.connection.slow() as client:
                _send(client, index, map(indexed, some))
            written += len(some)
        return written

    def search(self, query: Query) -> Results:
        """Answer as every engine does; what was found in time is not lost with what was not."""
        started, self._found.best = time.perf_counter(), Results()
        with self.connection.one_question():
            try:
                return super().search(query)
            except TooSlow:
                if not self._found.best.hits:
                    raise
                took = (time.perf_counter() - started) * 1000
                return replace(self._found.best, took_ms=took)

    def match(self, query: Query, reach: Reach) -> Results:
        results = self._surely(lambda: answer_query(self._ask, query, reach))
        best = getattr(self._found, "best", results)
        self._found.best = results if results.total > best.total else best
        return results

    def suggest(
        self, words: tuple[str, ...], audience: frozenset[str], limit: int
    ) -> tuple[Document, ...]:
        return self._surely(lambda: suggested(self._ask, words, audience, limit))

    def count(self) -> int:
        return self._surely(lambda: self.connection.read(self._count))

    def documents(self) -> Iterator[Document]:
        with self._reading() as client:
            index = self.indices.current(client)
            for held in Indexed.search(using=client, index=index)[:TOGETHER].iterate():
                if document := given(held.document):
                    yield document

    def size(self) -> int:
        with self._reading() as client:
            said = client.indices.stats(index=self.indices.current(client), metric="store")
            return int(said["_all"]["primaries"]["store"]["size_in_bytes"])

    def remove(self) -> None:
        lease = Lease(self.connection)
        with lease.held(), self.connection.slow() as client:
            self.indices.clear(client)
        lease.remove()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Elasticsearch]:
        """Give a client for what is read outside pages. Raises as `Connection.slow` does."""
        with self.connection.slow() as client, answers_read(self.connection.address.told):
            yield client

    def _surely(self, call: Callable[[], Result]) -> Result:
        """Ask once more where the index that was asked has just been replaced."""
        with self.connection.one_question(), answers_read(self.connection.address.told):
            try:
                return call()
            except (IndexMissing, NoCopyReady):
                return call()

    def _ask(self, searches: Sequence[dsl.Search]) -> list[dict[str, Any]]:
        def call(client: Elasticsearch) -> list[dict[str, Any]]:
            self.indices.check(client)
            several = dsl.MultiSearch(using=client, index=self.indices.name)
            for search in searches:
                several = several.add(search)
            return [response.to_dict() for response in several.execute()]

        return self.connection.read(call)

    def _count(self, client: Elasticsearch) -> int:
        self.indices.check(client)
        return int(Indexed.search(using=client, index=self.indices.name).count())


class _ClusterWriter(Writer):
    def __init__(self, connection: Connection, lease: Lease, index: str) -> None:
        self._connection = connection
        self._lease = lease
        self._index = index

    def replace(self, entries: Iterable[Entry], documents: Iterable[Document]) -> None:
        actions = [indexed(document) for document in documents]
        words = [entry.word for entry in entries]
        self._lease.keep()
        with self._connection.slow() as client:
            stays = {action["_id"] for action in actions}
            gone = [id_ for id_ in self._held(client, words) if id_ not in stays]
            actions += [{"_op_type": "delete", "_id": id_} for id_ in gone]
            _send(client, self._index, actions)
            client.indices.refresh(index=self._index)
        self._connection.breaker.answered()

    def _held(self, client: Elasticsearch, words: list[str]) -> Iterator[str]:
        """Yield the ids of all documents of these entries."""
        for start in range(0, len(words), TOGETHER):
            some = dsl.query.Terms("entry", words[start : start + TOGETHER])
            search = Indexed.search(using=client, index=self._index).filter(some).source(False)
            found = search[:MOST_HITS].execute()
            all_found = len(found) < MOST_HITS
            for held in found if all_found else search[:MOST_HITS].iterate():
                yield held.meta.id


def _send(client: Elasticsearch, index: str, actions: Iterable[dict[str, Any]]) -> None:
    """Send actions of a bulk request, as many together as one request takes."""
    sent = streaming_bulk(
        client, actions, chunk_size=TOGETHER, max_chunk_bytes=MOST_BYTES, index=index
    )
    for _done in sent:
        pass
