"""What a page notes beside its answer never makes it fail, nor wait."""

import contextlib
import logging

import pytest
from django.db import DatabaseError, connection

from ground.side_notes import note_if_possible, short_wait
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")
def test_everything_else_goes_on_waiting_for_the_database_as_long_as_the_settings_say():
    def waits() -> int:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0]

    with short_wait():
        assert waits() == 100
    assert waits() == 20_000
    with contextlib.suppress(DatabaseError), short_wait():
        raise DatabaseError
    assert waits() == 20_000


def test_a_note_that_cannot_be_written_is_undone_and_logged(caplog):
    member = MemberFactory(email="ada@members.example")

    def note():
        member.email = "eve@members.example"
        member.save()
        raise DatabaseError("database or disk is full")

    with caplog.at_level(logging.WARNING):
        assert note_if_possible("That it was opened", note) is None
    member.refresh_from_db()
    assert member.email == "ada@members.example"
    assert caplog.messages == ["That it was opened was not noted: database or disk is full"]


def test_a_note_that_is_written_is_given_back():
    assert note_if_possible("A member", MemberFactory).pk is not None


def test_an_error_of_our_own_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        note_if_possible("That it was opened", lambda: 1 // 0)
