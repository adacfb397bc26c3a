"""What was asked, and never by whom: a day, a question, how much was found, what was opened."""

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 90
LONGEST_KEPT = 200  # characters of a question


class AskedQuestionQuerySet(models.QuerySet["AskedQuestion"]):
    def outdated(self, today: datetime.date) -> Self:
        """Return what was asked longer ago than it is kept."""
        return self.filter(day__lt=today - datetime.timedelta(days=KEPT_DAYS))

    def not_found(self) -> Self:
        """Return the searches that found nothing."""
        return self.filter(results=0)

    def not_opened(self) -> Self:
        """Return the searches that found something of which nothing was opened."""
        return self.filter(results__gt=0, position=None)


class AskedQuestion(models.Model):
    """One search. No person, no time of day, no address of a machine belongs to it."""

    day = models.DateField(_("day"))
    question = models.CharField(_("question"), max_length=LONGEST_KEPT)
    results = models.PositiveIntegerField(_("results"))
    position = models.PositiveSmallIntegerField(
        _("opened"), null=True, blank=True, help_text=_("The place of the first result opened.")
    )

    objects = AskedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        indexes = [
            models.Index(fields=["day"], name="search_asked_day"),
            models.Index(fields=["question", "results"], name="search_asked_question"),
        ]

    def __str__(self) -> str:
        return self.question
