"""The same measure over time, and by region or constituency."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from library.facts.models.facts import FactCard
from library.facts.models.sources import check_source
from party.models.audiences import audience_tokens
from party.permissions import Person


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: Person) -> Self:
        """Return the published series this person may read."""
        return self.filter(published=True, audience__in=audience_tokens(user))


class Series(models.Model):
    """One measure with its values: a line over time, or bars by place. Never without its source."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    measure = models.CharField(
        _("measure"), max_length=200, help_text=_("What is counted, in one sentence.")
    )
    unit = models.CharField(_("unit"), max_length=80)
    does_not_show = models.TextField(_("what it does not show"), blank=True)
    source_name = models.CharField(_("publisher"), max_length=200)
    citation = models.CharField(_("title of the source"), max_length=200)
    source_url = models.URLField(_("source’s address"), max_length=500)
    source_published = models.DateField(_("source published"), null=True, blank=True)
    source_accessed = models.DateField(_("source accessed"), null=True, blank=True)
    source_licence = models.CharField(_("licence"), max_length=120, blank=True)
    as_at = models.DateField(_("as at"))
    review_by = models.DateField(_("review by"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="series",
        null=True,
        blank=True,
        verbose_name=_("owner"),
    )
    audience = models.CharField(
        _("who may read it"),
        max_length=20,
        choices=FactCard.Audience.choices,
        default=FactCard.Audience.MEMBERS,
    )
    published = models.BooleanField(_("published"), default=False, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("facts:series", args=[self.slug])

    def clean(self) -> None:
        check_source(self)
        if self.as_at and self.review_by and self.review_by <= self.as_at:
            raise ValidationError(
                {"review_by": _("The review-by date must come after the as-at date.")}
            )


class SeriesValue(models.Model):
    """The measure at one place in one period. `starts_on` puts the periods in their order."""

    series = models.ForeignKey(
        Series, models.CASCADE, related_name="values", verbose_name=_("series")
    )
    period = models.CharField(_("period"), max_length=80)
    starts_on = models.DateField(_("period begins"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    place_code = models.CharField(_("place’s code"), max_length=20, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["series", "starts_on", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "starts_on", "place"], name="series_value_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.place} {self.period}"
