"""Hands jobs to the workers, through Django's tasks."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from media_pipeline.models import Job, Recording


def enqueue(job: Job) -> None:
    """Put a waiting job in its queue once the transaction under way is committed.

    Transcription and alignment go into the queue “speech”, everything else into “media”. Where the
    queue does not answer nothing is raised: the workers' next look round queues the job.
    """
    transaction.on_commit(partial(_put_in_queue, job.pk, job.is_speech), robust=True)


def enqueue_next(recording: Recording) -> None:
    """Put the film's next step in its queue, if one is waiting for its turn."""
    job = Job.objects.in_turn().steps().filter(recording=recording).order_by("position").first()
    if job:
        enqueue(job)


def enqueue_speech() -> int:
    """Queue as many waiting speech jobs as may begin now, the oldest first.

    For the moment when one ends: the others left the queue when they found no room. Returns how
    many were queued.
    """
    waiting = Job.objects.in_turn().speech().order_by("created_at", "pk")
    jobs = [job for job in waiting[: max(0, room_for_speech())] if not is_queued(job)]
    for job in jobs:
        enqueue(job)
    return len(jobs)


def room_for_speech() -> int:
    """How many more speech jobs may run at once, over all workers of this database."""
    return int(settings.MEDIA_SPEECH_AT_ONCE) - Job.objects.running().speech().count()


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


def _put_in_queue(job_id: int, is_speech: bool) -> None:
    from media_pipeline.tasks import run_step

    task = run_step.using(queue_name="speech" if is_speech else "media").enqueue(job_id)
    waiting = Job.objects.filter(pk=job_id, status=Job.Status.WAITING)
    waiting.update(task_id=task.id, queued_at=Now())
