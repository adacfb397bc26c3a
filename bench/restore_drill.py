"""Wipes a hub, restores it from its backup, and compares every row and every file.

    python -m bench.restore_drill [--database postgres://…]

Makes a hub with the demonstration's people, rules, facts and procedures and some media in a folder
of its own; on PostgreSQL in databases of its own on the server that is named. While somebody goes
on writing, a first backup is made; then a second one, which reads only what is new. All is wiped,
the second one restored, and compared; so is the first, which must hold whatever was acknowledged
before it began. Exits with 1 where anything differs.
"""

import argparse
import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOAD = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
from demo.loader import library, people, procedures
people.load(); library.load(); procedures.load()
"""
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'",
    "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
NOTE = (
    "INSERT INTO django_session (session_key, session_data, expire_date) "
    "VALUES ('{}', '', '2030-01-01 00:00:00')"
)


class Place:
    """A data folder with its database, where a hub is or will be."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server = folder, server
        self.kind = "postgres" if server else "sqlite"
        self.name = f"drill_{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        if server:
            self._on_server(f"CREATE DATABASE {self.name} TEMPLATE template0")

    @property
    def address(self) -> str:
        if self.server:
            return urlsplit(self.server)._replace(path=f"/{self.name}").geturl()
        return f"sqlite:///{self.folder}/hub.sqlite3"

    def connect(self) -> closing:
        if not self.server:
            return closing(sqlite3.connect(self.folder / "hub.sqlite3", timeout=60))
        import psycopg

        return closing(psycopg.connect(self.address))

    def run(self, *arguments: str, script: str = "") -> str:
        """Run a command of the hub's, or a script; return what it printed."""
        environment = {
            **os.environ,
            "DATABASE_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "membersnet.settings",
            "EMAIL_URL": "consolemail://",
            "MEMBERSNET_BACKUP_PASSPHRASE": "only for the drill",
            "MEMBERSNET_DATA_DIR": str(self.folder),
            "MEMBERSNET_LOG_LEVEL": "WARNING",
            "MEMBERSNET_SECRET_KEY": "only-for-the-drill-" + "x" * 40,
        }
        what = ["-c", f"import django; django.setup()\n{script}"] if script else ["manage.py"]
        done = subprocess.run(
            [sys.executable, *what, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments) or 'loading'}: {done.stderr[-3000:]}")
        return done.stdout

    def rows(self) -> dict[str, tuple[int, str]]:
        """Return how many rows each table has, and a digest of all that is in them."""
        with self.connect() as connection:
            cursor = connection.cursor()
            names = [row[0] for row in cursor.execute(TABLES[self.kind]).fetchall()]
            found = {}
            for name in names:
                rows = sorted(map(repr, cursor.execute(f'SELECT * FROM "{name}"').fetchall()))
                found[name] = len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return found

    def files(self) -> dict[str, str]:
        """Return the SHA-256 of each media file."""
        media = self.folder / "media"
        return {
            str(path.relative_to(media)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in media.rglob("*")
            if path.is_file()
        }

    def wipe(self) -> None:
        shutil.rmtree(self.folder)
        if self.server:
            self._on_server(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _on_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


class Writer(threading.Thread):
    """Somebody who goes on writing; `acknowledged` has what was committed, in its order."""

    def __init__(self, place: Place) -> None:
        super().__init__(daemon=True)
        self.place, self.acknowledged, self.stopping = place, [], threading.Event()

    def run(self) -> None:
        with self.place.connect() as connection:
            while not self.stopping.is_set():
                key = secrets.token_hex(16)
                connection.execute(NOTE.format(key))
                connection.commit()
                self.acknowledged.append(key)
                time.sleep(0.005)


def lost(place: Place, acknowledged: list[str]) -> int:
    with place.connect() as connection:
        rows = connection.cursor().execute("SELECT session_key FROM django_session").fetchall()
    return len(set(acknowledged) - {row[0] for row in rows})


def differing(before: dict, after: dict) -> int:
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())


def timed(title: str, work: Callable[[], object]) -> object:
    began = time.monotonic()
    result = work()
    print(f"{title:<40} {time.monotonic() - began:6.1f} s", flush=True)
    return result


def drill(folder: Path, server: str) -> int:
    """Run the drill; return how many rows, files and acknowledged writes are not as they were."""
    hub, backups = Place(folder / "hub", server), str(folder / "backups")
    timed("a hub with the demonstration’s rows", lambda: hub.run(script=LOAD))
    for number in range(40):
        path = hub.folder / "media" / "films" / str(number % 7) / f"{number}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secrets.token_bytes(1_000_000 if number % 10 else 10_000_000))
    writer = Writer(hub)
    writer.start()
    while len(writer.acknowledged) < 100:
        time.sleep(0.01)
    acknowledged = list(writer.acknowledged)
    timed("first backup, beside a writer", lambda: hub.run("backup", backups))
    writer.stopping.set()
    writer.join()
    first = min(path.name for path in Path(backups).glob("20*"))
    print(timed("second backup", lambda: hub.run("backup", backups)))
    rows, files = hub.rows(), hub.files()
    hub.wipe()

    place, earlier = Place(folder / "new", server), Place(folder / "earlier", server)
    timed("restoring the second", lambda: place.run("restore", backups))
    timed("restoring the first", lambda: earlier.run("restore", backups, "--backup", first))
    different = {
        "tables that differ": differing(rows, place.rows()),
        "files that differ": differing(files, place.files()),
        "acknowledged writes lost": lost(earlier, acknowledged),
    }
    print(f"{sum(count for count, _digest in rows.values())} rows in {len(rows)} tables")
    print(f"{len(files)} files, {len(acknowledged)} writes acknowledged before the first backup")
    for what, count in different.items():
        print(f"{what:<30} {count}")
    place.wipe()
    earlier.wipe()
    return sum(different.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="a PostgreSQL server; SQLite if left out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="membersnet-drill-") as folder:
        return 1 if drill(Path(folder), options.database) else 0


if __name__ == "__main__":
    sys.exit(main())
