"""What spares pages the wait for a cluster that has just failed."""

import threading
import time
from collections.abc import Callable

from search.engines.engine import EngineUnavailable


class Breaker:
    """After a failure all are refused at once for some seconds; then one may try for all.

    Safe to share between threads.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._refusing_until = 0.0
        self._reason = ""

    def check(self) -> None:
        """Raise `EngineUnavailable`, with the reason of the failure, where it is too early."""
        with self._lock:
            if not self._reason:
                return
            now = self._clock()
            if now < self._refusing_until:
                raise EngineUnavailable(self._reason)
            self._refusing_until = now + self.seconds  # the others wait for what this one meets

    def failed(self, reason: str) -> None:
        with self._lock:
            self._reason = reason
            self._refusing_until = self._clock() + self.seconds

    def answered(self) -> None:
        self._reason = ""
