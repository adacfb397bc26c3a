"""Who has asked the same today: in this process's memory for a day, and written nowhere.

A question counts once a day for one person, so that nobody makes it look often asked alone. Of
person and question only a hash is held, under a random key that is thrown away when the day ends.
"""

import datetime
import secrets
import time
from collections import Counter, OrderedDict
from hashlib import blake2b
from threading import Lock

MOST_HELD = 50_000  # about 8 MB; beyond that the oldest are forgotten
MOST_A_MINUTE = 30  # questions of one person; nobody reads faster


class AskedToday:
    """Says of each question whether it counts. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Forget everybody."""
        self._day: datetime.date | None = None
        self._minute = 0
        self._key = secrets.token_bytes(32)
        self._held: OrderedDict[bytes, None] = OrderedDict()
        self._this_minute: Counter[bytes] = Counter()

    def is_new(self, asker: str, question: str, *, today: datetime.date) -> bool:
        """Say whether this person asks it for the first time today, and not too many a minute."""
        with self._lock:
            self._turn_over(today)
            person = self._hashed(asker)
            self._this_minute[person] += 1
            if self._this_minute[person] > MOST_A_MINUTE:
                return False
            asked = self._hashed(asker, question)
            if asked in self._held:
                return False
            self._held[asked] = None
            if len(self._held) > MOST_HELD:
                self._held.popitem(last=False)
            return True

    def _turn_over(self, today: datetime.date) -> None:
        if today != self._day:
            self.forget()
            self._day = today
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute = minute
            self._this_minute.clear()

    def _hashed(self, *parts: str) -> bytes:
        told = "\0".join(parts).encode("utf-8", "surrogatepass")
        return blake2b(told, key=self._key, digest_size=16).digest()


asked_today = AskedToday()
