"""A PostgreSQL database, copied by pg_dump and put back by pg_restore."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.db.backends.postgresql.client import DatabaseClient

from ground.refusals import Refused
from membersnet.backups.databases import Database, refuse_other_rows
from membersnet.backups.manifests import Snapshot
from membersnet.backups.sealing import Pour

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
OWNERLESS = ("--no-owner", "--no-privileges")  # the roles of another server are not this one's


class PostgresDatabase(Database):
    """The database that Django's settings name."""

    vendor = "postgresql"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.place = f"the PostgreSQL database {settings['NAME']}"

    @contextmanager
    def copy(self, work: Path) -> Iterator[tuple[BinaryIO, Snapshot]]:
        with self._connected() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            moment = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            snapshot = _inspect(connection)
            dump = ("--format=custom", f"--snapshot={moment}", *OWNERLESS)
            with self._program("pg_dump", *dump, stdout=subprocess.PIPE) as process:
                yield cast(BinaryIO, process.stdout), snapshot

    def is_empty(self) -> bool:
        with self._connected() as connection:
            return connection.execute(TABLES).fetchone() is None

    def restore(self, pour: Pour, snapshot: Snapshot) -> None:
        options = ("--single-transaction", "--exit-on-error", *OWNERLESS, "--dbname")
        with self._program("pg_restore", *options, stdin=subprocess.PIPE) as process:
            _pour(pour, process)
        with self._connected() as connection:
            refuse_other_rows(snapshot, _inspect(connection).rows)

    def try_out(self, pour: Pour, snapshot: Snapshot, work: Path) -> None:
        """Restore into a database beside; where none may be made, have pg_restore read it all."""
        import psycopg

        beside = PostgresDatabase(
            {**self.settings, "NAME": f"{self.settings['NAME']}_backup_{os.getpid()}"}
        )
        try:
            self._execute(f'CREATE DATABASE "{beside.settings["NAME"]}" TEMPLATE template0')
        except psycopg.errors.InsufficientPrivilege:
            with self._program("pg_restore", "--file=/dev/null", stdin=subprocess.PIPE) as process:
                _pour(pour, process)
            return
        try:
            beside.restore(pour, snapshot)
        finally:
            self._execute(f'DROP DATABASE IF EXISTS "{beside.settings["NAME"]}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with self._connected() as connection:
            connection.execute(statement)

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        import psycopg
        from django.db.backends.postgresql.base import DatabaseWrapper

        params = DatabaseWrapper(self.settings).get_connection_params()
        try:
            connection = psycopg.connect(**params, autocommit=True)
        except psycopg.OperationalError as error:
            raise Refused(f"{self.place} does not answer: {error}. Nothing was changed.") from error
        with connection:
            yield connection

    @contextmanager
    def _program(self, name: str, *options: str, **pipes: Any) -> Iterator[subprocess.Popen[bytes]]:
        """Run a PostgreSQL program. Raises Refused with what it said where it fails."""
        (_psql, *where), secrets = DatabaseClient.settings_to_cmd_args_env(self.settings, [])
        # pg_restore to a file takes no database, and to one by an option of its own.
        database = [] if "--file=/dev/null" in options else where[-1:]
        reach = [] if not database else where[:-1]
        command = [name, *reach, *options, *database]
        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(  # noqa: S603  a fixed program, names from our settings
                    command, env={**os.environ, **(secrets or {})}, stderr=said, **pipes
                )
            except FileNotFoundError as error:
                raise Refused(
                    f"The program {name} is not installed here. Nothing was changed. Install "
                    "PostgreSQL's client programs (Debian: postgresql-client)."
                ) from error
            try:
                yield process
                ended = process.wait()
            except BaseException:
                process.kill()
                process.wait()
                raise
            finally:
                for pipe in (process.stdin, process.stdout):
                    if pipe:
                        _close(pipe)
            if ended:
                said.seek(0)
                reason = said.read().decode(errors="replace").strip()
                raise Refused(f"{name} failed, so nothing was changed. It says: {reason}")


def _pour(pour: Pour, process: subprocess.Popen[bytes]) -> None:
    """Pour into a program's input; where it ended early, its own reason is the one to tell."""
    stream = cast(BinaryIO, process.stdin)
    try:
        pour(stream)
        stream.close()
    except BrokenPipeError:
        process.wait()


def _close(pipe: Any) -> None:
    with suppress(BrokenPipeError):
        pipe.close()


def _inspect(connection: Any) -> Snapshot:
    names = [row[0] for row in connection.execute(TABLES)]
    count = 'SELECT COUNT(*) FROM "{}"'
    rows = {name: connection.execute(count.format(name)).fetchone()[0] for name in names}
    applied = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    return Snapshot(rows, tuple(sorted(applied)))
