"""Where every task goes that anybody enqueues, Wagtail too: into a row, then into the queue."""

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus


class JobBackend(BaseTaskBackend):
    """Notes the call of a task as a job, which survives its worker and the queue.

    The queue itself is the backend `ground.jobs.queue.QUEUE`, which nobody else hands a task to.
    """

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        from ground.jobs.requests import request  # models: a task is made before apps are ready

        self.validate_task(task)
        job = request(task, *args, **kwargs)
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=job.created_at,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
