"""Work that has no row of its own: a call of a task, noted, done by a worker, done again."""

import datetime
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import Task

from ground.jobs.leases import Lease, LeaseLostError, claim, held
from ground.jobs.models import TaskJob, database_now
from ground.jobs.transitions import fail, finish, give_back, retry_later
from ground.refusals import Refused

logger = logging.getLogger(__name__)

Status = TaskJob.Status


class Again(NamedTuple):
    """What a task returns that is to be called once more, with the same arguments."""

    after: float  # seconds


@transaction.atomic
def note(
    task: Task, args: Sequence[Any], kwargs: dict[str, Any], *, after: float = 0.0
) -> tuple[TaskJob, bool]:
    """Note that a task is to be called in `after` seconds; return its job, and whether to queue it.

    The same call is noted once until a worker begins it, however often it is asked for. Raises
    ValueError for more seconds than a job is ever put off, TypeError for what JSON cannot hold.
    """
    delay = datetime.timedelta(seconds=after)
    if delay > TaskJob.RETRY_DELAYS[-1]:
        raise ValueError(f"A task is not put off for {after} seconds: let a duty look for it.")
    begin = database_now() + delay if after else None
    arguments = json.dumps({"args": list(args), "kwargs": kwargs}, sort_keys=True)
    call = {"task": task.module_path, "arguments": arguments, "status": Status.WAITING}
    job = TaskJob.objects.select_for_update().filter(**call).first()
    if job is None:
        defaults = {"queue": task.queue_name, "not_before": begin}
        return TaskJob.objects.get_or_create(**call, started_at=None, defaults=defaults)
    if job.not_before is None or (begin and job.not_before <= begin):
        return job, False
    job.not_before = begin
    job.save(update_fields=["not_before"])
    return job, True


def perform(job_id: int) -> list[TaskJob]:
    """Do a job whose turn it is; what went wrong is on the row. Return what is to be queued then.

    Doing it twice must do no harm. What the task refuses with `Refused` no further attempt would
    change; all else that it raises is tried again, unless what it was about is gone. Nothing
    happens where the job is another worker's, or done.
    """
    job = claim(TaskJob.objects.due(), job_id)
    if job is None:
        return []
    try:
        with Lease(job) as lease, lease.interrupting():
            outcome = job.call()
    except LeaseLostError:
        logger.warning("%s went to another worker or away.", job)
        return []
    except (KeyboardInterrupt, SystemExit):
        give_back(job)
        raise
    except Exception as error:
        _end(job, _after(error, job))
        return []
    return _done(job, outcome)


def give_up(job: TaskJob) -> None:
    """Fail a job that has lost its worker each time."""
    sentence = _(
        "The worker stopped in the middle %(times)s times, perhaps for want of memory. Tell the "
        "person who runs the site, then try again."
    )
    fail(job, sentence % {"times": job.attempts})


def _done(job: TaskJob, outcome: object) -> list[TaskJob]:
    """End a job, and note its next call in the same transaction where it asks for one."""
    with transaction.atomic():
        if not _end(job, finish) or not isinstance(outcome, Again):
            return []
        job, is_new = note(job.runs, job.args, job.kwargs, after=outcome.after)
        return [job] if is_new else []


def _end(job: TaskJob, end: Callable[[TaskJob], None]) -> bool:
    """End a job, and say whether it still was ours. What failed of its like needs nobody then."""
    with suppress(LeaseLostError), held(job) as fresh:
        end(fresh)
        if fresh.status in (Status.DONE, Status.FAILED):
            alike = TaskJob.objects.filter(task=fresh.task, arguments=fresh.arguments)
            alike.filter(status=Status.FAILED).exclude(pk=fresh.pk).delete()
        return True
    return False


def _after(error: Exception, job: TaskJob) -> Callable[[TaskJob], None]:
    """Return what becomes of a job whose task raised something."""
    if isinstance(error, Refused):
        return partial(fail, reason=error.sentence)
    if isinstance(error, ObjectDoesNotExist):
        return partial(finish, reason=_("What it was about is gone."))
    if isinstance(error, ImportError) and not job.is_known:
        return partial(fail, reason=_("This version of the hub does not know what was to be done."))
    logger.error("%s failed.", job, exc_info=error)
    return _try_later


def _try_later(job: TaskJob) -> None:
    sentence = _(
        "Something unexpected went wrong. Nothing is lost. Try again; if that fails too, tell the "
        "person who runs the site: the log says more."
    )
    if not retry_later(job, sentence):
        fail(job, sentence)
