"""Media are read out of any storage, each content once, and come back under their names."""

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage

from ground.refusals import Refused
from membersnet.backups.making import make_backup
from membersnet.backups.media import is_empty, names_in, restore_file
from membersnet.backups.restoring import open_backup, restore_backup
from tests.membersnet.backups.hubs import (
    FILES,
    LATER,
    NO_KEYS,
    NOW,
    backup_folder,
    empty_hub,
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


def test_every_file_of_a_storage_is_found_in_whatever_folder(hub, tmp_path):
    assert sorted(names_in(hub.storage)) == sorted(FILES)
    assert not is_empty(hub.storage)
    nothing = FileSystemStorage(tmp_path / "nothing")
    assert list(names_in(nothing)) == []
    assert is_empty(nothing)


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


def test_a_file_whose_sealed_copy_is_gone_is_read_again(hub, folder, tmp_path):
    make_backup(hub, folder, NO_KEYS, NOW)
    for path in folder.files.glob("*/*.age"):
        path.unlink()
    assert make_backup(hub, folder, NO_KEYS, LATER).new_files == len(set(FILES.values()))
    assert stored(restored(folder, tmp_path / "new")) == FILES


class VanishingStorage(FileSystemStorage):
    """Its film is deleted between the listing and the reading, as by whoever replaces it."""

    def open(self, name, mode="rb"):
        if name == "originals/film.mp4":
            self.delete(name)
        return super().open(name, mode)


def test_a_file_that_goes_away_meanwhile_is_left_out_and_the_rest_is_kept(hub, folder, tmp_path):
    storage = VanishingStorage(hub.storage.location)
    make_backup(replace(hub, storage=storage), folder, NO_KEYS, NOW)
    left = {name: data for name, data in FILES.items() if name != "originals/film.mp4"}
    assert stored(restored(folder, tmp_path / "new")) == left


def test_a_copy_that_an_earlier_try_left_is_replaced(hub, folder):
    name, file = next(iter(make_backup(hub, folder, NO_KEYS, NOW).manifest.files.items()))
    place = InMemoryStorage()
    place.save(name, ContentFile(b"half"))
    restore_file(place, name, file, folder.files, folder.seal)
    assert place.open(name).read() == FILES[name]
    assert list(names_in(place)) == [name]


class RenamingStorage(FileSystemStorage):
    def get_available_name(self, name, max_length=None):
        return super().get_available_name(name.replace("badge", "badge_1"), max_length)


def test_a_storage_that_would_keep_a_file_by_another_name_is_not_filled(hub, folder, tmp_path):
    make_backup(hub, folder, NO_KEYS, NOW)
    place = empty_hub(tmp_path / "place")
    place = replace(place, storage=RenamingStorage(place.storage.location))
    with pytest.raises(Refused, match=r"would keep images/badge.png as images/badge_1.png"):
        restore_backup(place, open_backup(place, folder))
    assert place.database.is_empty()
