"""Brings work back that stopped: by a person's wish, or because a worker died."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from media_pipeline.actions.queueing import enqueue, is_queued
from media_pipeline.actions.running import stop_at
from media_pipeline.models import Job, Recording
from media_pipeline.models.jobs import LOST_AFTER

MOST_ATTEMPTS = 5  # a film that kills its worker each time must not do so for ever


class CannotRetryError(Exception):
    """The step cannot be run again; the message is a sentence for the author."""


def retry_step(job: Job, *, by: Any) -> Job:
    """Have a failed step done again, and those after it; returns the job, waiting.

    Raises CannotRetryError for a job that has not failed or whose film was refused.
    """
    with transaction.atomic():
        fresh = Job.objects.select_for_update(of=("self",)).select_related("recording")
        job = fresh.get(pk=job.pk)
        if not job.can_be_retried:
            raise CannotRetryError(
                _("Only a step that failed can be run again, and only while its film is kept.")
            )
        log(
            job.recording,
            "media_pipeline.retry",
            user=by,
            data={"step": job.step, "old": job.status, "new": Job.Status.WAITING},
        )
        job.status, job.attempts, job.progress = Job.Status.WAITING, 0, 0.0
        job.reason = ""
        job.save()
        job.recording.state = Recording.State.PROCESSING
        job.recording.save(update_fields=["state"])
        enqueue(job)
    return job


def take_up_lost_jobs(now: datetime.datetime) -> int:
    """Bring back the jobs that nobody is doing any more; returns how many.

    These are running jobs without a sign of life for a minute, and waiting jobs that lost their
    place in the queue (a worker that died between taking a task and claiming its job, a crash
    between commit and queueing). For the start of a worker, and every half minute after.
    """
    return _take_up_running(now) + _queue_forgotten(now)


def _take_up_running(now: datetime.datetime) -> int:
    count = 0
    for pk in Job.objects.lost(now).values_list("pk", flat=True):
        with transaction.atomic():
            lost = Job.objects.select_for_update(of=("self",)).lost(now)
            job = lost.select_related("recording").filter(pk=pk).first()
            if job:
                _take_up(job)
                count += 1
    return count


def _take_up(job: Job) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        sentence = _(
            "The worker stopped in the middle of this step %(times)s times, perhaps for want of "
            "memory. The film is kept. Tell the person who runs the site, then run the step again."
        )
        return stop_at(job, sentence % {"times": job.attempts})
    job.status, job.lease = Job.Status.WAITING, None
    job.reason = _("The worker stopped in the middle; this step will be done again.")
    job.save()
    return enqueue(job)


def _queue_forgotten(now: datetime.datetime) -> int:
    old = now - LOST_AFTER
    waiting = Job.objects.in_turn().filter(
        Q(queued_at=None, created_at__lt=old) | Q(queued_at__lt=old)
    )
    forgotten = [job for job in waiting if not is_queued(job)]
    for job in forgotten:
        enqueue(job)
    return len(forgotten)
