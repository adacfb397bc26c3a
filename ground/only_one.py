"""One process at a time: a lock that the kernel lets go of when the process ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ground.refusals import Refused


@contextmanager
def only_one(folder: Path, refusal: str) -> Iterator[None]:
    """Let one process at a time be in the block of a folder, which is made where it is missing.

    Raises Refused with the sentence where another one is in it, OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(refusal) from error
        yield
