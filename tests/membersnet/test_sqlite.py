"""A database file is read with its log, and alone where the log cannot be opened."""

import resource
import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from membersnet.sqlite.base import DatabaseWrapper, log_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def open_file(tmp_path):
    """What opens a database file as the hub does, and closes it with the test."""
    settings = {
        **connections[DEFAULT_DB_ALIAS].settings_dict,
        "ENGINE": "membersnet.sqlite",
        "CONN_MAX_AGE": None,
        "NAME": tmp_path / "hub.sqlite3",
        "OPTIONS": {"timeout": 1, "transaction_mode": "IMMEDIATE"},
    }
    opened = []

    def connect():
        opened.append(DatabaseWrapper(settings, "file"))
        opened[-1].ensure_connection()
        return opened[-1]

    yield connect
    for wrapper in opened:
        wrapper.close()


def rows(wrapper):
    with wrapper.cursor() as cursor:
        return cursor.execute("SELECT name FROM place").fetchall()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "hub.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE place (name TEXT)")
        connection.execute("INSERT INTO place VALUES ('Anglesey')")
        connection.commit()
    return path


def test_a_new_file_and_one_that_came_from_elsewhere_get_a_log_once(open_file, file):
    open_file()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@contextmanager
def no_room():
    """Let this process write no byte to any file, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_whose_log_cannot_be_opened_is_read_alone_for_one_request(open_file, file):
    open_file().close()
    with no_room():
        wrapper = open_file()
        read = rows(wrapper)
    assert read == [("Anglesey",)]
    with pytest.raises(OperationalError, match="readonly"), wrapper.cursor() as cursor:
        cursor.execute("INSERT INTO place VALUES ('Powys')")
    wrapper.close_if_unusable_or_obsolete()
    assert wrapper.connection is None
    later = open_file()
    later.close_if_unusable_or_obsolete()
    assert later.connection is not None


def test_a_log_that_holds_something_and_cannot_be_opened_is_no_reason_to_show_less(open_file, file):
    wrapper = open_file()
    with wrapper.cursor() as cursor:
        cursor.execute("INSERT INTO place VALUES ('Powys')")
    elsewhere = file.parent / "elsewhere"
    elsewhere.mkdir()
    for path in (file, log_of(file)):  # as a kill leaves them
        shutil.copy(path, elsewhere)
    wrapper.settings_dict["NAME"] = elsewhere / file.name
    wrapper.close()
    with no_room(), pytest.raises(OperationalError):
        wrapper.ensure_connection()
    assert rows(wrapper) == [("Anglesey",), ("Powys",)]
