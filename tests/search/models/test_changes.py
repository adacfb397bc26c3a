"""Rows of changed entries: read, forgotten, and kept when they were marked again."""

import datetime

import pytest
from django.utils import timezone

from search.actions.changes import mark_changed
from search.models import MOST_ATTEMPTS, ChangedEntry, as_read

pytestmark = pytest.mark.django_db


def keys(rows) -> list[str]:
    return [row.key for row in rows]


def test_rows_come_oldest_first():
    now = timezone.now()
    for key, minutes in (("b", 2), ("a", 1), ("c", 3)):
        ChangedEntry.objects.create(
            kind="rule", key=key, changed_at=now + datetime.timedelta(minutes=minutes)
        )

    assert keys(ChangedEntry.objects.oldest_first()) == ["a", "b", "c"]


def test_rows_are_forgotten_as_they_were_read():
    mark_changed("rule", ["a", "b"])

    ChangedEntry.objects.forget(as_read(ChangedEntry.objects.filter(key="a")))
    assert keys(ChangedEntry.objects.all()) == ["b"]


def test_a_row_that_was_marked_again_since_it_was_read_is_kept():
    mark_changed("rule", ["a", "b"])
    read = as_read(ChangedEntry.objects.all())
    mark_changed("rule", ["b"])

    ChangedEntry.objects.forget(read)
    assert keys(ChangedEntry.objects.all()) == ["b"]


def test_a_failure_is_not_held_against_an_entry_that_has_changed_since():
    mark_changed("rule", ["a", "b"])
    read = as_read(ChangedEntry.objects.all())
    mark_changed("rule", ["b"])

    ChangedEntry.objects.blame(read, "it broke")
    rows = ChangedEntry.objects.order_by("key").values_list("key", "attempts", "reason")
    assert list(rows) == [("a", 1, "it broke"), ("b", 0, "")]


def test_an_entry_that_failed_too_often_waits_no_longer_until_it_changes():
    mark_changed("rule", ["a"])
    for _attempt in range(MOST_ATTEMPTS):
        ChangedEntry.objects.blame(as_read(ChangedEntry.objects.all()), "it broke")

    assert not ChangedEntry.objects.waiting().exists()
    assert keys(ChangedEntry.objects.failing()) == ["a"]

    mark_changed("rule", ["a"])
    assert keys(ChangedEntry.objects.waiting().untried()) == ["a"]
