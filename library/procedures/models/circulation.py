"""Versions sent to an audience of officers, who read and acknowledge them."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.procedures.models.procedures import ProcedureVersion
from party.models import Appointment, Region, Role, Unit


class CirculationQuerySet(models.QuerySet["Circulation"]):
    def visible_to(self, user: Any) -> Self:
        """Return the circulations whose answers a person may see: her regions', or all."""
        from library.procedures.permissions import can_circulate

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
        return reverse("procedures:circulation", args=[self.pk])

    def followed_by(self) -> ProcedureVersion | None:
        """Return the newest version of the same, if one was issued after the one that was sent."""
        newer = ProcedureVersion.objects.filter(
            page=self.version.page_id, number__gt=self.version.number
        )
        return newer.select_related("page").order_by("-number").first()

    def get_answers_url(self) -> str:
        return reverse("procedures:answers", args=[self.pk])


class AddresseeQuerySet(models.QuerySet["Addressee"]):
    def visible_to(self, user: Any) -> Self:
        """Return those whose answers a person sees, and herself."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(member=user) | models.Q(pk__in=self.answering_to(user).values("pk"))
        )

    def answering_to(self, user: Any) -> Self:
        """Return those whose answers a person sees: in her regions, or all for who circulates."""
        from library.procedures.permissions import can_circulate

        if can_circulate(user):
            return self.all()
        return self.filter(region__in=Region.objects.visible_to(user))

    def waiting(self) -> Self:
        """Return those who have not acknowledged what they were sent."""
        return self.filter(acknowledged_at=None)

    def with_newer(self) -> Self:
        """Say of each, as `newer`, whether she was sent a newer version of the same since."""
        later = Addressee.objects.filter(
            member=models.OuterRef("member"),
            circulation__version__page=models.OuterRef("circulation__version__page"),
            circulation__version__number__gt=models.OuterRef("circulation__version__number"),
        )
        return self.annotate(newer=models.Exists(later))

    def counted(self, on: datetime.date) -> Self:
        """Return those who count on a day: who has acknowledged, or still holds one of the posts.

        Who left without answering, or was sent a newer version since, does not count.
        """
        held = Appointment.objects.active(on).filter(
            models.Q(unit=None) | models.Q(unit__in=Unit.objects.active(on)),
            member=models.OuterRef("member"),
            role__circulation=models.OuterRef("circulation"),
        )
        here = models.Q(unit__region__circulation=models.OuterRef("circulation"))
        here |= models.Q(region__circulation=models.OuterRef("circulation"))
        chosen = Region.objects.filter(circulation=models.OuterRef("circulation"))
        in_post = models.Exists(held.filter(here)) | ~models.Exists(chosen) & models.Exists(held)
        return self.with_newer().filter(
            models.Q(acknowledged_at__isnull=False) | models.Q(newer=False) & in_post
        )

    def to_read(self, user: Any) -> Self:
        """Return what a person is still asked to acknowledge, what is due first before the rest."""
        own = self.filter(member=user) if user.is_authenticated else self.none()
        return (
            own.waiting()
            .with_newer()
            .filter(newer=False)
            .select_related("circulation__version")
            .order_by(models.F("circulation__due_on").asc(nulls_last=True), "pk")
        )

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
    newer: bool  # by `with_newer`

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

    @property
    def post(self) -> tuple[int, int | None, int | None]:
        """The post she held, as `library.procedures.models.audience.post_of` writes it."""
        return self.role_id, self.unit_id, None if self.unit_id else self.region_id

    def acknowledged_before(self) -> ProcedureVersion | None:
        """Return the version before this one that she acknowledged last, if she did."""
        version = self.circulation.version
        before = ProcedureVersion.objects.filter(
            page=version.page_id,
            number__lt=version.number,
            circulations__addressees__member=self.member_id,
            circulations__addressees__acknowledged_at__isnull=False,
        )
        return before.order_by("-number").first()
