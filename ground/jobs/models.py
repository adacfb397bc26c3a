"""A job as a row: what it is doing, how far it is, how often it was tried, and what happened."""

import datetime
from typing import ClassVar, Self, TypeVar

from django.db import connection, models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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

    def due(self, now: datetime.datetime | None = None) -> Self:
        """Return the waiting jobs that may begin `now`, by default the database’s time."""
        begin = models.Q(not_before=None) | models.Q(not_before__lte=now or Now())
        return self.filter(begin, status=AbstractJob.Status.WAITING)

    def lost(self, now: datetime.datetime) -> Self:
        """Return the running jobs whose worker has given no sign of life for `LOST_AFTER`."""
        return self.running().filter(heartbeat_at__lt=now - self.model.LOST_AFTER)

    def stranded(self, now: datetime.datetime) -> Self:
        """Return the due jobs that may have no task in the queue: `is_queued` tells.

        The place was lost between commit and queueing, or with a worker that took the task and
        died before it claimed the job; or the time of the next attempt has come.
        """
        old = now - self.model.LOST_AFTER
        return self.due(now).filter(
            models.Q(queued_at=None, created_at__lt=old)
            | models.Q(queued_at=None, not_before__lte=now)
            | models.Q(queued_at__lt=old)
        )


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
        return self.status == self.Status.RUNNING and seen < now - self.LOST_AFTER
