"""Where a film's files lie, and how they come and go together with their rows.

Every access to a path on the disk is here, so that another storage changes this file alone.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from media_pipeline.models import Job, Recording


def original_of(recording: Recording) -> Path:
    """The uploaded film as a path on this machine."""
    return Path(recording.original.path)


@contextmanager
def workshop(job: Job) -> Iterator[Path]:
    """Give an empty folder for one step's unfinished files; it is gone afterwards.

    A worker that was killed leaves its folder behind: the next attempt empties it first.
    """
    films = Path(default_storage.path("work")) / job.recording.storage_key.hex
    folder = films / job.step
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if films.is_dir() and not any(films.iterdir()):
            films.rmdir()


def put_in_place(made: Path, name: str) -> str:
    """Move a finished file to `name` below the media folder, over an older one; return `name`."""
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    made.replace(target)
    return name


def remove_on_commit(recording: Recording) -> None:
    """Remove the film's files once the transaction that forgets them is committed."""
    original = recording.original.name or ""
    transaction.on_commit(partial(_remove, original, recording.folder))


def _remove(original: str, folder: str) -> None:
    if original:
        default_storage.delete(original)
    shutil.rmtree(default_storage.path(folder), ignore_errors=True)
