"""What becomes of a job: each way it can end, go on, or be brought back."""

import datetime

import pytest
from django.utils import timezone

from ground.jobs.leases import claim
from ground.jobs.transitions import (
    cancel,
    fail,
    finish,
    give_back,
    requeue_lost,
    restart,
    retry_later,
)
from media_pipeline.models import Job
from tests.factories.media_pipeline import JobFactory

pytestmark = pytest.mark.django_db

Status = Job.Status
AGAIN = "The worker stopped in the middle; this will be done again."


@pytest.fixture
def job(db) -> Job:
    return claim(Job.objects.due(), JobFactory().pk)


def ended(job: Job) -> tuple:
    job = Job.objects.get(pk=job.pk)
    assert job.lease is None
    return job.status, job.reason, job.progress, bool(job.finished_at)


def test_a_job_that_is_done_says_what_came_of_it(job):
    finish(job, "Three captions.")
    assert ended(job) == (Status.DONE, "Three captions.", 1.0, True)


def test_a_job_that_failed_keeps_how_far_it_came(job):
    job.progress = 0.4
    fail(job, "The disk is full.")
    assert ended(job) == (Status.FAILED, "The disk is full.", 0.4, True)


def test_a_job_that_is_cancelled_waits_for_nothing(job):
    job.not_before = timezone.now()
    cancel(job, "Stopped by Ann Example.")
    assert ended(job) == (Status.CANCELLED, "Stopped by Ann Example.", 0.0, True)
    assert job.not_before is None


def test_each_attempt_waits_longer_and_then_it_has_failed_for_good():
    job = JobFactory()
    delays = []
    for attempt in range(1, 4):
        job = claim(Job.objects.due(job.not_before), job.pk)
        began = timezone.now()
        assert retry_later(job, "The server is away.")
        assert (job.attempts, job.status, job.queued_at) == (attempt, Status.WAITING, None)
        delays.append(job.not_before - began)
    for delay, told in zip(delays, (10, 60, 300), strict=True):
        assert datetime.timedelta(seconds=told) <= delay
        assert delay < datetime.timedelta(seconds=told + 60)
    job = claim(Job.objects.due(job.not_before), job.pk)
    assert not retry_later(job, "The server is away.")
    assert (job.status, job.attempts) == (Status.RUNNING, 4)


def test_a_job_that_is_done_anew_has_all_its_attempts_again(job):
    fail(job, "The disk is full.")
    restart(job)
    job = Job.objects.get(pk=job.pk)
    assert (job.status, job.attempts, job.reason) == (Status.WAITING, 0, "")
    assert job.finished_at is None


def test_a_job_given_back_is_queued_at_the_next_look_round(job):
    Job.objects.update(queued_at=timezone.now(), task_id="some task")
    give_back(job)
    assert list(Job.objects.stranded(timezone.now())) == [job]
    job = Job.objects.get(pk=job.pk)
    assert (job.status, job.lease, job.task_id, job.reason) == (Status.WAITING, None, "", AGAIN)


def test_a_job_that_is_no_longer_ours_cannot_be_given_back(job):
    Job.objects.update(status=Status.DONE)
    give_back(job)
    assert Job.objects.get().status == Status.DONE


def test_a_lost_job_is_brought_back_and_one_that_is_alive_is_left_alone(job):
    alive = claim(Job.objects.due(), JobFactory().pk)
    later = job.heartbeat_at + Job.LOST_AFTER + datetime.timedelta(seconds=1)
    Job.objects.filter(pk=alive.pk).update(heartbeat_at=later)
    assert requeue_lost(Job.objects.all(), later, give_up=pytest.fail) == [job]
    job.refresh_from_db()
    assert (job.status, job.lease, job.attempts, job.reason) == (Status.WAITING, None, 1, AGAIN)
    alive.refresh_from_db()
    assert alive.status == Status.RUNNING


def test_what_loses_its_worker_each_time_is_given_up(job):
    Job.objects.update(attempts=Job.MOST_ATTEMPTS)
    later = job.heartbeat_at + 2 * Job.LOST_AFTER
    lost = requeue_lost(Job.objects.all(), later, give_up=lambda job: fail(job, "It kills them."))
    assert lost == []
    assert ended(job)[:2] == (Status.FAILED, "It kills them.")
