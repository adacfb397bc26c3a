"""Restores a backup into an empty place, whole or not at all, or tries whether it would."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ground.only_one import only_one
from ground.refusals import Refused
from membersnet.backups import media
from membersnet.backups.folder import BackupFolder
from membersnet.backups.hub import Hub, known_migrations, unpack_keys
from membersnet.backups.manifests import Manifest, refuse_newer
from membersnet.backups.sealing import write_whole

BUSY = "Another restore is going on just now. This one was not begun, and nothing was changed."


@dataclass(frozen=True)
class Opened:
    """A backup that was chosen and found whole."""

    folder: BackupFolder
    name: str
    manifest: Manifest
    keys: bytes

    @property
    def path(self) -> Path:
        return self.folder.path / self.name


def open_backup(hub: Hub, folder: BackupFolder, name: str = "") -> Opened:
    """Open a folder's newest backup, or the one named, and read all of it. Raises Refused, OSError.

    Nothing is written. What is missing, altered, cut or of a newer version is refused.
    """
    names = folder.names()
    if not names or (name and name not in names):
        there = ", ".join(names) or "none"
        raise Refused(f"There is no whole backup {name} in {folder.path}. There are: {there}.")
    chosen = name or names[-1]
    manifest = folder.manifest(chosen)
    refuse_newer(manifest, known_migrations())
    if manifest.vendor != hub.database.vendor:
        raise Refused(
            f"This backup holds a database of {manifest.vendor}, and DATABASE_URL names one of "
            f"{hub.database.vendor}. Nothing was changed."
        )
    folder.seal.check(folder.path / chosen / "database.age", manifest.database)
    for file in manifest.files.values():
        sealed = media.sealed_path(folder.files, folder.seal, file.sha256)
        folder.seal.check(sealed, file.part)
    keys = folder.small_part(chosen, "keys.age")
    return Opened(folder, chosen, manifest, keys)


def restore_backup(hub: Hub, backup: Opened) -> None:
    """Fill an empty hub: media first, the database last, for nothing is a hub without it.

    A restore that was killed is begun again with the same command: its mark says that the media
    that are there are its own. Raises Refused, OSError.
    """
    with only_one(hub.data / "restore", BUSY):
        mark = hub.data / "restore" / "unfinished"
        _refuse_full(hub, going_on=mark.exists())
        write_whole(mark, lambda file: file.write(backup.name.encode()))
        written: list[str] = []
        try:
            for name, file in backup.manifest.files.items():
                written.append(name)
                media.restore_file(hub.storage, name, file, backup.folder.files, backup.folder.seal)
            sealed = backup.path / "database.age"
            pour = partial(backup.folder.seal.check, sealed, backup.manifest.database)
            hub.database.restore(pour, backup.manifest.snapshot)
        except BaseException:
            for name in written:
                hub.storage.delete(name)
            mark.unlink(missing_ok=True)
            raise
        mark.unlink()
    unpack_keys(backup.keys, hub.data / "restored")


def _refuse_full(hub: Hub, *, going_on: bool) -> None:
    if not hub.database.is_empty():
        full = f"There are tables in {hub.database.place}"
    elif not going_on and not media.is_empty(hub.storage):
        full = "There are files in the media storage"
    else:
        return
    raise Refused(
        f"{full}, and a backup is restored into an empty place only. Nothing was changed. Set "
        "MEMBERSNET_DATA_DIR (and DATABASE_URL, MEMBERSNET_STORAGE) to empty ones, or move away "
        "what is there."
    )


def try_out(hub: Hub, backup: Opened) -> None:
    """Restore an opened backup's database into an empty place beside, and remove it again.

    Raises Refused, OSError.
    """
    with only_one(hub.data / "restore", BUSY), TemporaryDirectory(dir=hub.data / "restore") as work:
        sealed = backup.path / "database.age"
        pour = partial(backup.folder.seal.check, sealed, backup.manifest.database)
        hub.database.try_out(pour, backup.manifest.snapshot, Path(work))
