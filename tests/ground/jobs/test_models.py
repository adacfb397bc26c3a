"""Jobs as rows: which are due, which are lost, which may have fallen out of the queue."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from media_pipeline.models import Job
from tests.factories.media_pipeline import JobFactory

pytestmark = pytest.mark.django_db

Status = Job.Status
NOW = timezone.now()
SECOND = datetime.timedelta(seconds=1)


def test_waiting_jobs_are_due_once_their_time_has_come():
    now = JobFactory()
    later = JobFactory(not_before=NOW + 60 * SECOND)
    for status in (Status.RUNNING, Status.DONE, Status.FAILED, Status.CANCELLED):
        JobFactory(status=status)
    assert list(Job.objects.due(NOW)) == [now]
    assert set(Job.objects.due(NOW + 60 * SECOND)) == {now, later}


def test_a_running_job_is_lost_after_25_seconds_without_a_sign_of_life():
    job = JobFactory(status=Status.RUNNING, heartbeat_at=NOW)
    JobFactory(status=Status.WAITING, heartbeat_at=NOW)
    for after, lost in ((25 * SECOND, []), (26 * SECOND, [job])):
        assert list(Job.objects.lost(NOW + after)) == lost
        assert job.is_lost(NOW + after) == bool(lost)


def test_a_sign_of_life_from_a_clock_that_was_set_back_since_is_no_sign():
    job = JobFactory(status=Status.RUNNING, heartbeat_at=NOW + 3600 * SECOND)
    assert list(Job.objects.lost(NOW)) == [job]
    assert job.is_lost(NOW)


def test_a_job_put_off_by_a_clock_that_was_set_back_since_does_not_wait_for_an_hour():
    job = JobFactory(not_before=NOW + 3610 * SECOND)
    JobFactory(not_before=NOW + 301 * SECOND)  # the longest delay, by another clock
    assert list(Job.objects.due(NOW)) == [job]


def test_under_way_is_what_a_worker_holds_or_has_still_to_take():
    jobs = {status: JobFactory(status=status) for status in Status}
    under_way = {jobs[Status.WAITING], jobs[Status.RUNNING]}
    assert set(Job.objects.under_way()) == under_way
    assert {job for job in jobs.values() if job.is_under_way} == under_way


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"created_at": NOW}, False),  # it may just be on its way
        ({"created_at": NOW - 26 * SECOND}, True),
        ({"created_at": NOW - 60 * SECOND, "queued_at": NOW}, False),
        ({"created_at": NOW - 60 * SECOND, "queued_at": NOW - 26 * SECOND}, True),
        ({"created_at": NOW + 3600 * SECOND}, True),  # the clock was set back since
        ({"created_at": NOW - 60 * SECOND, "queued_at": NOW + 3600 * SECOND}, True),
        ({"created_at": NOW, "not_before": NOW}, True),
        ({"created_at": NOW - 60 * SECOND, "not_before": NOW + SECOND}, False),
    ],
)
def test_jobs_that_may_have_lost_their_place_are_found(fields, found):
    job = JobFactory(**fields)
    assert list(Job.objects.stranded(NOW)) == ([job] if found else [])


def test_progress_stays_between_nothing_and_all():
    with pytest.raises(IntegrityError):
        JobFactory(progress=1.1)
