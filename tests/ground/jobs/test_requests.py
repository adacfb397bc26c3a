"""Calls of tasks are queued with the change they follow, brought back, and retried by a person."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from ground.jobs.leases import claim
from ground.jobs.models import TaskJob, database_now
from ground.jobs.requests import request, requeue_lost_task_jobs, retry
from ground.jobs.tasks import run_task_job
from ground.jobs.transitions import fail
from tests.factories.party import MemberFactory
from tests.ground.jobs.calls import note_call

pytestmark = pytest.mark.django_db(transaction=True)

Status = TaskJob.Status
MINUTE = datetime.timedelta(minutes=1)


def queued() -> list[int]:
    """The numbers of the jobs for which a task waits in the queue."""
    tasks = DBTaskResult.objects.filter(status="READY").order_by("enqueued_at")
    return [task.args_kwargs["args"][0] for task in tasks]


def test_a_call_belongs_to_the_transaction_of_the_change_it_follows():
    with transaction.atomic():
        request(note_call)
        transaction.set_rollback(True)
    assert not TaskJob.objects.exists()
    with transaction.atomic():
        job = request(note_call)
        assert queued() == []
    assert queued() == [job.pk]
    task = DBTaskResult.objects.get()
    assert (task.queue_name, task.backend_name) == ("index", "queue")
    run_task_job.call(job.pk)
    assert TaskJob.objects.get().status == Status.DONE


def test_asking_twice_queues_once():
    assert request(note_call, 1) == request(note_call, 1)
    assert len(queued()) == 1


def test_a_call_whose_worker_was_killed_is_queued_again_within_half_a_minute():
    job = claim(TaskJob.objects.due(), request(note_call).pk)
    DBTaskResult.objects.all().delete()
    assert requeue_lost_task_jobs(job.heartbeat_at + TaskJob.LOST_AFTER) == 0
    lost = job.heartbeat_at + TaskJob.LOST_AFTER + datetime.timedelta(seconds=1)
    assert requeue_lost_task_jobs(lost) == 1
    assert queued() == [job.pk]


def test_a_call_that_kills_its_worker_each_time_is_given_to_a_person():
    job = claim(TaskJob.objects.due(), request(note_call).pk)
    TaskJob.objects.update(attempts=TaskJob.MOST_ATTEMPTS)
    assert requeue_lost_task_jobs(job.heartbeat_at + MINUTE) == 0
    job = TaskJob.objects.get()
    assert job.status == Status.FAILED
    assert job.reason.startswith("The worker stopped in the middle 5 times")


def test_a_call_that_fell_out_of_the_queue_gets_a_new_place():
    job = request(note_call)
    assert requeue_lost_task_jobs(database_now() + MINUTE) == 0
    DBTaskResult.objects.all().delete()
    assert requeue_lost_task_jobs(database_now() + MINUTE) == 1
    assert queued() == [job.pk]


def test_a_person_has_a_failed_call_done_again_and_nothing_else():
    job = request(note_call)
    by = MemberFactory()
    assert not retry(job, by=by, now=timezone.now())
    assert len(queued()) == 1
    job = claim(TaskJob.objects.due(), job.pk)
    DBTaskResult.objects.all().delete()
    with transaction.atomic():
        fail(job, "The storage is away.")
    assert retry(job, by=by, now=timezone.now())
    job.refresh_from_db()
    assert (job.status, job.attempts, job.reason) == (Status.WAITING, 0, "")
    assert queued() == [job.pk]
    entry = ModelLogEntry.objects.get(action="jobs.retry")
    assert (entry.user, entry.data) == (by, {"status": ["failed", "waiting"]})
