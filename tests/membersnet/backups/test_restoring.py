"""A backup is restored into an empty place, whole or not at all."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from ground.only_one import only_one
from ground.refusals import Refused
from membersnet.backups.hub import Hub
from membersnet.backups.making import make_backup
from membersnet.backups.restoring import open_backup, restore_backup, try_out
from tests.membersnet.backups.hubs import (
    FILES,
    NO_KEYS,
    NOW,
    backup_folder,
    empty_hub,
    members,
    small_hub,
    stored,
)


@pytest.fixture
def folder(tmp_path):
    found = backup_folder(tmp_path / "backups")
    make_backup(small_hub(tmp_path / "hub"), found, NO_KEYS, NOW)
    return found


@pytest.fixture
def place(tmp_path):
    return empty_hub(tmp_path / "new")


def contents(hub: Hub) -> list[str]:
    return sorted(
        str(path.relative_to(hub.data))
        for path in hub.data.rglob("*")
        if path.is_file() and path.name != "lock"
    )


@pytest.mark.parametrize("part", ["database.age", "manifest.age", "keys.age"])
@pytest.mark.parametrize("harm", ["cut", "altered", "gone"])
def test_a_part_that_is_cut_altered_or_gone_is_refused_before_anything_is_written(
    folder, place, part, harm
):
    path = folder.path / "2026-12-01T02-00-00Z" / part
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if harm == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(Refused, match=r"cannot be used|There is no whole backup"):
        restore_backup(place, open_backup(place, folder))
    assert contents(place) == []


def test_a_media_file_that_is_altered_is_refused_before_anything_is_written(folder, place):
    path = next(folder.files.glob("*/*.age"))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Refused, match="altered or cut"):
        open_backup(place, folder)
    assert contents(place) == []


def test_a_place_with_a_hub_in_it_stays_as_it_is(folder, tmp_path):
    other = small_hub(tmp_path / "other")
    before = stored(other)
    with pytest.raises(Refused, match=r"There are tables in .*Nothing was changed"):
        restore_backup(other, open_backup(other, folder))
    assert (members(other), stored(other)) == (["ada@x.example", "ben@x.example"], before)


def test_a_place_with_media_in_it_stays_as_it_is(folder, place):
    place.storage.save("images/mine.png", ContentFile(b"mine"))
    with pytest.raises(Refused, match="There are files in the media storage"):
        restore_backup(place, open_backup(place, folder))
    assert contents(place) == ["media/images/mine.png"]


class SmallDisk(FileSystemStorage):
    def _save(self, name, content):
        if name.startswith("images"):
            raise OSError(28, "No space left on device", name)
        return super()._save(name, content)


def test_a_disk_that_is_full_on_the_way_leaves_the_place_empty(folder, place, tmp_path):
    small = Hub(place.database, SmallDisk(place.storage.location), place.data)
    with pytest.raises(OSError, match="No space left"):
        restore_backup(small, open_backup(small, folder))
    assert contents(place) == []


def test_a_restore_that_was_killed_is_begun_again_with_the_same_command(folder, place):
    (place.data / "restore").mkdir()
    (place.data / "restore" / "unfinished").write_text("2026-12-01T02-00-00Z")
    place.storage.save("originals/film.mp4", ContentFile(b"half"))
    restore_backup(place, open_backup(place, folder))
    assert stored(place) == FILES
    assert not (place.data / "restore" / "unfinished").exists()


def test_of_two_restores_at_once_the_second_is_not_begun(folder, place):
    backup = open_backup(place, folder)
    with (
        only_one(place.data / "restore", "the first"),
        pytest.raises(Refused, match="Another restore is going on"),
    ):
        restore_backup(place, backup)
    assert contents(place) == []


def test_trying_a_backup_changes_nothing(folder, place):
    try_out(place, open_backup(place, folder))
    assert contents(place) == []


def test_a_backup_that_is_not_there_is_answered_with_those_that_are(folder, place):
    with pytest.raises(Refused, match=r"no whole backup 2020 .*There are: 2026-12-01T02-00-00Z"):
        open_backup(place, folder, "2020")
