"""A job as a row: what it is doing, how far it is, how often it was tried, and what happened."""

import datetime
import json
from typing import Any, ClassVar, Self, TypeVar

from django.db import connection, models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django_tasks.base import Task

J = TypeVar("J", bound="AbstractJob")


def database_now() -> datetime.datetime:
    """Return the time (UTC) by the clock that all workers share: the database's.

    SQLite's clock is this machine's, and only this machine's processes can reach it.
    """
    if connection.vendor == "sqlite":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


class JobQuerySet(models.QuerySet[J]):
    def in_full(self) -> Self:
        """Fetch along what a worker reads of a job; a kind of job with relations extends it."""
        return self

    def running(self) -> Self:
        """Return the jobs that a worker holds."""
        return self.filter(status=AbstractJob.Status.RUNNING)

    def under_way(self) -> Self:
        """Return the jobs that a worker holds or still has to take."""
        return self.filter(status__in=[AbstractJob.Status.WAITING, AbstractJob.Status.RUNNING])

    def over(self) -> Self:
        """Return the jobs that nobody will do any more: done, failed for good or cancelled."""
        return self.exclude(status__in=[AbstractJob.Status.WAITING, AbstractJob.Status.RUNNING])

    def due(self, now: datetime.datetime | None = None) -> Self:
        """Return the waiting jobs that may begin `now`, by default the database’s time.

        No job is put off for longer than its longest delay: one that is to begin after twice that
        was put off by a clock that has been set back since.
        """
        begin = models.Q(not_before=None) | models.Q(not_before__lte=now or Now())
        set_back = models.Q(not_before__gt=(now or Now()) + 2 * self.model.RETRY_DELAYS[-1])
        return self.filter(begin | set_back, status=AbstractJob.Status.WAITING)

    def lost(self, now: datetime.datetime) -> Self:
        """Return the running jobs whose worker has given no sign of life for `LOST_AFTER`.

        A sign from later than `now` is no sign either: the clock has been set back since.
        """
        return self.running().filter(_apart("heartbeat_at", now, self.model.LOST_AFTER))

    def stranded(self, now: datetime.datetime) -> Self:
        """Return the due jobs that may have no task in the queue: `is_queued` tells.

        The place was lost between commit and queueing, or with a worker that took the task and
        died before it claimed the job; or the time of the next attempt has come.
        """
        after = self.model.LOST_AFTER
        return self.due(now).filter(
            models.Q(_apart("created_at", now, after), queued_at=None)
            | models.Q(queued_at=None, not_before__isnull=False)
            | _apart("queued_at", now, after)
        )


def _apart(field: str, now: datetime.datetime, most: datetime.timedelta) -> models.Q:
    """What happened longer than `most` before `now`, or after it, by a clock set back since."""
    return models.Q(**{f"{field}__lt": now - most}) | models.Q(**{f"{field}__gt": now + most})


