"""An SQLite file, copied by SQLite's online backup: what is in its write-ahead log comes along."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from ground.refusals import Refused
from membersnet.backups.databases import Database, refuse_other_rows
from membersnet.backups.manifests import Snapshot
from membersnet.backups.sealing import Pour, flush_folder, write_whole

BUSY = 60.0  # seconds to wait for somebody else's lock
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


class SqliteFile(Database):
    """The database in one file."""

    vendor = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path, self.place = path, str(path)

    @contextmanager
    def copy(self, work: Path) -> Iterator[tuple[BinaryIO, Snapshot]]:
        copied = work / "copy.sqlite3"
        try:
            with _opened(self.path, "rw") as source, closing(sqlite3.connect(copied)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            raise _trouble(error, f"The database {self.path} could not be copied") from error
        snapshot = inspect(copied)
        with copied.open("rb") as file:
            yield file, snapshot

    def is_empty(self) -> bool:
        if not self.path.exists():
            return True
        try:
            with _opened(self.path, "rw") as file:
                return file.execute(TABLES).fetchone() is None
        except sqlite3.Error:
            return False  # whatever it is, it is somebody's

    def restore(self, pour: Pour, snapshot: Snapshot) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self.path.with_name(f"{self.path.name}.restoring")
        try:
            write_whole(unfinished, pour)
            refuse_other_rows(snapshot, inspect(unfinished).rows)
            for log in ("-wal", "-shm"):  # of an empty file that stood here: not this one's
                self.path.with_name(self.path.name + log).unlink(missing_ok=True)
            unfinished.replace(self.path)
            flush_folder(self.path.parent)
        finally:
            unfinished.unlink(missing_ok=True)

    def try_out(self, pour: Pour, snapshot: Snapshot, work: Path) -> None:
        SqliteFile(work / "tried.sqlite3").restore(pour, snapshot)


def inspect(path: Path) -> Snapshot:
    """Count a file's rows by table. Raises Refused where SQLite finds the file damaged."""
    try:
        with _opened(path, "ro&immutable=1") as file:  # without a log beside it
            found = [row[0] for row in file.execute("PRAGMA integrity_check(1)")]
            if found != ["ok"]:
                raise Refused(f"The database is damaged ({found[0]}). No backup was made of it.")
            tables = [row[0] for row in file.execute(TABLES)]
            count = 'SELECT COUNT(*) FROM "{}"'
            rows = {name: file.execute(count.format(name)).fetchone()[0] for name in tables}
            applied = file.execute("SELECT app, name FROM django_migrations").fetchall()
    except sqlite3.Error as error:
        raise _trouble(error, "The copied database could not be read") from error
    return Snapshot(rows, tuple(sorted(applied)))


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", BUSY, uri=True)) as file:
        yield file


def _trouble(error: sqlite3.Error, what: str) -> Refused:
    return Refused(f"{what}: {error}. Nothing was changed.")
