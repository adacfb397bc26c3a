"""A backup folder: what lies where, who may write in it now, and which backups in it are whole.

README.txt                    what this is, and how to open it without the hub
identity.age                  the folder's own key, sealed with the passphrase
files/ab/abcd….age            media files, each once, whatever number of backups hold it
2026-12-01T02-00-00Z/         one backup; the folder gets this name when all of it is written
    database.age manifest.age keys.age
"""

import datetime
import io
import shutil
from pathlib import Path

from ground.only_one import only_one
from ground.refusals import Refused
from membersnet.backups.manifests import Manifest, read_manifest
from membersnet.backups.sealing import (
    Seal,
    flush_folder,
    open_with_passphrase,
    seal_with_passphrase,
    write_whole,
)

UNFINISHED = "unfinished"
BUSY = "Another backup is being made just now. This one was not begun, and nothing was changed."
README = """A backup of Membersnet's learning hub, encrypted.

Restore it with the hub:      python manage.py restore THIS-FOLDER
Open it without (age 1.0):    age -d identity.age > identity      (asks for the passphrase)
                              age -d -i identity 2026-…/database.age > database
                              age -d -i identity 2026-…/manifest.age > manifest.json
                              age -d -i identity 2026-…/keys.age | tar x

Without the passphrase nobody can open it. Keep the passphrase somewhere else.
"""


class BackupFolder:
    """A folder of backups, opened with its passphrase."""

    def __init__(self, path: Path, seal: Seal) -> None:
        self.path, self.seal = path, seal
        self.files = path / "files"

    @classmethod
    def begin(cls, path: Path, passphrase: str) -> "BackupFolder":
        """Open a folder for writing, and make it one where it is empty. Raises Refused, OSError."""
        with only_one(path, BUSY):
            if not (path / "identity.age").exists():
                cls._make(path, passphrase)
        return cls.open(path, passphrase)

    @staticmethod
    def _make(path: Path, passphrase: str) -> None:
        foreign = [item.name for item in path.iterdir() if item.name not in {"lock", "lost+found"}]
        if [name for name in foreign if not name.startswith(("identity.age", "README.txt"))]:
            raise Refused(
                f"{path} holds other things ({foreign[0]}) and no backups. Nothing was changed. "
                "Take an empty folder, or one that backups were made in."
            )
        write_whole(path / "README.txt", lambda file: file.write(README.encode()))
        seal_with_passphrase(Seal.make().identity, passphrase, path / "identity.age")

    @classmethod
    def open(cls, path: Path, passphrase: str) -> "BackupFolder":
        """Open a folder for reading. Raises Refused, OSError."""
        sealed = path / "identity.age"
        if not sealed.is_file():
            raise Refused(f"There are no backups in {path}. Nothing was changed.")
        return cls(path, Seal(open_with_passphrase(sealed, passphrase).decode().strip()))

    def names(self) -> list[str]:
        """Return the names of the whole backups, the newest last."""
        found = (path for path in self.path.iterdir() if (path / "manifest.age").is_file())
        return sorted(path.name for path in found if path.name != UNFINISHED)

    def manifest(self, name: str) -> Manifest:
        """Read what a backup consists of. Raises Refused, OSError."""
        return read_manifest(self.small_part(name, "manifest.age"))

    def small_part(self, name: str, part: str) -> bytes:
        """Open a part that fits into memory. Raises Refused, OSError."""
        data = io.BytesIO()
        self.seal.open(self.path / name / part, data)
        return data.getvalue()

    def finish(self, now: datetime.datetime) -> Path:
        """Name the unfinished backup by a moment (UTC): from now on it is one. Raises OSError."""
        named = self.path / now.strftime("%Y-%m-%dT%H-%M-%SZ")
        while named.exists():
            named = named.with_name(f"{named.name}-again")
        flush_folder(self.path / UNFINISHED)
        (self.path / UNFINISHED).rename(named)
        flush_folder(self.path)
        return named

    def remove_unfinished(self) -> None:
        """Remove what a backup that did not come to its end left behind."""
        shutil.rmtree(self.path / UNFINISHED, ignore_errors=True)
        for name in ("arriving", "arriving.part"):
            (self.files / name).unlink(missing_ok=True)

    def forget_old(self, keep: int) -> int:
        """Remove all but the newest `keep` backups and the files only they hold; return how many.

        Raises Refused, OSError.
        """
        names = self.names()
        old, kept = names[:-keep], names[-keep:]
        needed = {file.sha256 for name in kept for file in self.manifest(name).files.values()}
        for name in old:
            (self.path / name / "manifest.age").unlink()  # first: what is left is no backup
            shutil.rmtree(self.path / name)
        if old:
            paths = {f"{self.seal.name_of(sha256)}.age" for sha256 in needed}
            for path in self.files.glob("??/*.age"):
                if path.name not in paths:
                    path.unlink()
        return len(old)
