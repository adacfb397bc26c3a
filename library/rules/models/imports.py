"""Files that are read into draft editions, and what became of their text."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ground.jobs.models import AbstractJob, JobQuerySet
from library.rules.models.works import Edition, Work
from library.rules.permissions import can_publish_editions
from party.permissions import Person


class RulesImportQuerySet(JobQuerySet["RulesImport"]):
    def in_full(self) -> Self:
        """Fetch along the work and who gave the file."""
        return self.select_related("work", "by")

    def visible_to(self, user: Person) -> Self:
        """Return the imports a person may see: all for those who may publish editions."""
        return self.all() if can_publish_editions(user) else self.none()


class RulesImport(AbstractJob):
    """A file given to be read as an edition of a work: a job that makes a draft.

    `source` holds the blocks the reader saw, in order, as `{"text", "page", "line", "style"}`;
    provisions name the ones they were made of. `left_out` is a list of `{"line", "page", "text",
    "reason"}`, `warnings` a list of sentences. `reason` is a sentence for a person.
    """

    FAILED_AT = "rulesimport:index"
    FAILED_FOR = ("rules.change_edition",)

    MOST_ATTEMPTS = 3  # a file that kills its worker each time must not do so for ever

    work = models.ForeignKey(Work, models.CASCADE, related_name="imports", verbose_name=_("work"))
    label = models.CharField(_("label"), max_length=80)
    in_force_from = models.DateField(_("in force from"))
    file = models.FileField(_("file"), upload_to="rulebooks/", blank=True)
    file_name = models.CharField(_("file’s name"), max_length=255)
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

    class Meta(AbstractJob.Meta):
        verbose_name = _("import of rules")
        verbose_name_plural = _("imports of rules")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name or self.label} → {self.work}, {self.label}"

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed, or its draft was discarded, and the file is still there."""
        over = self.status == self.Status.FAILED or (
            self.status == self.Status.DONE and self.edition_id is None
        )
        return over and bool(self.file)
