"""A backup folder: opened by its passphrase alone, and nothing in it looks whole that is not."""

import pytest

from ground.only_one import only_one
from ground.refusals import Refused
from membersnet.backups.folder import BackupFolder
from membersnet.backups.making import make_backup
from tests.membersnet.backups.hubs import (
    LATER,
    NO_KEYS,
    NOW,
    backup_folder,
    restored,
    small_hub,
    stored,
)

PASSPHRASE = "correct horse battery"


@pytest.fixture
def hub(tmp_path):
    return small_hub(tmp_path / "hub")


@pytest.fixture
def folder(tmp_path):
    return backup_folder(tmp_path / "backups")


def test_a_folder_with_other_things_in_it_stays_as_it_is(tmp_path):
    (tmp_path / "minutes.odt").write_bytes(b"of the branch")
    with pytest.raises(Refused, match=r"holds other things \(minutes.odt\) and no backups"):
        BackupFolder.begin(tmp_path, PASSPHRASE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "minutes.odt"]


def test_a_folder_that_another_backup_writes_in_is_left_to_it(tmp_path):
    with (
        only_one(tmp_path, "the first"),
        pytest.raises(Refused, match="Another backup is being made just now"),
    ):
        BackupFolder.begin(tmp_path, PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_a_folder_without_backups_is_told_so(tmp_path):
    with pytest.raises(Refused, match="There are no backups in"):
        BackupFolder.open(tmp_path, "a long passphrase")


def test_only_whole_backups_are_named_and_the_newest_last(hub, folder):
    for moment in (LATER, NOW):
        make_backup(hub, folder, NO_KEYS, moment)
    for name in ("unfinished", "2020-01-01T02-00-00Z"):
        (folder.path / name).mkdir()
    (folder.path / "unfinished" / "manifest.age").write_bytes(b"half")
    assert folder.names() == ["2026-12-01T02-00-00Z", "2026-12-02T02-00-00Z"]


def test_two_backups_of_one_second_are_two(hub, folder):
    make_backup(hub, folder, NO_KEYS, NOW)
    make_backup(hub, folder, NO_KEYS, NOW)
    assert folder.names() == ["2026-12-01T02-00-00Z", "2026-12-01T02-00-00Z-again"]


def test_old_backups_go_and_with_them_the_files_that_only_they_hold(hub, folder, tmp_path):
    make_backup(hub, folder, NO_KEYS, NOW)
    hub.storage.delete("originals/film.mp4")
    make_backup(hub, folder, NO_KEYS, LATER)
    assert folder.forget_old(1) == 1
    assert folder.names() == ["2026-12-02T02-00-00Z"]
    assert len(list(folder.files.glob("*/*.age"))) == 2
    assert stored(restored(folder, tmp_path / "new")) == stored(hub)


def test_as_many_backups_as_are_to_be_kept_lose_nothing(hub, folder):
    make_backup(hub, folder, NO_KEYS, NOW)
    before = sorted(folder.path.rglob("*"))
    assert folder.forget_old(1) == 0
    assert sorted(folder.path.rglob("*")) == before
