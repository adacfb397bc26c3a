"""The right to write, which only one process of all machines has at a time.

It is a document of an index of its own. Whoever makes it may write, keeps it fresh meanwhile and
removes it in the end; one that has not been freshened for `LEASE_SECONDS` may be taken over. The
machines' clocks must agree within some seconds.
"""

import contextlib
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError, dsl

from ground.jobs.heartbeat import Heartbeat
from search.engines.cluster.connection import Connection
from search.engines.engine import EngineUnavailable, IndexMissing, WriterBusy

LEASE_SECONDS = 60.0
_BUSY = "Another process is writing the index."
_ANY_FAULT = (EngineUnavailable, IndexMissing, WriterBusy)
_ONE = "writer"  # the document's id


class _Right(dsl.Document):
    """Who may write, and when that was last said (seconds since 1970)."""

    holder = dsl.Keyword(index=False, doc_values=False)
    fresh = dsl.Double(index=False, doc_values=False)

    class Index:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


class Lease:
    """The right to write one index; each of these is one who asks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = f"{connection.address.name}-writer"
        self._right: Any = _Right(meta={"id": _ONE}, holder=uuid.uuid4().hex)
        self._lock = threading.Lock()
        self._said = 0.0  # when it was last freshened, by this process's own clock

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold it and keep it fresh. Raises `WriterBusy` at once, and `EngineUnavailable`."""
        with self._asking() as client:
            self._take(client)
        try:
            with Heartbeat(self._freshen, every=LEASE_SECONDS / 6, patience=None):
                yield
        finally:
            with contextlib.suppress(*_ANY_FAULT), self._asking() as client:
                self._right.delete(using=client, index=self._index)

    def keep(self) -> None:
        """Freshen it, unless that was just done and nobody can have taken it over since.

        Raises `WriterBusy` where another took it over, and `EngineUnavailable`.
        """
        with self._lock:
            if time.monotonic() - self._said > LEASE_SECONDS / 12:
                with self._asking() as client:
                    self._write(client)

    def remove(self) -> None:
        """Remove what leases of this name were kept in. Raises `EngineUnavailable`."""
        with self._asking() as client:
            dsl.Index(self._index, using=client).delete(ignore_unavailable=True)

    def _take(self, client: Elasticsearch) -> None:
        if self._index not in self._connection.made:
            with contextlib.suppress(BadRequestError):  # it is there
                _Right._index.clone(name=self._index).create(using=client)
            self._connection.made.add(self._index)
        try:
            self._write(client, op_type="create")
        except ConflictError:
            self._take_over(client)

    def _take_over(self, client: Elasticsearch) -> None:
        held: Any = _Right.get(_ONE, using=client, index=self._index)
        if held is None or time.time() - float(held.fresh) < LEASE_SECONDS:
            raise WriterBusy(_BUSY)
        self._right.meta.seq_no = held.meta.seq_no
        self._right.meta.primary_term = held.meta.primary_term
        self._write(client)

    def _write(self, client: Elasticsearch, **how: Any) -> None:
        """Write it, if nobody has since it was written or read here: the client sees to that."""
        self._right.fresh = time.time()
        self._right.save(using=client, index=self._index, **how)
        self._said = time.monotonic()

    def _freshen(self) -> None:
        with contextlib.suppress(*_ANY_FAULT):
            self.keep()

    @contextlib.contextmanager
    def _asking(self) -> Iterator[Elasticsearch]:
        with self._connection.slow() as client:
            try:
                yield client
            except NotFoundError as error:  # let go, or removed, a moment ago
                self._connection.made.discard(self._index)
                raise WriterBusy(_BUSY) from error
            except ConflictError as error:
                raise WriterBusy(_BUSY) from error
