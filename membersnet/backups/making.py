"""Makes a backup while the hub goes on."""

import datetime
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ground.only_one import only_one
from membersnet.backups.folder import BUSY, UNFINISHED, BackupFolder
from membersnet.backups.hub import Hub
from membersnet.backups.manifests import Manifest, StoredFile
from membersnet.backups.media import back_up_files, sealed_path


@dataclass(frozen=True)
class Made:
    """A backup that was made: where, what it holds, how many of its files were new."""

    path: Path
    manifest: Manifest
    new_files: int


def make_backup(hub: Hub, folder: BackupFolder, keys: bytes, now: datetime.datetime) -> Made:
    """Back a hub up into a folder, whole or not at all, and try what was written. `now` is UTC.

    The media are read before the database and once more after it, so that whatever a row names is
    there, also where a file was removed or came into being meanwhile. Raises Refused, OSError.
    """
    with only_one(folder.path, BUSY), only_one(hub.data / "backup", BUSY):
        folder.remove_unfinished()
        with _emptied(hub.data / "backup" / "work") as work:
            try:
                manifest, new = _write(hub, folder, work)
                _write_part(folder, "keys.age", keys)
                _try_out(hub, folder, manifest, new, work)
                _write_part(folder, "manifest.age", manifest.to_json())
                made = folder.finish(now)
            except BaseException:
                folder.remove_unfinished()
                raise
    (hub.data / "backup" / "made").touch()  # for whoever watches: docs/operating.md
    return Made(made, manifest, len(new))


def _write(hub: Hub, folder: BackupFolder, work: Path) -> tuple[Manifest, set[str]]:
    names = folder.names()
    files = folder.manifest(names[-1]).files if names else {}
    held: dict[str, StoredFile] = {}
    new: set[str] = set()

    def read_media(before: dict[str, StoredFile]) -> None:
        for name, file, is_new in back_up_files(hub.storage, folder.files, folder.seal, before):
            held[name] = file
            if is_new:
                new.add(name)

    read_media(files)
    with hub.database.copy(work) as (stream, snapshot):
        part = folder.seal.close(stream, folder.path / UNFINISHED / "database.age")
    read_media(dict(held))
    return Manifest(hub.database.vendor, part, snapshot, held), new


def _try_out(hub: Hub, folder: BackupFolder, manifest: Manifest, new: set[str], work: Path) -> None:
    """Open again what was just written, and restore the database into an empty place."""
    for name in new:
        file = manifest.files[name]
        folder.seal.check(sealed_path(folder.files, folder.seal, file.sha256), file.part)
    sealed = folder.path / UNFINISHED / "database.age"
    pour = partial(folder.seal.check, sealed, manifest.database)
    hub.database.try_out(pour, manifest.snapshot, work)


def _write_part(folder: BackupFolder, name: str, data: bytes) -> None:
    folder.seal.close(io.BytesIO(data), folder.path / UNFINISHED / name)


@contextmanager
def _emptied(work: Path) -> Iterator[Path]:
    """Give an empty folder, readable by its owner alone, and remove it with all that is in it."""
    shutil.rmtree(work, ignore_errors=True)  # of a backup that was killed
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
