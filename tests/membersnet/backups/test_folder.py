"""A backup folder: opened by its passphrase alone, and nothing in it looks whole that is not."""

import pytest

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


@pytest.fixture
def hub(tmp_path):
    return small_hub(tmp_path / "hub")


@pytest.fixture
def folder(tmp_path):
    return backup_folder(tmp_path / "backups")


def test_a_folder_without_backups_is_told_so(tmp_path):
    with pytest.raises(Refused, match="There are no backups in"):
        BackupFolder.open(tmp_path, "a long passphrase")


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
