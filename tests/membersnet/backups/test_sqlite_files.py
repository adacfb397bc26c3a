"""An SQLite file is copied as it is at one moment, and restored whole or not at all."""

import sqlite3
from contextlib import closing

import pytest

from ground.refusals import Refused
from membersnet.backups.making import make_backup
from membersnet.backups.manifests import Snapshot
from membersnet.backups.sqlite_files import SqliteFile, inspect
from tests.membersnet.backups.hubs import (
    NO_KEYS,
    NOW,
    backup_folder,
    left_in,
    members,
    small_hub,
)

SNAPSHOT = Snapshot(
    {"member": 2, "django_migrations": 1}, (("party", "0001_people_places_notices"),)
)


@pytest.fixture
def hub(tmp_path):
    return small_hub(tmp_path / "hub")


@pytest.fixture
def copied(hub, tmp_path):
    """The bytes of a copy."""
    with hub.database.copy(tmp_path) as (file, _snapshot):
        return file.read()


@pytest.fixture
def place(tmp_path):
    return SqliteFile(tmp_path / "new" / "hub.sqlite3")


def left_beside(database):
    return sorted(path.name for path in database.path.parent.glob("*"))


def test_a_copy_is_of_one_moment_and_described_by_what_is_in_it(hub, tmp_path):
    with hub.database.copy(tmp_path) as (file, snapshot), closing(_opened(hub.database)) as other:
        other.execute("INSERT INTO member VALUES ('cy@x.example')")
        other.commit()
        (tmp_path / "read.sqlite3").write_bytes(file.read())
    assert snapshot == inspect(tmp_path / "read.sqlite3") == SNAPSHOT
    assert members(hub) == ["ada@x.example", "ben@x.example", "cy@x.example"]


def _opened(database):
    return sqlite3.connect(database.path)


def test_a_damaged_database_is_not_taken_for_a_backup(hub, tmp_path):
    folder = backup_folder(tmp_path / "backups")
    data = bytearray(hub.database.path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    hub.database.path.write_bytes(data)
    with pytest.raises(Refused, match=r"damaged|could not be"):
        make_backup(hub, folder, NO_KEYS, NOW)
    assert left_in(folder.path) == []


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "hub.sqlite3"
    path.write_bytes(b"a letter to the branch" * 100)
    with (
        pytest.raises(Refused, match=r"hub.sqlite3 could not be copied: .*Nothing was changed\.$"),
        SqliteFile(path).copy(tmp_path),
    ):
        pytest.fail("there is nothing to copy")


def test_only_a_place_without_tables_is_empty(hub, place):
    assert place.is_empty()
    place.path.parent.mkdir()
    with closing(_opened(place)) as file:
        file.execute("PRAGMA user_version = 1")
        file.commit()
    assert place.is_empty()
    assert not hub.database.is_empty()
    place.path.write_bytes(b"a letter to the branch" * 100)
    assert not place.is_empty()  # whatever it is, it is somebody's


def test_what_comes_back_has_every_row(place, copied):
    place.restore(lambda file: file.write(copied), SNAPSHOT)
    assert inspect(place.path) == SNAPSHOT
    assert left_beside(place) == ["hub.sqlite3"]


def test_a_log_that_an_empty_file_left_does_not_touch_what_is_restored(place, copied):
    place.path.parent.mkdir()
    for log in ("-wal", "-shm"):
        place.path.with_name(f"hub.sqlite3{log}").write_bytes(b"of another file")
    place.restore(lambda file: file.write(copied), SNAPSHOT)
    assert left_beside(place) == ["hub.sqlite3"]


def test_a_backup_with_other_rows_than_it_names_is_not_restored(place, copied):
    more = Snapshot({**SNAPSHOT.rows, "member": 3}, SNAPSHOT.migrations)
    with pytest.raises(Refused, match="member"):
        place.restore(lambda file: file.write(copied), more)
    assert left_beside(place) == []


def test_a_disk_that_is_full_on_the_way_leaves_no_half_of_a_database(place, copied):
    def half(file):
        file.write(copied[: len(copied) // 2])
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        place.restore(half, SNAPSHOT)
    assert left_beside(place) == []


def test_a_backup_is_tried_in_a_place_of_its_own(hub, place, copied, tmp_path):
    (tmp_path / "work").mkdir()
    place.try_out(lambda file: file.write(copied), SNAPSHOT, tmp_path / "work")
    assert not place.path.exists()
    assert inspect(tmp_path / "work" / "tried.sqlite3") == SNAPSHOT