class AbstractJob(models.Model):
    """Work for one worker at a time. `reason` is always a sentence for a person, never a traceback.

    `lease` names the worker's hold on a running job: what a worker brings back counts only while
    the job still has the lease it was claimed with. `RETRY_DELAYS` are waited before the second and
    each further attempt at work that failed; then it has failed for good. `MOST_ATTEMPTS` is how
    often it may lose its worker.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    FAILED_AT: ClassVar[str] = ""  # the name of the address where failed ones are dealt with
    FAILED_FOR: ClassVar[tuple[str, ...]] = ()  # the permissions of which one opens that address
    LOST_AFTER: ClassVar = datetime.timedelta(seconds=25)
    MOST_ATTEMPTS: ClassVar[int] = 5
    RETRY_DELAYS: ClassVar[tuple[datetime.timedelta, ...]] = (
        datetime.timedelta(seconds=10),
        datetime.timedelta(minutes=1),
        datetime.timedelta(minutes=5),
    )

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    reason = models.TextField(_("what happened"), blank=True)
    progress = models.FloatField(_("progress from 0 to 1"), default=0.0)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    not_before = models.DateTimeField(_("not to be tried before"), null=True, blank=True)
    lease = models.UUIDField(_("held as"), null=True, blank=True)
    task_id = models.CharField(_("task in the queue"), max_length=64, blank=True)
    queued_at = models.DateTimeField(_("put in the queue"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1),
                name="%(class)s_progress_0_to_1",
            )
        ]
        indexes = [models.Index(fields=["status", "heartbeat_at"], name="%(class)s_status_life")]

    @property
    def title(self) -> str:
        """What the job does, for the person who reads the row."""
        return str(self)

    @property
    def queue_name(self) -> str:
        """The queue whose workers do it."""
        return "default"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker holds it or still has to take it."""
        return self.status in (self.Status.WAITING, self.Status.RUNNING)

    def is_lost(self, now: datetime.datetime) -> bool:
        """Say whether it runs and its worker has given no sign of life for `LOST_AFTER`."""
        seen = self.heartbeat_at or self.created_at
        return self.status == self.Status.RUNNING and abs(now - seen) > self.LOST_AFTER


def first_sentence(text: str) -> str:
    """Return the first line of a docstring as the name of what it is about."""
    return text.strip().partition("\n")[0].removesuffix(".")


class TaskJobQuerySet(JobQuerySet["TaskJob"]):
    pass


class TaskJob(AbstractJob):
    """A call of a task: the job for work that has no row of its own.

    `task` is the task's dotted path, `arguments` what it is called with: an object of JSON with the
    keys args and kwargs, in one order, by which equal calls are known. What no worker has begun yet
    stands here once.
    """

    task = models.CharField(_("task"), max_length=200)
    arguments = models.CharField(_("arguments"), max_length=2000)
    queue = models.CharField(_("queue"), max_length=32, default="default")

    objects = TaskJobQuerySet.as_manager()

    class Meta(AbstractJob.Meta):
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        default_permissions = ("change",)  # nobody writes one by hand; some may have it done again
        ordering = ["pk"]
        constraints = [
            *AbstractJob.Meta.constraints,
            models.UniqueConstraint(
                fields=["task", "arguments"],
                condition=models.Q(status="waiting", started_at=None),
                name="taskjob_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.arguments}"

    @property
    def queue_name(self) -> str:
        return self.queue

    @property
    def title(self) -> str:
        """What the task says of itself; what it is called where it says nothing."""
        name = self.task.rpartition(".")[2].replace("_", " ").capitalize()
        says = self.runs.func.__doc__ if self.is_known else ""
        return first_sentence(says or name)

    @property
    def args(self) -> list[Any]:
        """What the task is called with by position."""
        return list(json.loads(self.arguments)["args"])

    @property
    def kwargs(self) -> dict[str, Any]:
        """What the task is called with by name."""
        return dict(json.loads(self.arguments)["kwargs"])

    @property
    def runs(self) -> Task:
        """The task. Raises ImportError where this version of the hub has none of that name."""
        task = import_string(self.task)
        if not isinstance(task, Task):
            raise ImportError(f"{self.task} is no task.")
        return task

    @property
    def is_known(self) -> bool:
        """Whether this version of the hub has such a task."""
        try:
            return bool(self.runs)
        except ImportError:
            return False

    def call(self) -> object:
        """Call the task, here and now, and return what it returns."""
        return self.runs.call(*self.args, **self.kwargs)


class DutyQuerySet(JobQuerySet["Duty"]):
    pass


class Duty(AbstractJob):
    """What the workers do again and again, as the settings list it; one of them at a time.

    `name` is the dotted path of what is called. What fell due until `done_until` has been done.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    done_until = models.DateTimeField(_("done until"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta(AbstractJob.Meta):
        verbose_name = _("regular duty")
        verbose_name_plural = _("regular duties")
        default_permissions = ()
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
