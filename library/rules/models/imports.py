"""Files that are read into draft editions, and what became of their text."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.rules.models.works import Edition, Work
from library.rules.permissions import can_publish_editions
from party.permissions import Person

LOST_AFTER = datetime.timedelta(minutes=10)  # without a sign of life a reading is begun again


class RulesImportQuerySet(models.QuerySet["RulesImport"]):
    def visible_to(self, user: Person) -> Self:
        """Return the imports a person may see: all for those who may publish editions."""
        return self.all() if can_publish_editions(user) else self.none()

    def under_way(self) -> Self:
        """Return the imports that a worker holds or still has to take."""
        return self.filter(
            status__in=[RulesImport.Status.WAITING, RulesImport.Status.RUNNING],
        )


class RulesImport(models.Model):
    """A file given to be read as an edition of a work: a job that makes a draft.

    `source` holds the blocks the reader saw, in order, as `{"text", "page", "line", "style"}`;
    provisions name the ones they were made of. `left_out` is a list of `{"line", "page", "text",
    "reason", "audience"}`, `warnings` a list of sentences. `reason` is a sentence for a person.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being read")
        DONE = "done", _("Read")
        FAILED = "failed", _("Failed")

    work = models.ForeignKey(Work, models.CASCADE, related_name="imports", verbose_name=_("work"))
    label = models.CharField(_("label"), max_length=80)
    in_force_from = models.DateField(_("in force from"))
    file = models.FileField(_("file"), upload_to="rulebooks/", blank=True)
    file_name = models.CharField(_("file’s name"), max_length=255)
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
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="rules_imports",
        null=True,
        blank=True,
        verbose_name=_("given by"),
    )
    edition = models.OneToOneField(
        Edition,
        models.SET_NULL,
        related_name="made_by",
        null=True,
        blank=True,
        verbose_name=_("edition"),
    )
    source = models.JSONField(_("source"), default=list, blank=True)
    left_out = models.JSONField(_("left out"), default=list, blank=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)

    objects = RulesImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of rules")
        verbose_name_plural = _("imports of rules")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name or self.label} → {self.work}, {self.label}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker holds it or still has to take it."""
        return self.status in (self.Status.WAITING, self.Status.RUNNING)

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed, or its draft was discarded, and the file is still there."""
        over = self.status == self.Status.FAILED or (
            self.status == self.Status.DONE and self.edition_id is None
        )
        return over and bool(self.file)

    def is_lost(self, now: datetime.datetime) -> bool:
        """Say whether its worker has given no sign of life for `LOST_AFTER`."""
        seen = self.heartbeat_at or self.created_at
        return self.is_under_way and seen < now - LOST_AFTER
