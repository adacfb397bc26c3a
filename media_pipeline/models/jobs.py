"""The work on a film: a row per film and step, which a person can read."""

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.jobs.models import AbstractJob
from ground.jobs.models import JobQuerySet as AnyJobQuerySet
from media_pipeline.models.clips import Clip
from media_pipeline.models.films import Film
from media_pipeline.permissions import can_edit_films, can_upload
from party.permissions import Person


class JobQuerySet(AnyJobQuerySet["Job"]):
    def in_full(self) -> Self:
        """Fetch along the film and the clip."""
        return self.select_related("film", "clip")

    def steps(self) -> Self:
        """Return the jobs that prepare a film, without those that make clips of it."""
        return self.filter(clip=None)

    def speech(self) -> Self:
        """Return the jobs that listen to a film, of which a small machine does one at a time."""
        return self.filter(step__in=Job.SPEECH)

    def next_up(self) -> Self:
        """Return the waiting jobs that no other job of their film comes before.

        A step is next when no earlier step of its film is waiting or running, and the film is being
        prepared or is ready (its steps are run again then). A clip waits for nothing.
        """
        earlier = Job.objects.steps().under_way()
        earlier = earlier.filter(
            film=models.OuterRef("film"), position__lt=models.OuterRef("position")
        )
        worked_on = [Film.State.PROCESSING, Film.State.READY]
        step = ~models.Exists(earlier) & models.Q(film__state__in=worked_on)
        return self.filter(~models.Q(clip=None) | step, status=Job.Status.WAITING)

    def in_turn(self, now: datetime.datetime | None = None) -> Self:
        """Return the jobs that are next and may begin `now`, by default the database’s time."""
        return self.next_up().due(now)

    def visible_to(self, person: Person) -> Self:
        """Return the jobs a person may see: all for editors, for an author their own films’."""
        if can_edit_films(person):
            return self
        if not can_upload(person):
            return self.none()
        own = models.Q(clip=None) | models.Q(clip__made_by=person)
        return self.filter(own, film__uploaded_by=person)


class Job(AbstractJob):
    """One step of one film, or the making of one clip."""

    FAILED_AT = "films:jobs"
    FAILED_FOR = ("media_pipeline.change_film", "media_pipeline.add_film")

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

    SPEECH = (Step.TRANSCRIPTION, Step.ALIGNMENT)

    film = models.ForeignKey(Film, models.CASCADE, related_name="jobs", verbose_name=_("film"))
    clip = models.OneToOneField(
        Clip, models.CASCADE, null=True, blank=True, related_name="job", verbose_name=_("clip")
    )
    step = models.CharField(_("step"), max_length=20, choices=Step.choices)
    position = models.PositiveSmallIntegerField(_("order"))
    engine = models.CharField(_("engine"), max_length=40, blank=True)
    engine_version = models.CharField(_("engine’s version"), max_length=80, blank=True)
    cost_seconds = models.FloatField(_("cost in seconds"), default=0.0)

    objects = JobQuerySet.as_manager()

    class Meta(AbstractJob.Meta):
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["film", "position"]
        constraints = [
            *AbstractJob.Meta.constraints,
            models.UniqueConstraint(
                fields=["film", "step"],
                condition=models.Q(clip=None),
                name="job_once_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film}: {self.get_step_display()}"

    @property
    def is_speech(self) -> bool:
        """Whether it listens to the film: such jobs have a queue and a limit of their own."""
        return self.step in self.SPEECH

    @property
    def queue_name(self) -> str:
        """The queue whose workers do it."""
        return "speech" if self.is_speech else "media"

    @property
    def can_be_retried(self) -> bool:
        """Whether “run again” makes sense: it failed, and the film is still there."""
        return self.status == self.Status.FAILED and bool(self.film.original)
