"""A film on its way in: how much of it has arrived, so that a broken line costs nothing."""

import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from media_pipeline.models.films import Film
from media_pipeline.permissions import can_upload
from party.permissions import Person


class UploadQuerySet(models.QuerySet["Upload"]):
    def expired(self, now: datetime.datetime) -> Self:
        """Return the uploads that nobody may go on with any more, used ones among them."""
        return self.filter(expires_at__lte=now)

    def visible_to(self, person: Person) -> Self:
        """Return a person's own uploads: nobody else may go on with them or know of them."""
        return self.filter(uploaded_by=person) if can_upload(person) else self.none()

    def unused(self) -> Self:
        """Return the uploads that have not become a film."""
        return self.filter(film=None)

    def open(self, now: datetime.datetime) -> Self:
        """Return the uploads that their person may go on with or use."""
        return self.unused().filter(expires_at__gt=now)


class Upload(models.Model):
    """One resumable upload (tus 1.0). `uuid` is its address; its bytes lie in the upload folder."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="film_uploads",
        verbose_name=_("uploaded by"),
    )
    name = models.CharField(_("file name"), max_length=255, blank=True)
    sha256 = models.CharField(
        _("checksum (SHA-256) the sender gave"), max_length=64, blank=True, editable=False
    )
    length = models.PositiveBigIntegerField(_("size in bytes"))
    offset = models.PositiveBigIntegerField(_("bytes that have arrived"), default=0)
    created_at = models.DateTimeField(_("begun"))
    expires_at = models.DateTimeField(_("kept until"))
    film = models.OneToOneField(
        Film,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="upload",
        verbose_name=_("film it became"),
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("length")), name="upload_within_its_length"
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    @property
    def is_complete(self) -> bool:
        """Whether every byte has arrived."""
        return self.offset == self.length
