"""What there is to back up in this hub, by its settings."""

import io
import os
import shlex
import tarfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from ground.refusals import Refused
from membersnet.backups.databases import Database
from membersnet.backups.postgres import PostgresDatabase
from membersnet.backups.sqlite_files import SqliteFile

PASSPHRASE = "MEMBERSNET_BACKUP_PASSPHRASE"  # noqa: S105  a variable's name
SHORTEST = 12  # characters of a passphrase
# Variables of the environment that the hub's settings read, secrets among them.
SETTINGS = ("MEMBERSNET_", "DATABASE_URL", "EMAIL_URL", "AWS_")


@dataclass(frozen=True)
class Hub:
    """Where a hub keeps what must not be lost."""

    database: Database
    storage: Storage
    data: Path  # the folder for what is in between


def this_hub() -> Hub:
    """Return the hub that the settings describe. Raises Refused for another kind of database."""
    given = connections[DEFAULT_DB_ALIAS].settings_dict
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    database: Database
    if vendor == "sqlite":
        database = SqliteFile(Path(given["NAME"]))
    elif vendor == "postgresql":
        database = PostgresDatabase(given)
    else:
        raise Refused(f"Backups are for SQLite and PostgreSQL, not for {vendor}.")
    return Hub(database, default_storage, settings.DATA_DIR)


def passphrase() -> str:
    """Return the passphrase from the environment, or from the file that it names. Raises Refused.

    Never from an argument: every user of a machine can read those.
    """
    found = os.environ.get(PASSPHRASE, "")
    if path := os.environ.get(f"{PASSPHRASE}_FILE", ""):
        try:
            found = Path(path).read_text(encoding="utf-8").strip("\r\n")
        except (OSError, ValueError) as error:
            raise Refused(f"The passphrase cannot be read from {path}: {error}.") from error
    if len(found) < SHORTEST:
        raise Refused(
            f"Set {PASSPHRASE}, or {PASSPHRASE}_FILE to the path of a file that holds it, to a "
            f"passphrase of at least {SHORTEST} characters. Nothing was changed."
        )
    return found


def known_migrations() -> set[tuple[str, str]]:
    """Return every migration that this version of the hub has, as (app, name)."""
    return set(MigrationLoader(None).disk_migrations)


def packed_keys() -> bytes:
    """Return the secret key, the settings of this process and the key folder, as a tar archive."""
    named = {name: value for name, value in os.environ.items() if name.startswith(SETTINGS)}
    named["MEMBERSNET_SECRET_KEY"] = settings.SECRET_KEY
    lines = [
        f"{name}={shlex.quote(value)}\n"
        for name, value in sorted(named.items())
        if not name.startswith(PASSPHRASE)
    ]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        _add(archive, "environment", "".join(lines).encode())
        for path in sorted((settings.DATA_DIR / "keys").glob("*")):
            _add(archive, f"keys/{path.name}", path.read_bytes())
    return packed.getvalue()


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    archive.addfile(entry, io.BytesIO(data))


def unpack_keys(data: bytes, folder: Path) -> None:
    """Write packed keys into a folder, readable by its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")
