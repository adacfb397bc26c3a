"""Media are read out of any storage, each content once, and come back under their names."""

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from membersnet.backups.making import make_backup
from tests.membersnet.backups.hubs import (
    FILES,
    LATER,
    NO_KEYS,
    NOW,
    backup_folder,
    restored,
    small_hub,
    stored,
)


@pytest.fixture
def hub(tmp_path):
    return small_hub(tmp_path / "hub")


@pytest.fixture
def folder(tmp_path):
    return backup_folder(tmp_path / "backups")


def test_every_file_comes_back_with_its_name_and_the_same_content_is_kept_once(
    hub, folder, tmp_path
):
    make_backup(hub, folder, NO_KEYS, NOW)
    assert stored(restored(folder, tmp_path / "new")) == FILES
    assert len(list(folder.files.glob("*/*.age"))) == len(set(FILES.values()))


class CountedStorage(FileSystemStorage):
    opened: list[str]

    def open(self, name, mode="rb"):
        self.opened.append(name)
        return super().open(name, mode)


def test_the_second_backup_reads_only_what_is_new_or_has_changed(hub, folder, tmp_path):
    make_backup(hub, folder, NO_KEYS, NOW)
    storage = CountedStorage(hub.storage.location)
    storage.opened = []
    hub.storage.delete("images/badge.png")
    hub.storage.save("images/badge.png", ContentFile(b"another picture"))
    hub.storage.save("images/new.png", ContentFile(b"a new picture"))
    made = make_backup(replace(hub, storage=storage), folder, NO_KEYS, LATER)
    assert sorted(storage.opened) == ["images/badge.png", "images/new.png"]
    assert made.new_files == 2
    assert stored(restored(folder, tmp_path / "old", "2026-12-01T02-00-00Z")) == FILES
    assert stored(restored(folder, tmp_path / "new")) == stored(hub)
