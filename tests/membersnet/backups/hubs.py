"""A small hub: a database with a few rows that are still in its write-ahead log, and media."""

import datetime
import io
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from membersnet.backups.folder import BackupFolder
from membersnet.backups.hub import Hub
from membersnet.backups.restoring import open_backup, restore_backup
from membersnet.backups.sealing import Seal
from membersnet.backups.sqlite_files import SqliteFile

NOW = datetime.datetime(2026, 12, 1, 2, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=1)
FILES = {
    "originals/film.mp4": b"film" * 50_000,
    "films/a/360p.mp4": b"rung" * 50_000,
    "images/badge.png": b"a picture",
    "images/same.png": b"a picture",
}


def empty_hub(folder: Path) -> Hub:
    folder.mkdir(parents=True, exist_ok=True)
    return Hub(SqliteFile(folder / "hub.sqlite3"), FileSystemStorage(folder / "media"), folder)


def small_hub(folder: Path) -> Hub:
    hub = empty_hub(folder)
    with closing(sqlite3.connect(hub.database.path)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE member (email TEXT)")
        file.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        file.execute("INSERT INTO django_migrations VALUES ('party', '0001_people_places_notices')")
        file.executemany("INSERT INTO member VALUES (?)", [("ada@x.example",), ("ben@x.example",)])
        file.commit()
    for name, data in FILES.items():
        hub.storage.save(name, ContentFile(data))
    return hub


def members(hub: Hub) -> list[str]:
    with closing(sqlite3.connect(hub.database.path)) as file:
        return [email for (email,) in file.execute("SELECT email FROM member ORDER BY 1")]


def stored(hub: Hub) -> dict[str, bytes]:
    root = Path(hub.storage.location)
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def backup_folder(path: Path) -> BackupFolder:
    """A folder without its passphrase, whose derivation takes a second: its own key alone."""
    path.mkdir(parents=True, exist_ok=True)
    return BackupFolder(path, Seal.make())


def restored(folder: BackupFolder, path: Path, name: str = "") -> Hub:
    """A new hub, filled from the newest backup or the one named."""
    hub = empty_hub(path)
    restore_backup(hub, open_backup(hub, folder, name))
    return hub


def left_in(path: Path) -> list[str]:
    """What a backup folder holds beside its media files."""
    return sorted(
        str(file.relative_to(path))
        for file in path.rglob("*")
        if file.is_file() and file.name != "lock" and "files" not in file.parts
    )


def packed(name: str = "", data: bytes = b"") -> bytes:
    """Keys as they are packed, here one file of them or none."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        if name:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return archive.getvalue()


NO_KEYS = packed()
