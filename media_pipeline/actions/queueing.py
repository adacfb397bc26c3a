"""Hands jobs to the workers, through Django's tasks."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from media_pipeline.models import Job, Recording


def enqueue(job: Job) -> None:
    """Put a waiting job in the queue “media” once the transaction under way is committed."""
    transaction.on_commit(partial(_put_in_queue, job.pk))


def enqueue_next(recording: Recording) -> None:
    """Put the film's next job in the queue, if one is waiting for its turn."""
    job = Job.objects.in_turn().filter(recording=recording).first()
    if job:
        enqueue(job)


def is_queued(job: Job) -> bool:
    """Say whether a task in the queue will still run this waiting job.

    A task that runs while its job still waits has lost its worker between taking the task and
    claiming the job. Queueing such a job twice does no harm: the second task finds nothing to do.
    """
    from media_pipeline.tasks import run_step

    if not job.task_id:
        return False
    if not run_step.get_backend().supports_get_result:
        return True
    try:
        return run_step.get_result(job.task_id).status == TaskResultStatus.READY
    except TaskResultDoesNotExist:
        return False


def _put_in_queue(job_id: int) -> None:
    from media_pipeline.tasks import run_step

    task = run_step.enqueue(job_id)
    waiting = Job.objects.filter(pk=job_id, status=Job.Status.WAITING)
    waiting.update(task_id=task.id, queued_at=timezone.now())
