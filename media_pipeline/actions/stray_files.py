"""Finds and removes the files that no row names, which a worker killed at a bad moment leaves."""

import datetime
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import FileField

from media_pipeline.models import Film, Job

logger = logging.getLogger(__name__)

FOLDERS = ("originals", "films", "clips")  # below which the storage holds only what is ours
AGE = datetime.timedelta(hours=1)  # a younger file may belong to a row that is not committed yet
WORK_FOLDER = re.compile(r"[0-9a-f]{32}\.\w+\.\d+\.(?P<lease>[0-9a-f]{32}|free)")


@dataclass(frozen=True)
class Stray:
    """A file that nothing needs: its name in the storage, or a work folder's path; its bytes."""

    name: str
    bytes: int
    is_work: bool = False


def find_stray_files(now: datetime.datetime) -> list[Stray]:
    """Return the files in the storage that no row names, and this machine's left work folders.

    A file counts only when it is an hour old and no step of its film is running; a work folder
    when no running job holds the lease it is named for. `now` is UTC.
    """
    return [*_stray_work(), *_stray_names(now)]


def remove_stray_files(now: datetime.datetime) -> list[Stray]:
    """Remove what `find_stray_files` finds and return it; each is looked up once more before."""
    removed = []
    for stray in find_stray_files(now):
        if stray.is_work:
            shutil.rmtree(stray.name, ignore_errors=True)
        elif stray.name in named_files(stray.name):
            continue
        else:
            default_storage.delete(stray.name)
        removed.append(stray)
        logger.warning("Stray file removed: %s (%s bytes).", stray.name, stray.bytes)
    _remove_empty_folders()
    return removed


def _stray_work() -> Iterator[Stray]:
    root = Path(settings.MEDIA_WORK_DIR)
    found = [folder for folder in root.glob("*") if WORK_FOLDER.fullmatch(folder.name)]
    if not found:
        return
    leases = Job.objects.running().values_list("lease", flat=True)
    held = {lease.hex for lease in leases if lease}
    for folder in found:
        if folder.name.rpartition(".")[2] not in held:
            size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            yield Stray(str(folder), size, is_work=True)


def _stray_names(now: datetime.datetime) -> Iterator[Stray]:
    stored = [name for folder in FOLDERS for name in _files_below(folder)]
    # Asked after the storage: whatever was stored and committed meanwhile is in these.
    named, worked_on = named_files(), _worked_on()
    for name in stored:
        if name in named or any(key in name for key in worked_on):
            continue
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(name) <= now - AGE:
                yield Stray(name, default_storage.size(name))


def _files_below(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    yield from (f"{folder}/{name}" for name in names)
    for below in folders:
        yield from _files_below(f"{folder}/{below}")


def named_files(only: str = "") -> set[str]:
    """Return every file name in the storage that a row holds, or whether one does hold `only`."""
    names = set[str]()
    for model in apps.get_app_config("media_pipeline").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                rows = model._default_manager.exclude(**{field.name: ""})
                if only:
                    rows = rows.filter(**{field.name: only})
                names.update(rows.values_list(field.name, flat=True).iterator())
    return names


def _worked_on() -> set[str]:
    running = Job.objects.running().values_list("film__storage_key", flat=True)
    return {key.hex for key in running}


def _remove_empty_folders() -> None:
    """Remove the folders of films that are gone; a bucket has no folders to remove."""
    if not hasattr(default_storage, "base_location"):
        return
    with suppress(FileNotFoundError):
        folders, _names = default_storage.listdir("films")
        keys = Film.objects.values_list("storage_key", flat=True)
        for gone in set(folders) - {key.hex for key in keys}:
            for folder in (*_folders_below(f"films/{gone}"), f"films/{gone}"):
                with suppress(OSError):  # it is not empty: its files are too young
                    default_storage.delete(folder)


def _folders_below(folder: str) -> Iterator[str]:
    for name in default_storage.listdir(folder)[0]:
        yield from _folders_below(f"{folder}/{name}")
        yield f"{folder}/{name}"
