"""What is told to have changed is noted with the change itself, and a worker asked for it once."""

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from search.actions import changes
from search.models import ChangedEntry

pytestmark = pytest.mark.django_db


def waiting() -> list[str]:
    return [row.key for row in ChangedEntry.objects.order_by("key")]


def test_marking_twice_leaves_one_row_with_the_later_time():
    changes.mark_changed("fact", ["a"])
    first = ChangedEntry.objects.get()
    changes.mark_changed("fact", ["a", "a"])

    again = ChangedEntry.objects.get()
    assert again.pk == first.pk
    assert again.changed_at > first.changed_at


def test_marking_belongs_to_the_transaction_of_the_change():
    def change_and_fail():
        with transaction.atomic():
            changes.mark_changed("fact", ["a"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert waiting() == []


def test_a_single_key_given_by_mistake_is_refused():
    with pytest.raises(TypeError, match="a list of keys"):
        changes.mark_changed("fact", "abc")


def test_marking_many_takes_the_same_queries_as_marking_one(django_assert_num_queries):
    for keys in (["a"], [f"k{n}" for n in range(150)]):
        with django_assert_num_queries(1):
            changes.mark_changed("fact", keys)


def test_one_task_is_enqueued_when_the_change_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        changes.mark_changed("fact", ["a"])
        changes.mark_changed("fact", ["b"])
        assert not DBTaskResult.objects.exists()

    task = DBTaskResult.objects.get()
    assert (task.task_path, task.queue_name) == ("search.tasks.index_changes", "index")


def test_a_task_that_runs_already_does_not_stand_for_one_that_waits():
    changes.request_indexing()
    DBTaskResult.objects.get().claim("worker")
    changes.request_indexing()
    changes.request_indexing()

    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "RUNNING"]


def test_a_task_for_later_does_not_hold_up_a_change_that_comes_now():
    changes.request_indexing(after=30)
    changes.request_indexing(after=30)
    assert DBTaskResult.objects.count() == 1

    changes.request_indexing()
    assert DBTaskResult.objects.ready().count() == 1
