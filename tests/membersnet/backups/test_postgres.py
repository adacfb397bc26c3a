"""A PostgreSQL database is copied and restored by its own programs."""

import io
from functools import partial

import pytest
from django.db import connection

from ground.refusals import Refused
from membersnet.backups.postgres import PostgresDatabase
from membersnet.backups.sealing import Seal
from party.models import Member
from tests.factories.party import MemberFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs DATABASE_URL to be one"),
]
SEAL = Seal.make()


@pytest.fixture
def database():
    return PostgresDatabase(connection.settings_dict)


@pytest.fixture
def beside(database):
    """An empty database beside the tests' own."""
    name = f"{connection.settings_dict['NAME']}_beside"
    database._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    database._execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield PostgresDatabase({**connection.settings_dict, "NAME": name})
    database._execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def copied(database, tmp_path):
    """Two members, copied: a sealed part, what pours it out, and what was counted."""
    MemberFactory.create_batch(2)
    path = tmp_path / "database.age"
    with database.copy(tmp_path) as (stream, snapshot):
        MemberFactory()  # committed while the copy is made: not in it, and not counted
        part = SEAL.close(stream, path)
    return path, partial(SEAL.check, path, part), snapshot


def rows_of(database: PostgresDatabase, table: str) -> int:
    with database._connected() as connected:
        return connected.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def databases(database: PostgresDatabase) -> set[str]:
    with database._connected() as connected:
        return {row[0] for row in connected.execute("SELECT datname FROM pg_database")}


def test_a_copy_counts_and_holds_one_moment(copied, beside):
    _path, pour, snapshot = copied
    assert snapshot.rows["party_member"] == 2
    assert Member.objects.count() == 3
    assert beside.is_empty()
    beside.restore(pour, snapshot)
    assert not beside.is_empty()
    assert rows_of(beside, "party_member") == 2


def test_a_copy_is_tried_in_a_database_of_its_own_which_goes_again(copied, database, tmp_path):
    _path, pour, snapshot = copied
    before = databases(database)
    database.try_out(pour, snapshot, tmp_path)
    assert databases(database) == before


def test_who_may_make_no_database_has_the_whole_copy_read(copied, database, tmp_path):
    path, pour, snapshot = copied
    database._execute("DROP ROLE IF EXISTS reader")
    database._execute("CREATE ROLE reader LOGIN")
    limited = PostgresDatabase({**connection.settings_dict, "USER": "reader"})
    try:
        limited.try_out(pour, snapshot, tmp_path)
        garbage = SEAL.close(io.BytesIO(b"no dump at all" * 100), path)
        with pytest.raises(Refused, match="pg_restore failed, so nothing was changed"):
            limited.try_out(partial(SEAL.check, path, garbage), snapshot, tmp_path)
    finally:
        database._execute("DROP ROLE reader")


def test_a_copy_that_breaks_off_leaves_the_place_empty(copied, beside):
    path, pour, snapshot = copied
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Refused, match="altered or cut"):
        beside.restore(pour, snapshot)
    assert beside.is_empty()


def test_a_missing_program_is_named(database, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(Refused, match="pg_dump is not installed here"),
        database.copy(tmp_path),
    ):
        pass


def test_a_server_that_is_away_is_said(database):
    away = PostgresDatabase({**connection.settings_dict, "PORT": "1"})
    with pytest.raises(Refused, match="does not answer"):
        away.is_empty()
