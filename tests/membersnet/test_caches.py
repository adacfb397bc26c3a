"""The cache in the database says whether something was added, and what kept it from being so."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection

pytestmark = pytest.mark.django_db


def outdate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE membersnet_cache SET expires = '2001-01-01 00:00:00'")


def test_what_is_not_there_is_added_and_what_is_there_stays():
    assert cache.add("lock", {"held by": "one"}, 60)
    assert not cache.add("lock", {"held by": "another"}, 60)
    assert cache.get("lock") == {"held by": "one"}


@pytest.mark.parametrize("timeout", [60, None])
def test_what_is_outdated_is_added_anew(timeout):
    cache.add("lock", "one", timeout)
    outdate()
    assert cache.add("lock", "another", timeout)
    assert cache.get("lock") == "another"


def test_what_is_added_for_no_time_at_all_is_not_there():
    cache.add("lock", "one", 0)
    assert cache.get("lock") is None


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a switch of SQLite's")
@pytest.mark.django_db(transaction=True)  # an error inside a test's own would end it
def test_where_nothing_can_be_written_nobody_is_told_that_it_is_there_already():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        with pytest.raises(DatabaseError, match="readonly"):
            cache.add("lock", "one", 60)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
    assert cache.add("lock", "one", 60)
