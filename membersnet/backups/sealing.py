"""Encryption in the age format (age-encryption.org/v1): pure, no Django.

Each backup folder has an identity of its own, a random X25519 key, sealed with the passphrase.
Everything else is sealed for that identity, so that the slow derivation of a key from the
passphrase happens once and not for each file. Every 64 KiB carry their own authentication, the last
ones say that they are the last: what was altered or cut is noticed by whoever opens it.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyrage

from ground.refusals import Refused

Pour = Callable[[BinaryIO], None]  # writes a sealed part, opened, to a file


@dataclass(frozen=True)
class Part:
    """What was sealed: its SHA-256 (hexadecimal) and its length in bytes, both as it was before."""

    sha256: str
    size: int


class _Counted:
    """A file that is read or written through, counted, hashed, and asked for its own errors.

    pyrage hides the errors of the files that it is given; `raise_error` brings them back.
    """

    def __init__(self, file: BinaryIO | None) -> None:
        self.file, self.hash, self.size = file, hashlib.sha256(), 0
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = self.file.read(size) if self.file else b""
        except BaseException as error:
            self.error = error
            raise
        self._count(data)
        return data

    def write(self, data: bytes) -> int:
        try:
            if self.file:
                self.file.write(data)
        except BaseException as error:
            self.error = error
            raise
        self._count(data)
        return len(data)

    def flush(self) -> None:
        if self.file:
            self.file.flush()

    def part(self) -> Part:
        return Part(self.hash.hexdigest(), self.size)

    def raise_error(self) -> None:
        if self.error:
            raise self.error

    def _count(self, data: bytes) -> None:
        self.hash.update(data)
        self.size += len(data)


def seal_with_passphrase(data: bytes, passphrase: str, path: Path) -> None:
    """Write a small sealed file that the passphrase alone opens. Raises OSError."""
    write_whole(path, lambda file: file.write(pyrage.passphrase.encrypt(data, passphrase)))


def open_with_passphrase(path: Path, passphrase: str) -> bytes:
    """Return what a small sealed file holds. Raises Refused, OSError."""
    try:
        return pyrage.passphrase.decrypt(path.read_bytes(), passphrase)
    except pyrage.DecryptError as error:
        raise Refused(
            f"The passphrase does not open {path.name}, or that file was altered or cut. "
            "Nothing was changed. Check the passphrase, or take another copy of the backup."
        ) from error


class Seal:
    """Seals and opens the parts of one backup folder."""

    def __init__(self, identity: str) -> None:
        self._text = identity
        self._identity = pyrage.x25519.Identity.from_str(identity)

    @classmethod
    def make(cls) -> "Seal":
        """Return a seal with a new identity."""
        return cls(str(pyrage.x25519.Identity.generate()))

    @property
    def identity(self) -> bytes:
        """The identity as `age -d -i FILE` reads it."""
        return f"{self._text}\n".encode()

    def name_of(self, sha256: str) -> str:
        """Return the name of a sealed file by what it holds, which tells nothing to others."""
        return hmac.new(self._text.encode(), sha256.encode(), hashlib.sha256).hexdigest()

    def close(self, source: BinaryIO, path: Path) -> Part:
        """Seal a file into `path`, whole or not at all. Raises OSError."""
        plain = _Counted(source)

        def write(file: BinaryIO) -> None:
            sealed = _Counted(file)
            try:
                pyrage.encrypt_io(plain, sealed, [self._identity.to_public()])
            except pyrage.EncryptError:
                plain.raise_error()
                sealed.raise_error()
                raise

        write_whole(path, write)
        return plain.part()

    def open(self, path: Path, into: BinaryIO | None = None) -> Part:
        """Write what a sealed file holds to `into`, or nowhere. Raises Refused, OSError."""
        plain = _Counted(into)
        try:
            with path.open("rb") as file:
                sealed = _Counted(file)
                pyrage.decrypt_io(sealed, plain, [self._identity])
        except FileNotFoundError as error:
            raise _broken(path, "is missing") from error
        except (pyrage.DecryptError, OSError) as error:
            plain.raise_error()
            sealed.raise_error()
            raise _broken(path, "was altered or cut") from error
        return plain.part()

    def check(self, path: Path, part: Part, into: BinaryIO | None = None) -> None:
        """Open a sealed file and compare it with what was sealed. Raises Refused, OSError."""
        if self.open(path, into) != part:
            raise _broken(path, "holds something else than its backup")


def _broken(path: Path, what: str) -> Refused:
    return Refused(
        f"{path.name} in the backup {what}, so this backup cannot be used. "
        "Take another copy of it, or an earlier backup."
    )


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file under another name, flush it to the disk, then give it its own. Raises OSError.

    Where the process is killed, what is left is named `….part`.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        flush_folder(path.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Bring a folder's names to the disk, which flushing its files does not. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
