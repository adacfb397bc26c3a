"""Something done every few seconds, beside work that takes longer. Pure: no Django, no rows."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self


def _nothing() -> None:
    pass


class Heartbeat:
    """Calls `beat` every `every` seconds from a thread of its own, while a `with` block runs.

    `beat` must not raise. `closing` is called in the thread when it ends. In the end a beat under
    way is waited for, `patience` seconds at most; None is for ever.
    """

    def __init__(
        self,
        beat: Callable[[], None],
        *,
        every: float,
        name: str = "heartbeat",
        closing: Callable[[], None] = _nothing,
        patience: float | None = 5.0,
    ) -> None:
        self._beat, self._every, self._closing, self._patience = beat, every, closing, patience
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name=name)

    @property
    def is_over(self) -> bool:
        """Whether the block has ended: what is found out now does not matter any more."""
        return self._over.is_set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(timeout=self._patience)

    def _run(self) -> None:
        try:
            while not self._over.wait(self._every):
                self._beat()
        finally:
            self._closing()
