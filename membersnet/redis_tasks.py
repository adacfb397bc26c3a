"""Work that takes time, on Redis: for more workers than one database should carry.

In force where `MEMBERSNET_REDIS_URL` is set; docs/scaling.md says what that takes.
"""

from datetime import UTC, datetime
from typing import Any

import django_rq
from django.db import close_old_connections, connection, transaction
from django_rq.queues import get_queues
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import get_random_id
from django_tasks_rq import Job, RQBackend
from rq import SimpleWorker
from rq.job import Job as PlainJob
from rq.queue import Queue
from rq.scheduler import RQScheduler


class RedisBackend(RQBackend):
    """Puts a task in Redis once the transaction under way is committed.

    A worker must never meet a task before the rows it is about; libraries that enqueue in the
    middle of a transaction take for granted what the database's own queue gives them.
    """

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        if not connection.in_atomic_block:
            return super().enqueue(task, args, kwargs)
        self.validate_task(task)
        put = super().enqueue  # in a function with a name: robust callbacks are logged by theirs
        transaction.on_commit(lambda: put(task, args, kwargs), robust=True)
        return _promised(task, args, kwargs, self.alias)

    def get_result(self, result_id: str) -> TaskResult:
        """Return what became of a task; raises TaskResultDoesNotExist for one nobody will run.

        RQ takes a task out of its line before it notes that it began. Who is killed in between
        leaves a task that waits for ever by its status, and stands in no line.
        """
        result = super().get_result(result_id)
        if result.status == TaskResultStatus.READY and not _stands_in_line(result):
            raise TaskResultDoesNotExist(result_id)
        return result


def _stands_in_line(result: TaskResult) -> bool:
    queue = django_rq.get_queue(result.task.queue_name)
    if queue.get_job_position(result.id) is not None:
        return True
    return result.id in queue.scheduled_job_registry


def _promised(task: Task, args: Any, kwargs: Any, backend: str) -> TaskResult:
    """What a task that waits for a commit is known as; it gets its lasting name in Redis."""
    return TaskResult(
        task=task,
        id=get_random_id(),
        status=TaskResultStatus.READY,
        enqueued_at=datetime.now(UTC),
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=args,
        kwargs=kwargs,
        backend=backend,
        errors=[],
        worker_ids=[],
    )


class RedisWorker(SimpleWorker):
    """Runs tasks in this very process, which keeps a speech model from one film to the next.

    A child of its own for each task would outlive a worker that is killed, and a fork beside the
    thread that shows signs of life is not safe with SQLite.
    """

    def perform_job(self, job: PlainJob, queue: Queue) -> bool:
        close_old_connections()
        try:
            return super().perform_job(job, queue)
        finally:
            close_old_connections()


def make_worker(queues: list[str]) -> RedisWorker:
    """Return a worker of these queues, the first before the others."""
    lines = get_queues(*queues, job_class=Job)
    return RedisWorker(lines, connection=lines[0].connection, job_class=Job)


def make_scheduler(queues: list[str]) -> RQScheduler:
    """Return what puts delayed tasks of these queues in line, for `queue_what_is_due`."""
    return RQScheduler(queues, connection=django_rq.get_connection(queues[0]))


def queue_what_is_due(scheduler: RQScheduler) -> None:
    """Put the delayed tasks whose time has come in line, unless another worker does so already.

    RQ's own process for that would go on for ever after a worker that was killed.
    """
    scheduler.acquire_locks()
    scheduler.enqueue_scheduled_jobs()
