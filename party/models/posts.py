"""Which posts there are, and who holds them."""

import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ground.dates import covers, ends_no_earlier
from party.models.members import Member
from party.models.places import Region, Unit
from party.permissions import Person, sees_every_region


class Role(models.Model):
    """What one can be appointed to. A role at a unit or region is a post."""

    class Level(models.TextChoices):
        UNIT = "unit", _("Unit")
        REGION = "region", _("Region or nation")
        NATIONAL = "national", _("National")

    SOCIAL_MEDIA_OFFICER = "social-media-officer"
    SECRETARY = "secretary"
    DIGITAL_LEAD = "digital-lead"

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    tracked = models.BooleanField(
        _("counted as a post"),
        default=False,
        help_text=_("Regions see whether each of these posts is held and its holder trained."),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def active(self, on: datetime.date | None = None) -> Self:
        """Return the appointments in force on a day (default: today) of members with an account."""
        return self.in_term(on or timezone.localdate()).filter(member__is_active=True)

    def in_term(self, on: datetime.date) -> Self:
        """Return the appointments in force on a day, also of members whose account is closed."""
        return self.filter(covers(on, first="valid_from", last="valid_until"))

    def over(self, on: datetime.date) -> Self:
        """Return the appointments whose last day is before a day."""
        return self.filter(valid_until__lt=on)

    def leading(self, on: datetime.date | None = None) -> Self:
        """Return the appointments active on a day (default: today) as a region’s digital lead."""
        return self.active(on).filter(role__slug=Role.DIGITAL_LEAD, region__isnull=False)

    def visible_to(self, person: Person) -> Self:
        """Return their own appointments and those of the regions they may see."""
        if sees_every_region(person):
            return self
        if not person.is_authenticated:
            return self.none()
        regions = Region.objects.visible_to(person)
        return self.filter(
            models.Q(member=person)
            | models.Q(unit__region__in=regions)
            | models.Q(region__in=regions)
        )


class Appointment(models.Model):
    """A person in a role at a unit or a region, for a term. Its last day is `valid_until`."""

    class Basis(models.TextChoices):
        ELECTED = "elected", _("Elected")
        APPOINTED = "appointed", _("Appointed")
        COVER = "cover", _("Cover")

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="appointments", verbose_name=_("member")
    )
    role = models.ForeignKey(
        Role, models.PROTECT, related_name="appointments", verbose_name=_("role")
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="appointments",
        null=True,
        blank=True,
        verbose_name=_("unit"),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="appointments",
        null=True,
        blank=True,
        verbose_name=_("region or nation"),
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day in the post.")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(unit__isnull=False, region__isnull=False),
                name="appointment_at_one_place",
                violation_error_message=_("Choose a unit or a region, not both."),
            ),
            models.CheckConstraint(
                condition=ends_no_earlier(first="valid_from", last="valid_until"),
                name="appointment_ends_no_earlier_than_it_begins",
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.role}, {self.unit or self.region or _('national')}"
