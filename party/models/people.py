"""Who people are and where they belong."""

import datetime
from typing import Any, Self

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class MemberManager(BaseUserManager["Member"]):
    """Makes members, who sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Make a member; raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Make a member who may do everything."""
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractUser):
    """A person with an account. Her membership is special-category data: shown by role only."""

    username = None  # type: ignore[assignment]  # people sign in with their e-mail address
    email = models.EmailField(_("e-mail address"), unique=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email_notices = models.BooleanField(_("notices by e-mail too"), default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = MemberManager()  # type: ignore[assignment,misc]  # Django's own asks for user names

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="member_email_unique",
                violation_error_message=_("Another member already uses this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @cached_property
    def leads_regions(self) -> bool:
        """Whether the main navigation offers her the regions' pages."""
        return Region.objects.visible_to(self).exists()


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: Any) -> Self:
        """Return the regions whose posts this person may see: those she leads, or all."""
        from party.permissions import sees_every_region

        if sees_every_region(user):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(appointments__in=Appointment.objects.leading(user)).distinct()


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
        return reverse("learning:region", args=[self.slug])


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self, on: datetime.date) -> Self:
        """Return the units that exist on a day."""
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=on)
        )

    def visible_to(self, user: Any) -> Self:
        """Return the units whose posts this person may see: her region's and her own."""
        from party.permissions import sees_every_region

        if sees_every_region(user):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(region__in=Region.objects.visible_to(user))
            | models.Q(appointments__in=Appointment.objects.active().filter(member=user))
        ).distinct()


class Unit(models.Model):
    """A local party: it begins, ends, and may follow others when boundaries change."""

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
    valid_until = models.DateField(_("until"), null=True, blank=True)
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

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("learning:unit", args=[self.slug])


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
        on = on or timezone.localdate()
        return self.filter(valid_from__lte=on, member__is_active=True).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=on)
        )

    def leading(self, user: Any) -> Self:
        """Return a person's active appointments as a region's digital lead."""
        return self.active().filter(member=user, role__slug=Role.DIGITAL_LEAD, region__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """Return her own appointments and those of the regions and units she may see."""
        from party.permissions import sees_every_region

        if sees_every_region(user):
            return self
        if not user.is_authenticated:
            return self.none()
        regions = Region.objects.visible_to(user)
        return self.filter(
            models.Q(member=user)
            | models.Q(unit__region__in=regions)
            | models.Q(region__in=regions)
        )


class Appointment(models.Model):
    """A person in a role at a unit or a region, for a term."""

    class Basis(models.TextChoices):
        ELECTED = "elected", _("Elected")
        APPOINTED = "appointed", _("Appointed")
        COVER = "cover", _("Cover")

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="appointments", verbose_name=_("member")
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
    valid_until = models.DateField(_("until"), null=True, blank=True)

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
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="appointment_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.role}, {self.unit or self.region or _('national')}"
