"""The database as a stream: copied while the hub goes on, and put into an empty place.

What is SQLite's is in `sqlite_files`, what is PostgreSQL's in `postgres`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ground.refusals import Refused
from membersnet.backups.manifests import Snapshot, differing_tables
from membersnet.backups.sealing import Pour


class Database(ABC):
    """A database of one kind."""

    vendor: str
    place: str  # its name in a sentence

    @abstractmethod
    @contextmanager
    def copy(self, work: Path) -> Iterator[tuple[BinaryIO, Snapshot]]:
        """Give all that is in the database at one moment, as a stream, and what it counts.

        `work` is a folder for what is in between. Raises Refused, also after the stream's end.
        """

    @abstractmethod
    def is_empty(self) -> bool:
        """Say whether there is no table."""

    @abstractmethod
    def restore(self, pour: Pour, snapshot: Snapshot) -> None:
        """Fill the empty database, whole or not at all. Raises Refused, OSError."""

    @abstractmethod
    def try_out(self, pour: Pour, snapshot: Snapshot, work: Path) -> None:
        """Restore into an empty place beside, compare, and remove it. Raises Refused, OSError."""


def refuse_other_rows(snapshot: Snapshot, rows: dict[str, int]) -> None:
    """Raise Refused where what was restored has other numbers of rows than what was copied."""
    if tables := differing_tables(snapshot.rows, rows):
        raise Refused(
            f"What the backup holds is not what was copied: the table {tables[0]} has "
            f"{rows.get(tables[0], 0)} rows, not {snapshot.rows[tables[0]]}. "
            "The backup cannot be used; take another one."
        )
