"""Asking a worker for a task that need wait only once, however many ask for it."""

import datetime
from typing import Any

from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def enqueue_once(task: Task[..., Any], *, after: float = 0.0) -> None:
    """Ask a worker to run a task in so many seconds, unless one is asked already."""
    backend = task.get_backend()
    if isinstance(backend, DatabaseBackend):
        asked = DBTaskResult.objects.filter(
            task_path=task.module_path, status=TaskResultStatus.READY
        )
        if (asked if after else asked.ready()).exists():
            return
    if after and backend.supports_defer:
        task = task.using(run_after=timezone.now() + datetime.timedelta(seconds=after))
    task.enqueue()
