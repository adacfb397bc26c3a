"""A file that arrives in pieces, over a line that may break, at processes that may be killed.

The size of the file is the truth: what lies on the disk has arrived. Beside it the “hold” says who
is writing now, and from which byte on a piece has not been checked yet and so does not count.
"""

import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

SILENT_AFTER = 15.0  # seconds without a byte after which another request may take the file over


class Busy(Exception):
    """Another request is writing this file and shows signs of life."""


class TakenOver(Exception):
    """The file went to another request, or away, while this one was silent."""


class WrongOffset(Exception):
    """The bytes sent do not begin where the bytes that arrived end."""


class ChecksumMismatch(Exception):
    """The bytes sent are not those whose checksum came with them; none of them was kept."""


class Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


@dataclass(frozen=True)
class Checksum:
    """What the bytes of one request must come to: a fresh hashlib object and the result wanted."""

    of: Digest
    wanted: bytes


@dataclass(frozen=True)
class PartFile:
    """The bytes at ``path`` and the hold beside them; every method is safe across processes."""

    path: Path

    @property
    def hold(self) -> Path:
        return self.path.with_suffix(".hold")

    def create(self) -> None:
        """Make the empty file; one that is there already stays as it is."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))

    def remove(self) -> None:
        """Remove the bytes; a request that still writes them ends with TakenOver."""
        self.hold.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def arrived(self) -> int:
        """How many bytes have arrived and count. Raises FileNotFoundError where they are gone."""
        with self.path.open("rb") as data, _alone(data.fileno()):
            unchecked = self._unchecked_from()
            size = os.fstat(data.fileno()).st_size
            return size if unchecked is None else min(size, unchecked)

    def append(
        self, pieces: Iterable[bytes], *, offset: int, most: int, checksum: Checksum | None = None
    ) -> int:
        """Write pieces from ``offset`` on, up to ``most`` bytes in all; return the new size.

        What arrived before an exception of ``pieces`` (a broken line) is kept, unless a checksum
        was to prove it. The bytes are on the disk when this returns. Raises Busy, WrongOffset,
        ChecksumMismatch, TakenOver, FileNotFoundError, and OSError where the disk is full.
        """
        with self.path.open("r+b") as file, self._held(file.fileno()) as hold:
            data = file.fileno()
            if os.fstat(data).st_size != offset:
                raise WrongOffset
            if checksum:
                _write_down(hold, offset)
            proven = False
            try:
                end = self._write(data, hold, pieces, offset, most, checksum)
                if checksum and checksum.of.digest() != checksum.wanted:
                    raise ChecksumMismatch
                os.fsync(data)
                proven = True
            finally:
                if checksum:
                    self._settle(data, hold, None if proven else offset)
            return end

    def _write(
        self,
        data: int,
        hold: int,
        pieces: Iterable[bytes],
        offset: int,
        most: int,
        checksum: Checksum | None,
    ) -> int:
        for piece in pieces:
            piece = piece[: most - offset]
            with _alone(data):
                self._refuse_if_taken(hold)
                offset += _write_all(data, piece, offset)
            os.utime(hold)
            if checksum:
                checksum.of.update(piece)
        return offset

    def _settle(self, data: int, hold: int, back_to: int | None) -> None:
        """Let the bytes count, or take them back to where they began."""
        with suppress(TakenOver), _alone(data):
            self._refuse_if_taken(hold)
            if back_to is not None:
                os.ftruncate(data, back_to)
            os.ftruncate(hold, 0)

    @contextmanager
    def _held(self, data: int) -> Iterator[int]:
        """Hold the file for one request: the kernel lets go of it when the process dies."""
        with _alone(data):
            hold = self._take_hold()
            unchecked = _read_down(hold)
            if unchecked is not None:  # whoever wrote them was killed before they were checked
                os.ftruncate(data, min(unchecked, os.fstat(data).st_size))
                os.ftruncate(hold, 0)
            os.utime(hold)
        try:
            yield hold
        finally:
            os.close(hold)

    def _take_hold(self) -> int:
        hold = os.open(self.hold, os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(hold):
            return hold
        silent = time.time() - os.fstat(hold).st_mtime
        unchecked = _read_down(hold)
        os.close(hold)
        if silent < SILENT_AFTER:
            raise Busy
        self.hold.unlink()
        hold = os.open(self.hold, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        _lock(hold)
        if unchecked is not None:
            _write_down(hold, unchecked)
        return hold

    def _refuse_if_taken(self, hold: int) -> None:
        try:
            mine = os.path.samestat(os.fstat(hold), self.hold.stat())
        except FileNotFoundError:
            mine = False
        if not mine:
            raise TakenOver

    def _unchecked_from(self) -> int | None:
        try:
            text = self.hold.read_bytes()
        except FileNotFoundError:
            return None
        return int(text) if text else None


@contextmanager
def _alone(data: int) -> Iterator[None]:
    """Be the only one at the bytes for a moment; never held while waiting for the line."""
    fcntl.flock(data, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(data, fcntl.LOCK_UN)


def _lock(hold: int) -> bool:
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write_all(data: int, piece: bytes, offset: int) -> int:
    left = memoryview(piece)
    while left:
        written = os.pwrite(data, left, offset)
        offset, left = offset + written, left[written:]
    return len(piece)


def _write_down(hold: int, unchecked: int) -> None:
    os.pwrite(hold, b"%d" % unchecked, 0)
    os.fsync(hold)


def _read_down(hold: int) -> int | None:
    text = os.pread(hold, 32, 0)
    return int(text) if text else None
