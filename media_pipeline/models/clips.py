"""Short pieces of a film for social media, with their captions in the picture."""

import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ground.prepared import Prepared, day, key
from media_pipeline.models.films import Film
from media_pipeline.permissions import can_edit_films
from party.models import Appointment
from party.permissions import Person


class ClipQuerySet(models.QuerySet["Clip"]):
    def visible_to(self, person: Person) -> Self:
        """Return the clips a person made, of films they may still see."""
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.filter(made_by=person, film__in=Film.objects.visible_to(person))

    def open(self) -> Self:
        """Return the clips that a worker still has to make."""
        return self.filter(job__status__in=["waiting", "running"])

    def made_before(self, moment: datetime.datetime) -> Self:
        """Return the clips that were asked for before a moment: old ones are not kept."""
        return self.filter(created_at__lt=moment)


class Clip(models.Model):
    """What an officer asked for, and the file made of it. A `Job` of the step “clip” makes it."""

    class Shape(models.TextChoices):
        UPRIGHT = "9:16", _("9:16, upright")
        SQUARE = "1:1", _("1:1, square")
        WIDE = "16:9", _("16:9, wide")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="clips", verbose_name=_("film"))
    start = models.FloatField(_("start in seconds"))
    end = models.FloatField(_("end in seconds"))
    shape = models.CharField(_("shape"), max_length=5, choices=Shape.choices)
    title = models.CharField(_("title card"), max_length=80)
    imprint = models.CharField(_("imprint"), max_length=200)
    captions = models.JSONField(
        _("captions in the picture"),
        default=list,
        editable=False,
        help_text=_("A list of {start, end, text}; times in seconds from the clip’s beginning."),
    )
    file = models.FileField(_("file"), max_length=120, blank=True, editable=False)
    bytes = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="clips",
        editable=False,
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)

    objects = ClipQuerySet.as_manager()

    class Meta:
        verbose_name = _("clip")
        verbose_name_plural = _("clips")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="clip_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.shape})"

    def get_absolute_url(self) -> str:
        return reverse("media_pipeline:clip", args=[self.uuid])

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start

    @property
    def words(self) -> str:
        """What is said in it, as its captions have it, in one line."""
        return " ".join(" ".join(one["text"].split()) for one in self.captions)

    @property
    def kept_until(self) -> datetime.datetime:
        """When it is forgotten (UTC)."""
        return self.created_at + datetime.timedelta(days=settings.MEDIA_CLIP_DAYS)

    @property
    def file_name(self) -> str:
        """What the file is called where a person downloads it."""
        return f"{slugify(self.title)[:60] or 'clip'}-{self.shape.replace(':', 'x')}.mp4"

    @property
    def stored_name(self) -> str:
        """Where its file is kept, in the folder of its film, so that both go together."""
        return f"{self.film.folder}/clips/{self.uuid.hex}.mp4"


def can_make_clips(person: Person, film: Film) -> bool:
    """Say whether a person may make clips of a film: who works on films, or holds a post today."""
    if film.state != Film.State.READY or not (person.is_authenticated and person.is_active):
        return False
    return can_edit_films(person) or bool(HELD(member=person.pk, on=timezone.localdate()))


HELD: Prepared[tuple[int]] = Prepared(
    lambda: Appointment.objects.active(day("on")).filter(member=key("member")).values_list("pk")[:1]
)
