"""Spreadsheets of cards and values, from their preview until they are imported."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from party.permissions import Person


class FactSheetQuerySet(models.QuerySet["FactSheet"]):
    def visible_to(self, user: Person) -> Self:
        """Return the sheets that a person uploaded themselves."""
        return self.filter(by=user) if user.is_authenticated else self.none()


class FactSheet(models.Model):
    """A spreadsheet as it was read, kept from its preview until it is imported.

    It holds new cards, or the values of a `series`. `rows` is a list of `{"row", "values",
    "problems", "remark"}`: the row's number in the sheet, what its cells say by column, a sentence
    for each problem, and what else is worth knowing. `problems` are those of the headings.
    """

    series = models.ForeignKey(
        "facts.Series",
        models.CASCADE,
        related_name="sheets",
        null=True,
        blank=True,
        verbose_name=_("series"),
    )
    file_name = models.CharField(_("file’s name"), max_length=255)
    problems = models.JSONField(_("problems"), default=list)
    rows = models.JSONField(_("rows"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="fact_sheets",
        verbose_name=_("uploaded by"),
    )
    made_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    objects = FactSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreadsheet of fact cards")
        verbose_name_plural = _("spreadsheets of fact cards")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def sound(self) -> list[dict[str, Any]]:
        """Return the rows that can be imported."""
        return [row for row in self.rows if not row["problems"]]
