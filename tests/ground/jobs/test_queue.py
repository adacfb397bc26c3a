"""Jobs and their tasks in the queue: put there after the commit, found missing, replaced."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ground.jobs import queue
from ground.jobs.models import AbstractJob
from ground.jobs.queue import (
    enqueue,
    is_queued,
    register,
    requeue_lost_jobs,
    watch_for_lost_jobs,
)
from media_pipeline.models import Job
from media_pipeline.tasks import run_step
from tests.factories.media_pipeline import JobFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_is_queued_where_its_kind_belongs_and_not_before_the_commit():
    with transaction.atomic():
        job = JobFactory(step=Job.Step.TRANSCRIPTION)
        enqueue(job, run_step)
        assert not DBTaskResult.objects.exists()
    task = DBTaskResult.objects.get()
    assert (task.queue_name, task.args_kwargs["args"]) == ("speech", [job.pk])
    job.refresh_from_db()
    assert job.task_id == str(task.pk)
    assert job.queued_at
    assert is_queued(job)


def test_a_job_whose_task_is_gone_or_was_taken_is_not_queued():
    job = JobFactory()
    assert not is_queued(job)
    enqueue(job, run_step)
    job.refresh_from_db()
    DBTaskResult.objects.get().claim("a worker that died")
    assert not is_queued(job)
    DBTaskResult.objects.all().delete()
    assert not is_queued(job)


def test_a_queue_that_does_not_answer_leaves_the_job_for_the_next_look_round(monkeypatch, caplog):
    class Away:
        def using(self, **options):
            raise ConnectionError

    job = JobFactory()
    enqueue(job, Away())
    job.refresh_from_db()
    assert (job.status, job.task_id, job.queued_at) == (Job.Status.WAITING, "", None)
    assert "ConnectionError" in caplog.text


def test_a_look_round_asks_every_kind_of_job_once(monkeypatch):
    monkeypatch.setattr(queue, "_requeuers", [])

    def two() -> int:
        return 2

    register(two)
    register(two)
    register(lambda: 3)
    assert requeue_lost_jobs() == 5


def test_a_job_that_is_put_off_is_queued_for_its_time():
    job = JobFactory(not_before=timezone.now() + datetime.timedelta(minutes=1))
    enqueue(job, run_step)
    assert DBTaskResult.objects.get().run_after == job.not_before


@pytest.mark.parametrize(
    ("seconds_ago", "looks"),
    [
        (None, False),  # nobody ever looked: give those who live the time to show it
        (5, True),
        (25, True),
        (60, False),  # the database was locked, or this machine slept
        (3605, False),  # the clock was put forward by an hour
        (-3595, False),  # or back
    ],
)
def test_nobody_is_taken_for_dead_who_could_not_give_a_sign_of_life(
    monkeypatch, seconds_ago, looks
):
    looked = []
    monkeypatch.setattr(queue, "_requeuers", [lambda: looked.append(True) or 0])
    now = timezone.now()
    since = None if seconds_ago is None else now - datetime.timedelta(seconds=seconds_ago)
    watch_for_lost_jobs(since=since, now=now)
    assert looked == ([True] if looks else [])
    assert datetime.timedelta(seconds=25) == AbstractJob.LOST_AFTER
