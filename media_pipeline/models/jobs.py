"""The work on a film: a row per film and step, which a person can read."""

import datetime
from typing import Any, Self

from django.db import connection, models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media_pipeline.models.clips import Clip
from media_pipeline.models.recordings import Recording

LOST_AFTER = datetime.timedelta(seconds=25)  # without a sign of life, a running job is lost


def database_now() -> datetime.datetime:
    """Return the time (UTC) by the clock that all workers share: the database's.

    SQLite's clock is this machine's, and only this machine's processes can reach it.
    """
    if connection.vendor == "sqlite":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


class JobQuerySet(models.QuerySet["Job"]):
    def steps(self) -> Self:
        """Return the jobs that prepare a film, without those that make clips of it."""
        return self.filter(clip=None)

    def speech(self) -> Self:
        """Return the jobs that listen to a film, of which a small machine does one at a time."""
        return self.filter(step__in=Job.SPEECH)

    def running(self) -> Self:
        """Return the jobs that a worker holds."""
        return self.filter(status=Job.Status.RUNNING)

    def under_way(self) -> Self:
        """Return the jobs that a worker holds or still has to take."""
        return self.filter(status__in=[Job.Status.WAITING, Job.Status.RUNNING])

    def next_up(self) -> Self:
        """Return the waiting jobs that no other job of their film comes before.

        A step is next when no earlier step of its film is waiting or running, and the film is being
        prepared or is ready (its steps are run again then). A clip waits for nothing.
        """
        earlier = Job.objects.steps().under_way()
        earlier = earlier.filter(
            recording=models.OuterRef("recording"), position__lt=models.OuterRef("position")
        )
        worked_on = [Recording.State.PROCESSING, Recording.State.READY]
        step = ~models.Exists(earlier) & models.Q(recording__state__in=worked_on)
        return self.filter(~models.Q(clip=None) | step, status=Job.Status.WAITING)

    def in_turn(self, now: datetime.datetime | None = None) -> Self:
        """Return the jobs that are next and may begin `now`, by default the database’s time."""
        due = models.Q(not_before=None) | models.Q(not_before__lte=now or Now())
        return self.next_up().filter(due)

    def lost(self, now: datetime.datetime) -> Self:
        """Return the running jobs whose worker has given no sign of life for `LOST_AFTER`."""
        return self.running().filter(heartbeat_at__lt=now - LOST_AFTER)

    def visible_to(self, user: Any) -> Self:
        """Return the work a person may see: all for editors, that on her own films for an author.

        Agrees with `permissions.can_see_job`.
        """
        from media_pipeline.permissions import can_edit_recordings, can_upload

        if can_edit_recordings(user):
            return self
        if not can_upload(user):
            return self.none()
        hers = models.Q(clip=None) | models.Q(clip__made_by=user)
        return self.filter(hers, recording__uploaded_by=user)


class Job(models.Model):
    """One step of one film. `reason` is always a sentence for a person, never a traceback.

    `lease` names the worker's hold on a running job: what a worker brings back counts only while
    the job still has the lease it was claimed with.
    """

    class Step(models.TextChoices):
        PROBE = "probe", _("Look at the file")
        FIRST_VERSION = "first_version", _("Make a first version to watch")
        POSTER = "poster", _("Choose still pictures")
        TRANSCRIPTION = "transcription", _("Write down what is said")
        ALIGNMENT = "alignment", _("Match the script to the sound")
        IMPORT = "import", _("Take over the captions given")
        CAPTIONS = "captions", _("Compose the captions")
        RENDITIONS = "renditions", _("Make the versions to watch")
        STORYBOARD = "storyboard", _("Make the pictures for seeking")
        INDEX = "index", _("Hand over to search")
        CLIP = "clip", _("Make a clip")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    SPEECH = (Step.TRANSCRIPTION, Step.ALIGNMENT)

    recording = models.ForeignKey(
        Recording, models.CASCADE, related_name="jobs", verbose_name=_("film")
    )
    clip = models.OneToOneField(
        Clip, models.CASCADE, null=True, blank=True, related_name="job", verbose_name=_("clip")
    )
    step = models.CharField(_("step"), max_length=20, choices=Step.choices)
    position = models.PositiveSmallIntegerField(_("order"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    reason = models.TextField(_("what happened"), blank=True)
    progress = models.FloatField(_("progress from 0 to 1"), default=0.0)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)
    not_before = models.DateTimeField(_("not to be tried before"), null=True)
    lease = models.UUIDField(_("held as"), null=True)
    task_id = models.CharField(_("task in the queue"), max_length=64, blank=True)
    queued_at = models.DateTimeField(_("put in the queue"), null=True)
    engine = models.CharField(_("engine"), max_length=40, blank=True)
    engine_version = models.CharField(_("engine’s version"), max_length=80, blank=True)
    cost_seconds = models.FloatField(_("cost in seconds"), default=0.0)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["recording", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "step"],
                condition=models.Q(clip=None),
                name="job_once_a_step",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="job_progress_0_to_1"
            ),
        ]
        indexes = [models.Index(fields=["status", "heartbeat_at"], name="job_status_heartbeat")]

    def __str__(self) -> str:
        return f"{self.recording}: {self.get_step_display()}"

    @property
    def is_speech(self) -> bool:
        """Whether it listens to the film: such jobs have a queue and a limit of their own."""
        return self.step in self.SPEECH

    @property
    def can_be_retried(self) -> bool:
        """Whether “run again” makes sense: it failed, and the film is still there."""
        return self.status == self.Status.FAILED and bool(self.recording.original)
