"""Requests that can be cut off from another thread, whatever the other side sends or does not.

A timeout of the client is for each read: who sends a byte now and then is never late. So each call
keeps a second handle of its sockets; shutting one down ends the read that waits for it. And no
answer is longer than `MOST_BYTES`.
"""

import http.client
import os
import socket
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from elastic_transport import Urllib3HttpNode
from urllib3.connection import HTTPConnection, HTTPSConnection

MOST_BYTES = 64_000_000  # of one answer; a page is answered by some hundred thousand
_of_thread = threading.local()

Result = TypeVar("Result")


class Call(Generic[Result]):
    """Something that runs in a thread of its own, and is over when it is cut off.

    The thread keeps no process from ending. `done` is called when it is over, even where it was
    cut off long before.
    """

    def __init__(self, work: Callable[[], Result], done: Callable[[], object]) -> None:
        self._work, self._done = work, done
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._is_cut = False
        self._over = threading.Event()
        self._fault: BaseException | None = None
        self._answer: list[Result] = []
        threading.Thread(target=self._run, name="search-cluster", daemon=True).start()

    def answer(self, seconds: float) -> Result:
        """Return what the work returns, or raise what it raises.

        Raises TimeoutError after so many seconds, and lets nothing go on.
        """
        if not self._over.wait(seconds):
            self._cut()
            raise TimeoutError
        if self._fault is not None:
            raise self._fault
        return self._answer[0]

    def hold(self, connected: socket.socket) -> None:
        """Keep a handle of a socket that this call uses. Raises TimeoutError where it was cut."""
        with self._lock:
            if self._is_cut:
                connected.close()
                raise TimeoutError
            self._sockets.append(socket.socket(fileno=os.dup(connected.fileno())))

    def _run(self) -> None:
        _of_thread.call = self
        try:
            self._answer.append(self._work())
        except BaseException as error:
            self._fault = error
        finally:
            with self._lock:
                for held in self._sockets:
                    held.close()
                self._sockets.clear()
            self._done()
            self._over.set()

    def _cut(self) -> None:
        with self._lock:
            self._is_cut = True
            for held in self._sockets:
                try:
                    held.shutdown(socket.SHUT_RDWR)
                except OSError:  # it is closed already
                    continue


class _BoundedResponse(http.client.HTTPResponse):
    """An answer of at most `MOST_BYTES`, and not packed: what is packed may be of any size."""

    def begin(self) -> None:
        super().begin()
        if self.headers.get("Content-Encoding"):
            raise http.client.HTTPException("The answer is packed, which was not asked for.")

    def read(self, amt: int | None = None) -> bytes:
        if amt is not None:
            return super().read(amt)
        parts, left = [], MOST_BYTES
        while part := super().read(min(left + 1, 1 << 20)):
            parts.append(part)
            left -= len(part)
            if left < 0:
                raise http.client.HTTPException("The answer is too long.")
        if self.length:  # it broke off
            raise http.client.IncompleteRead(b"", self.length)
        return b"".join(parts)


class _Cuttable:
    """A connection that tells the call of its thread which socket it uses."""

    response_class: Any = _BoundedResponse
    sock: Any

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()  # type: ignore[misc]  # a mixin
        _hold(connected)
        return connected

    def request(self, *args: Any, **values: Any) -> None:
        if self.sock is not None:
            _hold(self.sock)
        super().request(*args, **values)  # type: ignore[misc]  # the same


def _hold(connected: socket.socket) -> None:
    call: Call[Any] | None = getattr(_of_thread, "call", None)
    if call:
        call.hold(connected)


class _Plain(_Cuttable, HTTPConnection):
    pass


class _Secure(_Cuttable, HTTPSConnection):
    pass


class CuttableNode(Urllib3HttpNode):
    """A host of the cluster whose connections are cut with the call that uses them."""

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.pool.ConnectionCls = _Secure if config.scheme == "https" else _Plain
