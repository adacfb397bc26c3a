"""A worker's hold on a job: signs of life while it lasts, an end to the work once it is lost."""

import datetime
import signal
import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from ground.jobs import leases
from ground.jobs.leases import Lease, LeaseLostError, claim, held
from media_pipeline.models import Job
from tests.factories.media_pipeline import JobFactory

pytestmark = pytest.mark.django_db(transaction=True)

Status = Job.Status
LONG_AGO = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)


def claimed() -> Job:
    return claim(Job.objects.due(), JobFactory().pk)


def test_a_job_is_claimed_once_and_counts_its_attempts():
    job = claimed()
    assert (job.status, job.attempts, job.progress, job.reason) == (Status.RUNNING, 1, 0.0, "")
    assert job.started_at == job.heartbeat_at
    assert Job.objects.get().lease == job.lease
    assert claim(Job.objects.due(), job.pk) is None


def test_what_stands_in_the_way_is_said_and_the_job_goes_on_waiting():
    job = JobFactory()
    assert claim(Job.objects.due(), job.pk, obstacle=lambda job: "It waits for the tide.") is None
    job.refresh_from_db()
    assert (job.status, job.attempts, job.reason) == (Status.WAITING, 0, "It waits for the tide.")
    assert claim(Job.objects.due(), job.pk, obstacle=lambda job: "").reason == ""


def test_a_job_is_not_claimed_before_its_time():
    job = JobFactory(not_before=timezone.now() + datetime.timedelta(minutes=5))
    assert claim(Job.objects.due(), job.pk) is None
    Job.objects.update(not_before=LONG_AGO)
    assert claim(Job.objects.due(), job.pk).not_before is None


def test_who_has_lost_the_lease_writes_nothing():
    job = claimed()
    Job.objects.update(status=Status.CANCELLED, lease=None)
    with pytest.raises(LeaseLostError), held(job):
        pytest.fail("the job is not ours any more")
    with pytest.raises(LeaseLostError):
        Lease(job).progress(0.5)
    assert Job.objects.get().progress == 0


def test_progress_is_written_down_within_its_bounds_and_at_most_once_a_second():
    lease = Lease(claimed())
    lease.progress(1.7)
    lease.progress(0.2)
    assert Job.objects.get().progress == 1.0


def test_whoever_watches_hears_of_every_report():
    heard = []
    job = claimed()
    lease = Lease(job, lambda job, fraction: heard.append((job.pk, fraction)))
    for fraction in (0.1, 0.2):
        lease.progress(fraction)
    assert heard == [(job.pk, 0.1), (job.pk, 0.2)]


def test_a_beat_gives_a_sign_of_life_when_it_is_time_and_else_only_looks(monkeypatch):
    lease = Lease(claimed())
    Job.objects.update(heartbeat_at=LONG_AGO)
    lease.beat()
    assert Job.objects.get().heartbeat_at == LONG_AGO
    monkeypatch.setattr(leases, "BEAT", 0.0)
    lease.beat()
    assert Job.objects.get().heartbeat_at > LONG_AGO
    assert not lease.lost


def test_a_beat_notices_that_the_job_is_lost():
    lease = Lease(claimed())
    Job.objects.update(lease=None)
    lease.beat()
    assert lease.lost
    with pytest.raises(LeaseLostError):
        lease.progress(0.5)


def test_a_job_that_no_other_worker_can_see_needs_no_thread():
    if not (connection.vendor == "sqlite" and connection.is_in_memory_db()):
        pytest.skip("only a database in memory is seen by one process alone")
    before = threading.active_count()
    with Lease(claimed()):
        assert threading.active_count() == before


def test_work_that_reports_nothing_is_interrupted_once_the_job_is_lost():
    lease = Lease(claimed())
    working = threading.Event()

    def lose():
        working.wait(60)
        lease.lose()

    def work():
        with lease.interrupting():
            working.set()
            time.sleep(60)
            pytest.fail("nothing interrupted the work within a minute")

    loser = threading.Thread(target=lose)
    loser.start()
    with pytest.raises(LeaseLostError):
        work()
    loser.join()
    signal.raise_signal(signal.SIGUSR1)  # one that comes late interrupts nothing
