"""A database with every table, made once for each state of the models and copied after that.

Wagtail's and our migrations take longer than most files of tests. The first process of the first
run makes them; what comes out is kept outside the tree (SQLite) or in the server itself
(PostgreSQL), under a name that is a digest of all that it was made from.
"""

import fcntl
import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# Migrations make the tables; models, apps and settings decide which permissions are made with them.
MADE_FROM = (
    "**/migrations/*.py",
    "**/models.py",
    "**/models/**/*.py",
    "**/apps.py",
    "membersnet/settings.py",
    "requirements/*.txt",
)
KEPT = 8  # states of the models whose databases are kept


def cache() -> Path:
    """Return the folder, outside the tree, for what the tests make once and copy."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "membersnet" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Let one process of this machine at a time be in the block of a name."""
    with (cache() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest_of(*patterns: str) -> str:
    """Return a short digest of the names and contents of files below the root."""
    digest = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    rooms = [path for path in sorted(ROOT.iterdir()) if path.name[0] != "." and path.name != "var"]
    for pattern in patterns:
        first, _slash, rest = pattern.partition("/")
        folders = rooms if first == "**" else [ROOT / first]
        for folder in folders:
            for path in sorted(folder.glob(pattern if first == "**" else rest)):
                if path.is_file() and "__pycache__" not in path.parts:
                    digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def forget_old(pattern: str) -> None:
    """Delete all but the latest of what is kept under names of a pattern."""
    newest_first = sorted(cache().glob(pattern), key=lambda path: -path.stat().st_mtime)
    for path in newest_first[KEPT:]:
        path.unlink(missing_ok=True)


def give_own_database() -> None:
    """Connect this process to a database of its own with every table in it."""
    with alone("databases"):
        if connection.vendor == "sqlite":
            _copy_from_file(cache() / f"{digest_of(*MADE_FROM)}.sqlite3")
        else:
            _copy_from_server(f"membersnet_{digest_of(*MADE_FROM)}")


def _copy_from_file(template: Path) -> None:
    if not template.exists():
        _migrate()
        unfinished = template.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(unfinished)) as file:
            connection.connection.backup(file)
        unfinished.rename(template)
        forget_old("*.sqlite3")
        return
    template.touch()
    _use(connection.creation._create_test_db(verbosity=0, autoclobber=True))
    connection.ensure_connection()
    restore(template)


def restore(template: Path) -> None:
    """Make this process's database what a file holds."""
    with closing(sqlite3.connect(f"file:{template}?mode=ro", uri=True)) as file:
        file.backup(connection.connection)


def _copy_from_server(template: str) -> None:
    test = connection.settings_dict["TEST"]
    name = test["NAME"]
    if not _exists(template):
        test["NAME"] = f"{template}_unfinished"
        before = connection.settings_dict["NAME"]
        _migrate()
        connection.close()
        _use(before)
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {template}_unfinished RENAME TO {template}")
    test["NAME"], test["TEMPLATE"] = name, template
    connection.creation._create_test_db(verbosity=0, autoclobber=True)
    _use(connection.creation._get_test_db_name())


def _exists(name: str) -> bool:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _migrate() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
