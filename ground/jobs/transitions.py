"""What becomes of a job: done, failed, tried again later, cancelled, begun anew, or brought back.

Each function works on a row that its caller holds, inside the caller's transaction, and saves it.
"""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ground.jobs.leases import mine
from ground.jobs.models import AbstractJob, J, JobQuerySet, database_now

Status = AbstractJob.Status


def finish(job: AbstractJob, reason: str = "") -> None:
    """Mark a job as done."""
    job.progress = 1.0
    _close(job, Status.DONE, reason)


def fail(job: AbstractJob, reason: str) -> None:
    """Mark a job as failed: from now on it is a person's."""
    _close(job, Status.FAILED, reason)


def cancel(job: AbstractJob, reason: str) -> None:
    """Take a job from its worker, or out of the line; the worker notices within about a second."""
    job.progress, job.not_before = 0.0, None
    _close(job, Status.CANCELLED, reason)


def retry_later(job: AbstractJob, reason: str) -> bool:
    """Have a failed job wait for its next attempt; False, and no change, where it had them all.

    The workers' look round queues it once `not_before` has passed.
    """
    if job.attempts > len(job.RETRY_DELAYS):
        return False
    job.progress, job.queued_at, job.task_id = 0.0, None, ""
    job.not_before = database_now() + job.RETRY_DELAYS[job.attempts - 1]
    _close(job, Status.WAITING, reason)
    return True


def restart(job: AbstractJob) -> None:
    """Have a job done anew, as if it never had been."""
    job.status, job.attempts, job.progress = Status.WAITING, 0, 0.0
    job.reason, job.lease, job.not_before, job.finished_at = "", None, None, None
    job.save()


def give_back(job: AbstractJob) -> None:
    """Put a job that this worker holds back in the line, as if it had not been taken.

    For a worker that is stopped, or finds that nothing can be done now; the next look round queues
    the job.
    """
    mine(job).update(
        status=Status.WAITING,
        attempts=F("attempts") - 1,
        lease=None,
        task_id="",
        queued_at=None,
        not_before=database_now(),
        reason=interrupted(),
    )


def requeue_lost(
    jobs: JobQuerySet[J], now: datetime.datetime, *, give_up: Callable[[J], None]
) -> list[J]:
    """Bring back running jobs that lost their worker and return them, for the caller to enqueue.

    `now` is the database's. One that has lost as many workers as it has attempts is handed to
    `give_up`, which fails it with a sentence: it may be what kills them.
    """
    brought_back = []
    for pk in jobs.lost(now).values_list("pk", flat=True):
        with transaction.atomic():
            job = jobs.lost(now).in_full().select_for_update(of=("self",)).filter(pk=pk).first()
            if job is None:
                continue
            if job.attempts >= job.MOST_ATTEMPTS:
                give_up(job)
                continue
            job.status, job.lease, job.reason = Status.WAITING, None, interrupted()
            job.save()
            brought_back.append(job)
    return brought_back


def interrupted() -> str:
    """The sentence on a job whose worker was stopped."""
    return _("The worker stopped in the middle; this will be done again.")


def _close(job: AbstractJob, status: Status, reason: str) -> None:
    """End a worker's hold on a job."""
    job.status, job.reason, job.lease = status, reason, None
    job.finished_at = database_now()
    job.save()
