"""Where a film's files lie, and how they come and go together with their rows.

Finished files are in Django's storage, which may be a folder or a bucket; unfinished ones are in a
work folder of this machine (`MEDIA_WORK_DIR`). Nothing else knows which storage it is.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from media_pipeline.models import Film, Job, Rendition
from media_pipeline.steps import ffmpeg


def original_of(film: Film, folder: Path) -> Path:
    """The uploaded film as a path on this machine; see `copy_of`."""
    return copy_of(film.original.name or "", folder, size=film.bytes)


def copy_of(name: str, folder: Path, *, size: int) -> Path:
    """A stored file of `size` bytes as a path on this machine: its own, or a copy in `folder`.

    The copy is fetched once a folder. Raises FileNotFoundError where the storage has lost it, and
    StepFailed where this machine has no room for the copy.
    """
    if own := _own_path(name):
        return own
    copy = folder / f"copy-{Path(name).name}"
    if not copy.exists():
        ffmpeg.refuse_without_room(folder, size)
        with (
            ffmpeg.replacing(copy) as part,
            default_storage.open(name) as source,
            part.open("wb") as target,
        ):
            shutil.copyfileobj(source, target, 1024 * 1024)
    return copy


def smallest_copy(film: Film, folder: Path) -> Path | None:
    """The smallest MP4, whose keyframes lie close; None where none is made yet. See `copy_of`."""
    small = film.renditions.filter(kind=Rendition.Kind.MP4).order_by("height").first()
    return copy_of(small.file.name or "", folder, size=small.bytes) if small else None


def is_here(name: str) -> bool:
    """Whether a stored file lies on this machine, so that reading it costs no fetching."""
    return _own_path(name) is not None


@contextmanager
def workshop(job: Job) -> Iterator[Path]:
    """Give an empty folder for one attempt at a step; it is gone afterwards.

    A worker that was killed leaves its folder behind: the next attempt removes it first. Where the
    film was deleted meanwhile, what this attempt had sent ahead is removed as well.
    """
    root = Path(settings.MEDIA_WORK_DIR)
    attempt = f"{job.film.storage_key.hex}.{job.step}.{job.pk}"
    for older in root.glob(f"{attempt}.*"):
        shutil.rmtree(older, ignore_errors=True)
    folder = root / f"{attempt}.{job.lease.hex if job.lease else 'free'}"
    folder.mkdir(parents=True)
    try:
        yield folder
    except BaseException:
        if not Film.objects.filter(pk=job.film_id).exists():
            _remove_tree(job.film.folder)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def send_ahead(made: Path, name: str) -> None:
    """Send a finished file to a storage that is not on this machine, before the transaction.

    Sending takes as long as the line does, and a transaction must not wait for it. On this machine
    nothing happens: `put_in_place` moves the file. Call it last in a step's work, outside `keep`.
    """
    if _own_path(name) is None and not _sent_mark(made).exists():
        with made.open("rb") as source:
            kept = default_storage.save(name, File(source, name=name))
        if kept != name:
            raise RuntimeError(f"The storage kept {name} as {kept}; it must overwrite.")
        _sent_mark(made).touch()


def put_in_place(made: Path, name: str) -> str:
    """Bring a finished file to `name` in the storage, over an older one; return `name`.

    In a folder the new file appears at once and whole. In a bucket it may have been sent ahead.
    """
    target = _own_path(name)
    if target is None:
        send_ahead(made, name)
        return name
    target.parent.mkdir(parents=True, exist_ok=True)
    if _disk(made) == _disk(target.parent):
        made.replace(target)
    else:
        with ffmpeg.replacing(target) as part:
            shutil.copyfile(made, part)
    return name


def remove_on_commit(film: Film) -> None:
    """Remove the film's files once the transaction that forgets them is committed."""
    transaction.on_commit(partial(_remove, film.original.name or "", film.folder))


def remove_files_on_commit(names: Iterable[str]) -> None:
    """Remove single files once the transaction that forgets them is committed."""
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def _disk(path: Path) -> int:
    return path.stat().st_dev


def _own_path(name: str) -> Path | None:
    """Where a stored file lies on this machine; None where the storage is elsewhere."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None


def _sent_mark(made: Path) -> Path:
    return made.with_name(f".{made.name}.sent")


def _remove(original: str, folder: str) -> None:
    if original:
        default_storage.delete(original)
    _remove_tree(folder)


def _remove_tree(folder: str) -> None:
    """Remove a folder of the storage with everything in it, through the storage's own means."""
    with suppress(FileNotFoundError):
        folders, names = default_storage.listdir(folder)
        for name in names:
            default_storage.delete(f"{folder}/{name}")
        for name in folders:
            _remove_tree(f"{folder}/{name}")
        if _own_path(folder) is not None:
            with suppress(OSError):  # a file came in meanwhile: whoever put it there removes it
                default_storage.delete(folder)
