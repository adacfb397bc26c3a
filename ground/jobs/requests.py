"""Asks the workers for a call of a task, and brings calls back that nobody is doing any more."""

import datetime
from typing import Any

from django.db import transaction
from django_tasks.base import Task
from wagtail.log_actions import log

from ground.jobs.models import AbstractJob, TaskJob, database_now
from ground.jobs.queue import enqueue, is_queued
from ground.jobs.task_jobs import give_up, note
from ground.jobs.tasks import run_task_job
from ground.jobs.transitions import requeue_lost, restart


def request(task: Task, *args: Any, after: float = 0.0, **kwargs: Any) -> TaskJob:
    """Have a worker call a task in `after` seconds, once, however often that is asked until then.

    `task.enqueue(…)` is the same without the seconds. In the transaction of the change that the
    task follows, both happen or neither does. Raises what `note` raises.
    """
    job, is_new = note(task, args, kwargs, after=after)
    if is_new:
        enqueue(job, run_task_job)
    return job


@transaction.atomic
def retry(job: AbstractJob, *, by: Any, now: datetime.datetime) -> bool:
    """Have a job of any kind that failed done again, with all its attempts; say whether it had.

    The call of a task is queued; what other kinds wait for, their own look round brings.
    """
    rows = type(job)._default_manager.select_for_update(of=("self",))
    job = rows.get(pk=job.pk)
    if job.status != AbstractJob.Status.FAILED:
        return False
    restart(job)
    data = {"status": [AbstractJob.Status.FAILED, job.status]}
    log(job, "jobs.retry", user=by, timestamp=now, data=data)
    if isinstance(job, TaskJob):
        enqueue(job, run_task_job)
    return True


def requeue_lost_task_jobs(now: datetime.datetime | None = None) -> int:
    """Queue the jobs that nobody is doing any more; returns how many. `now` is the database's."""
    now = now or database_now()
    lost = requeue_lost(TaskJob.objects.all(), now, give_up=give_up)
    stranded = [job for job in TaskJob.objects.stranded(now) if not is_queued(job)]
    for job in {*lost, *stranded}:
        enqueue(job, run_task_job)
    return len({*lost, *stranded})
