"""What is told to have changed is noted with the change itself, and a worker asked for it once."""

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ground.jobs.models import TaskJob
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


def asked() -> list[TaskJob]:
    return list(TaskJob.objects.filter(task="search.tasks.index_changes", status="waiting"))


def test_a_worker_is_asked_once_when_the_change_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        changes.mark_changed("fact", ["a"])
        changes.mark_changed("fact", ["b"])
        assert asked() == []

    (job,) = asked()
    assert DBTaskResult.objects.get(args_kwargs__args=[job.pk]).queue_name == "index"


def test_what_was_noted_and_never_asked_for_is_asked_for_by_the_workers_duty():
    changes.index_what_was_left(since=None, now=timezone.now())
    assert asked() == []
    changes.mark_changed("fact", ["a"])  # and its process is killed before the commit is over
    changes.index_what_was_left(since=None, now=timezone.now())
    assert len(asked()) == 1


def test_a_request_for_later_does_not_hold_up_a_change_that_comes_now():
    changes.request_indexing(after=30)
    changes.request_indexing(after=30)
    (job,) = asked()
    assert job.not_before > timezone.now()

    changes.request_indexing()
    (job,) = asked()
    assert job.not_before is None
