"""Where people belong: regions and nations, and the units in them."""

import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ground.dates import covers, ends_no_earlier
from party.permissions import Person, sees_every_region


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, person: Person) -> Self:
        """Return the regions whose posts this person may see: those they lead, or all."""
        if sees_every_region(person):
            return self
        if not person.is_authenticated:
            return self.none()
        return self.filter(appointments__in=person.appointments.leading()).distinct()


class Region(models.Model):
    """One of the party's regions and nations."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    nation = models.CharField(_("nation"), max_length=30)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region or nation")
        verbose_name_plural = _("regions and nations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("party:region", args=[self.slug])


def can_see_region(person: Person, region: Region) -> bool:
    """Say whether a person may see a region's posts."""
    return Region.objects.visible_to(person).filter(pk=region.pk).exists()


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self, on: datetime.date) -> Self:
        """Return the units that exist on a day."""
        return self.filter(covers(on, first="valid_from", last="valid_until"))

    def visible_to(self, person: Person) -> Self:
        """Return the units whose posts this person may see: their region's and their own."""
        if sees_every_region(person):
            return self
        if not person.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(region__in=Region.objects.visible_to(person))
            | models.Q(appointments__in=person.appointments.active())
        ).distinct()


class Unit(models.Model):
    """A local party: it begins, ends, and may follow others when boundaries change.

    The last day on which it exists is `valid_until`; who follows it begins on the next.
    """

    class Kind(models.TextChoices):
        CONSTITUENCY = "constituency", _("Constituency party")
        BRANCH = "branch", _("Branch")

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="units", verbose_name=_("region or nation")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.CONSTITUENCY
    )
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_cy = models.CharField(_("Welsh name"), max_length=120, blank=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day of the unit.")
    )
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, related_name="successors", blank=True
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    hex_column = models.SmallIntegerField(_("column on the map"), null=True, blank=True)
    hex_row = models.SmallIntegerField(_("row on the map"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=ends_no_earlier(first="valid_from", last="valid_until"),
                name="unit_ends_no_earlier_than_it_begins",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("party:unit", args=[self.slug])
