"""Django's SQLite, which goes on reading where nothing can be written: docs/full-disk.md says how.

Django asks a database engine to have this file name.
"""

import sqlite3
import time
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A database in one file, with a write-ahead log."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect; where the log cannot be opened, read the file alone if all is in it.

        Raises sqlite3.OperationalError where the log holds something that nobody could read.
        """
        path = Path(conn_params["database"])
        if is_no_file(path):
            return super().get_new_connection(conn_params)
        try:
            return self._connect(conn_params)
        except sqlite3.OperationalError:
            if not _size(path) or _size(log_of(path)):
                raise
        alone = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self.close_at = time.monotonic()  # after this request: there may be room by then
        return super().get_new_connection({**conn_params, "database": alone})

    def _connect(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        try:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()  # opens the log
            if mode != "wal":  # once: the file remembers it
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            connection.close()
            raise
        return connection


def is_no_file(path: Path) -> bool:
    """Say whether a database's name stands for memory, or is an address."""
    return str(path).startswith((":memory:", "file:"))


def log_of(path: Path) -> Path:
    """Return the write-ahead log that lies beside a database."""
    return path.with_name(f"{path.name}-wal")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
