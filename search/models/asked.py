"""What was asked, and never by whom: a day, a question, how much was found, what was opened."""

import datetime
import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Avg, Count, F, Max, Q
from django.utils.translation import gettext_lazy as _

KEPT_DAYS = 90
LONGEST_KEPT = 200  # characters of a question
OFTEN = 5  # times asked from which a question counts as frequent,
OFTEN_DAYS = 3  # and days on which it was


def random_key() -> int:
    """Return a key that says nothing of when a row was written, nor of how many there are."""
    return secrets.randbits(62)


class AskedQuestionQuerySet(models.QuerySet["AskedQuestion"]):
    def outdated(self, today: datetime.date) -> Self:
        """Return what was asked longer ago than it is kept."""
        return self.filter(day__lt=today - datetime.timedelta(days=KEPT_DAYS))

    def of_last(self, days: int, today: datetime.date) -> Self:
        """Return what was asked on the last so many days, today among them."""
        return self.filter(day__gt=today - datetime.timedelta(days=days))

    def questions(self) -> Any:
        """Return each question once, as a dictionary, what is asked most first.

        `times` and `on_days` it was asked, `empty` of the times nothing was found, `opened` times a
        result was opened and its average `place`; `last` day, and the last day on which it found
        nothing (`last_empty`) or something (`last_found`).
        """
        return (
            self.values("question")
            .annotate(
                times=Count("pk"),
                on_days=Count("day", distinct=True),
                empty=Count("pk", filter=Q(results=0)),
                opened=Count("position"),
                place=Avg("position"),
                last=Max("day"),
                last_empty=Max("day", filter=Q(results=0)),
                last_found=Max("day", filter=Q(results__gt=0)),
            )
            .order_by("-times", "-on_days", "question")
        )

    def without_answer(self) -> Any:
        """Return the questions that found nothing, and have not found anything on a day since."""
        still = Q(last_found=None) | Q(last_empty__gte=F("last_found"))
        empty = self.questions().filter(still, empty__gt=0)
        return empty.order_by("-empty", "-on_days", "question")

    def passed_over(self) -> Any:
        """Return the questions that found something of which nobody opened anything."""
        return self.filter(results__gt=0).questions().filter(opened=0)

    def frequent(self) -> Any:
        """Return the questions that found something often, and on several days."""
        found = self.filter(results__gt=0).questions()
        return found.filter(times__gte=OFTEN, on_days__gte=OFTEN_DAYS)


class AskedQuestion(models.Model):
    """One search. No person, no time of day, no address of a machine belongs to it."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
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
        default_permissions = ("view",)  # it is read, never written by hand
        indexes = [
            models.Index(fields=["day"], name="search_asked_day"),
            models.Index(fields=["question", "results"], name="search_asked_question"),
        ]

    def __str__(self) -> str:
        return self.question


class FrequentQuestion(models.Model):
    """A question offered to whoever begins to type it; chosen anew by the worker from the log."""

    question = models.CharField(_("question"), max_length=LONGEST_KEPT, unique=True)
    times = models.PositiveIntegerField(_("times asked"))

    class Meta:
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")
        default_permissions = ()
        ordering = ["-times", "question"]

    def __str__(self) -> str:
        return self.question
