"""The media storage, a folder or a bucket, by Django's own interface: read out and put back."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.storage import Storage
from django.core.files.uploadedfile import TemporaryUploadedFile

from ground.refusals import Refused
from membersnet.backups.manifests import StoredFile
from membersnet.backups.sealing import Seal


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the name of every file in a storage."""
    try:
        folders, names = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in names)
    for below in folders:
        yield from names_in(storage, f"{prefix}{below}")


def is_empty(storage: Storage) -> bool:
    """Say whether a storage has no file."""
    return next(names_in(storage), None) is None


def sealed_path(files: Path, seal: Seal, sha256: str) -> Path:
    """Return where a backup folder keeps a media file, by what it holds."""
    name = seal.name_of(sha256)
    return files / name[:2] / f"{name}.age"


def back_up_files(
    storage: Storage, files: Path, seal: Seal, before: dict[str, StoredFile]
) -> Iterator[tuple[str, StoredFile, bool]]:
    """Seal what is new in a storage; yield each file with its name and whether it was new.

    A file of the same name, length and time as in `before` is not read again. One that goes away
    meanwhile is left out. Raises OSError.
    """
    for name in names_in(storage):
        try:
            size, modified = _describe(storage, name)
            known = before.get(name)
            unchanged = known and (known.size, known.modified) == (size, modified)
            if known and unchanged and sealed_path(files, seal, known.sha256).is_file():
                yield name, known, False
                continue
            yield name, _seal_file(storage, name, modified, files, seal), True
        except FileNotFoundError:
            continue


def _describe(storage: Storage, name: str) -> tuple[int, str]:
    if describe := getattr(storage, "describe", None):  # a bucket: one question, not two
        size, changed = describe(name)
    else:
        size, changed = storage.size(name), storage.get_modified_time(name)
    return size, changed.isoformat()


def _seal_file(storage: Storage, name: str, modified: str, files: Path, seal: Seal) -> StoredFile:
    arriving = files / "arriving"  # its own name is known once all of it is read
    with storage.open(name, "rb") as source:
        part = seal.close(cast(BinaryIO, source), arriving)
    path = sealed_path(files, seal, part.sha256)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    arriving.replace(path)
    return StoredFile(part.size, modified, part.sha256)


def restore_file(storage: Storage, name: str, file: StoredFile, files: Path, seal: Seal) -> None:
    """Put one file back under its name; a copy that an earlier try left is replaced.

    Raises Refused, OSError.
    """
    with TemporaryUploadedFile("restored", "", file.size, None) as arrived:
        into = cast(BinaryIO, arrived.file)
        seal.check(sealed_path(files, seal, file.sha256), file.part, into)
        into.flush()
        arrived.seek(0)
        if storage.exists(name):
            storage.delete(name)
        stored = storage.save(name, arrived)
    if stored != name:
        raise Refused(f"The storage would keep {name} as {stored}. That file was not restored.")
