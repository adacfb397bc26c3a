"""The command that restores tries a backup without a trace, and says what is wrong."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from membersnet.backups.making import make_backup
from membersnet.backups.sealing import Seal, seal_with_passphrase
from tests.membersnet.backups.hubs import NO_KEYS, NOW, BackupFolder, left_in, small_hub

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the backup is SQLite's")
PASSPHRASE = "correct horse battery staple"


@pytest.fixture(autouse=True)
def place(settings, monkeypatch, tmp_path):
    """An empty data folder, and the passphrase in the environment."""
    settings.DATA_DIR = tmp_path / "place"
    settings.DATA_DIR.mkdir()
    monkeypatch.setenv("MEMBERSNET_BACKUP_PASSPHRASE", PASSPHRASE)
    return settings.DATA_DIR


@pytest.fixture
def folder(tmp_path):
    folder = BackupFolder(tmp_path / "backups", Seal.make())
    folder.path.mkdir()
    make_backup(small_hub(tmp_path / "hub"), folder, NO_KEYS, NOW)
    return folder


def restore(path, *arguments):
    out = io.StringIO()
    call_command("restore", str(path), *arguments, stdout=out)
    return out.getvalue()


def test_a_whole_backup_is_tried_and_nothing_is_changed(folder, place):
    seal_with_passphrase(folder.seal.identity, PASSPHRASE, folder.path / "identity.age")
    backup = folder.path / "2026-12-01T02-00-00Z"
    assert restore(folder.path, "--check") == f"{backup} is whole and can be restored.\n"
    assert left_in(place) == []


def test_a_folder_without_backups_is_refused_in_a_sentence(tmp_path, place):
    with pytest.raises(CommandError, match=r"^There are no backups in .*Nothing was changed\.$"):
        restore(tmp_path / "nowhere")
    assert left_in(place) == []


def test_without_its_passphrase_no_backup_is_opened(folder, monkeypatch):
    monkeypatch.delenv("MEMBERSNET_BACKUP_PASSPHRASE")
    with pytest.raises(CommandError, match=r"^Set MEMBERSNET_BACKUP_PASSPHRASE"):
        restore(folder.path)


def test_a_disk_that_cannot_be_read_is_told_with_what_to_do(folder, place):
    (folder.path / "identity.age").symlink_to("/proc/self/mem")  # whose first byte cannot be read
    with pytest.raises(CommandError, match=r"^Nothing was restored: .*Input/output error\. Make"):
        restore(folder.path)
    assert left_in(place) == []
