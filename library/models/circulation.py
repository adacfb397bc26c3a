"""Versions sent to an audience of officers, who read and acknowledge them."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.models.procedures import ProcedureVersion
from party.models import Region, Role, Unit


class CirculationQuerySet(models.QuerySet["Circulation"]):
    def visible_to(self, user: Any) -> Self:
        """Return the circulations whose answers a person may see: her regions', or all."""
        from library.permissions import can_circulate

        if can_circulate(user):
            return self.all()
        if not user.is_authenticated:
            return self.none()
        regions = Region.objects.visible_to(user)
        return self.filter(addressees__region__in=regions).distinct()


class Circulation(models.Model):
    """One version sent to all who held these roles in these regions when it was sent."""

    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="circulations", verbose_name=_("version")
    )
    roles: Any = models.ManyToManyField(Role, verbose_name=_("roles"))
    regions: Any = models.ManyToManyField(
        Region, blank=True, verbose_name=_("regions"), help_text=_("None: everywhere.")
    )
    message = models.TextField(_("message"), blank=True)
    due_on = models.DateField(_("to be acknowledged by"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("sent by"),
    )

    objects = CirculationQuerySet.as_manager()

    class Meta:
        verbose_name = _("circulation")
        verbose_name_plural = _("circulations")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("library:circulation", args=[self.pk])


class AddresseeQuerySet(models.QuerySet["Addressee"]):
    def visible_to(self, user: Any) -> Self:
        """Return those in a person's regions (all, for whoever circulates), and herself."""
        from library.permissions import can_circulate

        if can_circulate(user):
            return self.all()
        if not user.is_authenticated:
            return self.none()
        regions = Region.objects.visible_to(user)
        return self.filter(models.Q(member=user) | models.Q(region__in=regions))

    def waiting(self) -> Self:
        """Return those who have not acknowledged what they were sent."""
        return self.filter(acknowledged_at=None)

    def overdue(self, on: datetime.date) -> Self:
        """Return those who should have acknowledged before a day."""
        return self.waiting().filter(circulation__due_on__lt=on)


class Addressee(models.Model):
    """A member to whom a version was sent, with the post she held that day."""

    circulation = models.ForeignKey(
        Circulation, models.CASCADE, related_name="addressees", verbose_name=_("circulation")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="circulated",
        verbose_name=_("member"),
    )
    role = models.ForeignKey(Role, models.PROTECT, related_name="+", verbose_name=_("role"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("unit")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("region")
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ["circulation", "region", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circulation", "member"], name="addressed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.circulation}"
