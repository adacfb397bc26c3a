"""A backup is made while the hub goes on, whole or not at all."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from ground.only_one import only_one
from ground.refusals import Refused
from membersnet.backups.making import make_backup
from membersnet.backups.sqlite_files import SqliteFile
from tests.membersnet.backups.hubs import (
    FILES,
    LATER,
    NO_KEYS,
    NOW,
    backup_folder,
    left_in,
    members,
    packed,
    restored,
    small_hub,
    stored,
)

WHOLE = [f"2026-12-01T02-00-00Z/{name}.age" for name in ("database", "keys", "manifest")]


@pytest.fixture
def hub(tmp_path):
    return small_hub(tmp_path / "hub")


@pytest.fixture
def folder(tmp_path):
    return backup_folder(tmp_path / "backups")


def test_a_write_that_was_acknowledged_and_is_only_in_the_log_is_in_the_backup(
    hub, folder, tmp_path
):
    with closing(sqlite3.connect(hub.database.path)) as file:
        file.execute("INSERT INTO member VALUES ('cy@x.example')")
        file.commit()  # and the connection stays: nothing is written to the file itself
        copied = tmp_path / "copied.sqlite3"
        copied.write_bytes(hub.database.path.read_bytes())
        made = make_backup(hub, folder, NO_KEYS, NOW)
    assert members(replace(hub, database=SqliteFile(copied))) == ["ada@x.example", "ben@x.example"]
    assert made.manifest.snapshot.rows == {"member": 3, "django_migrations": 1}
    assert members(restored(folder, tmp_path / "new")) == [
        "ada@x.example",
        "ben@x.example",
        "cy@x.example",
    ]
    assert left_in(folder.path) == WHOLE
    assert {path.name for path in (hub.data / "backup").iterdir()} == {"lock", "made"}


def test_nothing_of_the_hub_can_be_read_in_the_folder(hub, folder):
    make_backup(hub, folder, packed("environment", b"MEMBERSNET_SECRET_KEY=hidden"), NOW)
    everything = b"".join(p.read_bytes() for p in folder.path.rglob("*") if p.is_file())
    assert [word for word in (b"ada@", b"film", b"badge", b"hidden") if word in everything] == []


def test_a_film_made_while_the_database_is_copied_is_in_the_backup(hub, folder, tmp_path):
    class WithAnUpload(type(hub.database)):
        def copy(self, work):
            hub.storage.save("originals/meanwhile.mp4", ContentFile(b"new"))
            hub.storage.delete("images/badge.png")
            return super().copy(work)

    make_backup(replace(hub, database=WithAnUpload(hub.database.path)), folder, NO_KEYS, NOW)
    assert stored(restored(folder, tmp_path / "new")) == {
        **FILES,
        "originals/meanwhile.mp4": b"new",
    }


class FullStorage(FileSystemStorage):
    def open(self, name, mode="rb"):
        if name.startswith("images"):
            raise OSError(28, "No space left on device", name)
        return super().open(name, mode)


def test_a_backup_that_fails_leaves_the_earlier_ones_and_nothing_that_looks_whole(hub, folder):
    make_backup(hub, folder, NO_KEYS, NOW)
    hub.storage.save("images/new.png", ContentFile(b"a new picture"))
    with pytest.raises(OSError, match="No space left"):
        make_backup(replace(hub, storage=FullStorage(hub.storage.location)), folder, NO_KEYS, LATER)
    assert folder.names() == ["2026-12-01T02-00-00Z"]
    assert left_in(folder.path) == WHOLE


def test_what_a_killed_backup_left_is_no_backup_and_the_next_one_removes_it(hub, folder):
    unfinished = folder.path / "unfinished"
    unfinished.mkdir()
    (unfinished / "manifest.age").write_bytes(b"half")
    (hub.data / "backup" / "work").mkdir(parents=True)
    (hub.data / "backup" / "work" / "copy.sqlite3").write_bytes(b"half")
    assert folder.names() == []
    make_backup(hub, folder, NO_KEYS, NOW)
    assert left_in(folder.path) == WHOLE
    assert not (hub.data / "backup" / "work").exists()


def test_of_two_backups_at_once_the_second_is_not_begun(hub, folder):
    with (
        only_one(folder.path, "the first"),
        pytest.raises(Refused, match="Another backup is being made just now"),
    ):
        make_backup(hub, folder, NO_KEYS, NOW)
    assert left_in(folder.path) == []
