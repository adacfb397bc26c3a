"""Hands jobs to the workers, through Django's tasks. A task takes the job's number, and no more."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django_tasks import default_task_backend
from django_tasks.base import Task, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from ground.jobs.models import AbstractJob

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
    if not default_task_backend.supports_get_result:
        return True
    try:
        result: Any = default_task_backend.get_result(job.task_id)
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


def _put_in_queue(job: AbstractJob, task: Task) -> None:
    result = task.using(queue_name=job.queue_name).enqueue(job.pk)
    waiting = type(job)._default_manager.filter(pk=job.pk, status=AbstractJob.Status.WAITING)
    waiting.update(task_id=result.id, queued_at=Now())
