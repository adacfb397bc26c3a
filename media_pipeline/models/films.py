"""The uploaded film and the files made of it."""

from pathlib import PurePath
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from media_pipeline.permissions import can_edit_films, can_upload
from party.permissions import Person


class FilmQuerySet(models.QuerySet["Film"]):
    def ready(self) -> Self:
        """Return the films that can be watched."""
        return self.filter(state=Film.State.READY)

    def visible_to(self, person: Person) -> Self:
        """Return what a person may see: every film for editors, their own uploads for an author,
        ready films for every member.
        """
        if can_edit_films(person):
            return self
        if can_upload(person):
            return self.filter(models.Q(state=Film.State.READY) | models.Q(uploaded_by=person))
        if not (person.is_authenticated and person.is_active):
            return self.none()
        return self.ready()


def original_path(film: "Film", filename: str) -> str:
    """Where an upload is kept: a name nobody can guess, with the uploaded name's ending."""
    suffix = PurePath(filename).suffix.lower()
    safe = suffix if suffix[1:].isalnum() and len(suffix) <= 8 else ""
    return f"originals/{film.storage_key.hex}{safe}"


class Film(models.Model):  # type: ignore[django-manager-missing]  # of a page manager above us
    """A film as an author gave it. `uuid` is its address, `storage_key` the name of its files."""

    class State(models.TextChoices):
        PROCESSING = "processing", _("Being prepared")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Refused")
        NEEDS_ATTENTION = "needs_attention", _("Needs attention")
        STOPPED = "stopped", _("Stopped")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        WELSH = "cy", _("Welsh")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    storage_key = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    language = models.CharField(
        _("language spoken"), max_length=8, choices=Language.choices, default=Language.ENGLISH
    )
    script = models.TextField(_("script"), blank=True)
    captions_given = models.TextField(
        _("captions the author gave"), blank=True, help_text=_("As WebVTT, whatever they came as.")
    )
    glossary = models.TextField(_("names and terms"), blank=True)
    glossaries = models.ManyToManyField(
        "media_pipeline.Glossary",
        blank=True,
        related_name="films",
        verbose_name=_("glossaries"),
    )

    original = models.FileField(
        _("film"), upload_to=original_path, max_length=120, blank=True, editable=False
    )
    original_name = models.CharField(_("file name"), max_length=255, editable=False)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, editable=False)
    bytes = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    duration = models.FloatField(_("duration in seconds"), null=True, editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, editable=False)
    media_info = models.JSONField(
        _("media info"),
        default=dict,
        editable=False,
        help_text=_("Codecs, rotation, frame rate, colour and loudness, as the probe found them."),
    )
    poster = models.FileField(_("poster"), max_length=120, blank=True, editable=False)
    storyboard = models.FileField(_("storyboard"), max_length=120, blank=True, editable=False)
    storyboard_map = models.FileField(
        _("storyboard’s times (WebVTT)"), max_length=120, blank=True, editable=False
    )

    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.PROCESSING, editable=False
    )
    refusal = models.TextField(_("why it was refused"), blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="films",
        verbose_name=_("uploaded by"),
    )
    created_at = models.DateTimeField(_("uploaded"), editable=False)
    ready_at = models.DateTimeField(_("ready since"), null=True, editable=False)

    objects = FilmQuerySet.as_manager()

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "-created_at"], name="film_state_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> str:
        """Where the files made of this film are kept, below the media folder."""
        return f"films/{self.storage_key.hex}"


def can_change_film(person: Person, film: Film) -> bool:
    """Say whether a person may change a film, its captions, picture and jobs: editors, its author.

    Whoever may do so may see the film.
    """
    return can_edit_films(person) or (can_upload(person) and film.uploaded_by_id == person.pk)
