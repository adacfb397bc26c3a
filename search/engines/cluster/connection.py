"""The way to the cluster: how long it may take, and what is said where it does not answer."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from elasticsearch import Elasticsearch

from search.engines.cluster.address import Address
from search.engines.cluster.breaker import Breaker
from search.engines.cluster.deadlines import Call, CuttableNode
from search.engines.cluster.faults import (
    TOO_SLOW,
    RequestRejected,
    TooSlow,
    answers_read,
    faults_told,
)
from search.engines.engine import EngineUnavailable, IndexMissing

WRITE_SECONDS = 30.0  # for one request that changes something
PING_SECONDS = 0.15  # of a question's time, to see whether the cluster or the question is slow
REFUSING_SECONDS = 5.0  # in which nobody asks after a failure
READERS = 32  # questions of one process on their way at once

Result = TypeVar("Result")


class Connection:
    """A client of one cluster for all threads of this process."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.breaker = Breaker(REFUSING_SECONDS)
        self.made: set[str] = set()  # indices that were seen to, so that nobody looks again
        self._client = _client(address)
        self._free = threading.BoundedSemaphore(READERS)
        self._asked = threading.local()

    @contextlib.contextmanager
    def one_question(self) -> Iterator[None]:
        """All that this thread reads inside must be there within `address.seconds` of now."""
        outer = getattr(self._asked, "deadline", None)
        self._asked.deadline = outer or time.monotonic() + self.address.seconds
        try:
            yield
        finally:
            self._asked.deadline = outer

    def read(self, call: Callable[[Elasticsearch], Result]) -> Result:
        """Return what a call finds out, or raise within the time: nothing may hold up a page.

        It runs in a thread apart: a resolver of names or a slow drip of bytes heeds no timeout.
        A question that is given up says nothing of the cluster, it may be a dear one: nobody else
        is kept from asking while a small one is answered. Raises `IndexMissing` and
        `EngineUnavailable`.
        """
        self.breaker.check()
        with self.one_question():
            try:
                answer = self._in_time(call, self._left(kept=self._ping_seconds))
            except (IndexMissing, RequestRejected):
                self.breaker.answered()
                raise
            except TooSlow as error:
                if self._is_alive():
                    self.breaker.answered()
                else:
                    self.breaker.failed(str(error))
                raise
            except EngineUnavailable as error:
                self.breaker.failed(str(error))
                raise
        self.breaker.answered()
        return answer

    @property
    def _ping_seconds(self) -> float:
        return min(PING_SECONDS, self.address.seconds / 4)

    def _left(self, kept: float = 0.0) -> float:
        """Return the seconds of this question that are left, without those kept for a ping."""
        return float(max(0.001, self._asked.deadline - kept - time.monotonic()))

    def _is_alive(self) -> bool:
        """Say whether the cluster answers at all, be it that it tells the hub nothing."""
        try:
            self._in_time(_ping, self._left())
        except (EngineUnavailable, IndexMissing):
            return False
        return True

    def _in_time(self, call: Callable[[Elasticsearch], Result], seconds: float) -> Result:
        until = time.monotonic() + seconds
        with faults_told(self.address.told), answers_read(self.address.told):
            if not self._free.acquire(timeout=seconds):
                raise TooSlow(TOO_SLOW.format(self.address.told))
            left = max(0.001, until - time.monotonic())
            client = self._client.options(request_timeout=left)
            try:
                return Call(lambda: call(client), self._free.release).answer(left)
            except TimeoutError as error:
                raise TooSlow(TOO_SLOW.format(self.address.told)) from error

    @contextlib.contextmanager
    def slow(self) -> Iterator[Elasticsearch]:
        """Give a client that takes its time, for what is no page: changes and whole indexes.

        Raises `IndexMissing` and `EngineUnavailable`; ValueError for a document that is none.
        """
        with faults_told(self.address.told):
            yield self._client.options(request_timeout=WRITE_SECONDS)


def _client(address: Address) -> Elasticsearch:
    """Return a client that tries each host once, and whose log holds faults of its own only."""
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)  # else a line for each request
    values: dict[str, Any] = {"max_retries": len(address.hosts) - 1, "retry_on_timeout": False}
    if address.user:
        values["basic_auth"] = (address.user, address.password)
    if address.ca:
        values["ca_certs"] = address.ca
    values |= {"node_class": CuttableNode, "connections_per_node": READERS}
    return Elasticsearch(list(address.hosts), **values)


def _ping(client: Elasticsearch) -> object:
    return client.options(ignore_status=(401, 403, 404)).info()
