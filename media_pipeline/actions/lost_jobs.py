"""Brings back the work on films that nobody is doing any more."""

import datetime

from django.utils.translation import gettext as _

from ground.jobs.models import database_now
from ground.jobs.queue import is_queued
from ground.jobs.transitions import requeue_lost
from media_pipeline.actions.failures import stop_at
from media_pipeline.actions.queue import enqueue, enqueue_speech
from media_pipeline.models import Job


def requeue_lost_jobs(now: datetime.datetime | None = None) -> int:
    """Queue the jobs that nobody is doing any more; returns how many. `now` is the database's.

    These are running jobs without a sign of life for 25 seconds, waiting jobs that lost their place
    in the queue (a worker that died between taking a task and claiming its job, a crash between
    commit and queueing), and failed ones whose next attempt has come.
    """
    now = now or database_now()
    lost = requeue_lost(Job.objects.all(), now, give_up=_give_up)
    for job in lost:
        enqueue(job)
    return len(lost) + _requeue_stranded(now)


def _requeue_stranded(now: datetime.datetime) -> int:
    jobs = list(Job.objects.next_up().stranded(now))
    stranded = [job for job in jobs if not job.is_speech and not is_queued(job)]
    for job in stranded:
        enqueue(job)
    return len(stranded) + (enqueue_speech() if any(job.is_speech for job in jobs) else 0)


def _give_up(job: Job) -> None:
    sentence = _(
        "The worker stopped in the middle of this step %(times)s times, perhaps for want of "
        "memory. The film is kept. Tell the person who runs the site, then run the step again."
    )
    stop_at(job, sentence % {"times": job.attempts})
