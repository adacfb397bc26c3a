"""Hands jobs to the workers, through Django's tasks. A task takes the job's number, and no more."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django_tasks import task_backends
from django_tasks.base import Task, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from ground.jobs.models import AbstractJob, database_now

QUEUE = "queue"  # the backend whose queues the workers empty; only jobs are put there

_requeuers: list[Callable[[], int]] = []


def enqueue(job: AbstractJob, task: Task) -> None:
    """Put a waiting job in its queue once the transaction under way is committed.

    Where the queue does not answer nothing is raised: the workers' next look round queues the job.
    Queueing one twice does no harm: the second task finds nothing to claim.
    """
    transaction.on_commit(lambda: _put_in_queue(job, task), robust=True)


def is_queued(job: AbstractJob) -> bool:
    """Say whether a task in the queue will still take this waiting job.

    A task that runs while its job still waits has lost its worker between taking the task and
    claiming the job.
    """
    if not job.task_id:
        return False
    backend = task_backends[QUEUE]
    if not backend.supports_get_result:
        return True
    try:
        result: Any = backend.get_result(job.task_id)
    except TaskResultDoesNotExist:
        return False
    return bool(result.status == TaskResultStatus.READY)


def register(requeue: Callable[[], int]) -> None:
    """Have `requeue` called at each of the workers' looks round; it returns how many it requeued.

    An app registers its own in `AppConfig.ready`. Registering the same twice does nothing.
    """
    if requeue not in _requeuers:
        _requeuers.append(requeue)


def requeue_lost_jobs() -> int:
    """Bring back the jobs of every kind that nobody is doing any more; returns how many."""
    return sum(requeue() for requeue in _requeuers)


def watch_for_lost_jobs(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Bring back the jobs that nobody is doing any more, if signs of life could be given lately.

    Where nobody looked for a while, the database was locked, this machine slept or its clock was
    put forward: those who live write their sign within seconds, so they have until the next look.
    """
    if since and since <= now <= since + AbstractJob.LOST_AFTER:
        requeue_lost_jobs()


def _put_in_queue(job: AbstractJob, task: Task) -> None:
    task = task.using(queue_name=job.queue_name, backend=QUEUE)
    if job.not_before and job.not_before > database_now() and task.get_backend().supports_defer:
        task = task.using(run_after=job.not_before)
    result = task.enqueue(job.pk)
    waiting = type(job)._default_manager.filter(pk=job.pk, status=AbstractJob.Status.WAITING)
    waiting.update(task_id=result.id, queued_at=Now())
