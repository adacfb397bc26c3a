"""Versions sent to an audience of officers, who read and acknowledge them."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.procedures.models.procedures import ProcedureVersion
from library.procedures.permissions import can_circulate
from party.models import Appointment, Region, Role, Unit
from party.permissions import Person


class CirculationQuerySet(models.QuerySet["Circulation"]):
    def visible_to(self, user: Person) -> Self:
        """Return the circulations of which a person may see who has read them."""
        if can_circulate(user):
            return self.all()
        if not user.is_authenticated:
            return self.none()
        regions = Region.objects.visible_to(user)
        return self.filter(recipients__region__in=regions).distinct()


class Circulation(models.Model):
    """One version sent to all who held these roles in these regions when it was sent."""

    version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="circulations", verbose_name=_("version")
    )
    roles: Any = models.ManyToManyField(Role, verbose_name=_("roles"))
    regions: Any = models.ManyToManyField(
        Region, blank=True, verbose_name=_("regions"), help_text=_("Leave empty for everywhere.")
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

    def get_acknowledgements_url(self) -> str:
        return reverse("procedures:acknowledgements", args=[self.pk])


def can_see_acknowledgements(user: Person, circulation: Circulation) -> bool:
    """Say whether a person may see who has read a circulation."""
    return Circulation.objects.visible_to(user).filter(pk=circulation.pk).exists()


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def visible_to(self, user: Person) -> Self:
        """Return those of whom a person sees whether they have read it, and the person's own."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            models.Q(member=user) | models.Q(pk__in=self.overseen_by(user).values("pk"))
        )

    def overseen_by(self, user: Person) -> Self:
        """Return those of whom a person sees it: in their regions, or all for who circulates."""
        if can_circulate(user):
            return self.all()
        return self.filter(region__in=Region.objects.visible_to(user))

    def waiting(self) -> Self:
        """Return those who have not acknowledged what they were sent."""
        return self.filter(acknowledged_at=None)

    def with_newer(self) -> Self:
        """Say of each, as `newer`, whether they were sent a newer version of the same since."""
        later = Recipient.objects.filter(
            member=models.OuterRef("member"),
            circulation__version__page=models.OuterRef("circulation__version__page"),
            circulation__version__number__gt=models.OuterRef("circulation__version__number"),
        )
        return self.annotate(newer=models.Exists(later))

    def counted(self, on: datetime.date) -> Self:
        """Return those who count on a day: who has acknowledged, or still holds one of the posts.

        Who left without acknowledging, or was sent a newer version since, does not count.
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

    def to_read(self, user: Person) -> Self:
        """Return what a person is still asked to acknowledge, what is due first before the rest."""
        return self.to_read_by(user.pk) if user.is_authenticated else self.none()

    def to_read_by(self, member: object) -> Self:
        """Return the same for the key of a member, which a prepared query leaves open."""
        return (
            self.filter(member=member)
            .waiting()
            .with_newer()
            .filter(newer=False)
            .select_related("circulation__version")
            .order_by(models.F("circulation__due_on").asc(nulls_last=True), "pk")
        )


class Recipient(models.Model):
    """A member to whom a version was sent, with the post they held that day."""

    circulation = models.ForeignKey(
        Circulation, models.CASCADE, related_name="recipients", verbose_name=_("circulation")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
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

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["circulation", "region", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circulation", "member"], name="recipient_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.circulation}"

    @property
    def post(self) -> tuple[int, int | None, int | None]:
        """The post they held, as `library.procedures.models.reach.post_of` writes it."""
        return self.role_id, self.unit_id, None if self.unit_id else self.region_id

    def acknowledged_before(self) -> ProcedureVersion | None:
        """Return the version before this one that they acknowledged last, if they did."""
        version = self.circulation.version
        before = ProcedureVersion.objects.filter(
            page=version.page_id,
            number__lt=version.number,
            circulations__recipients__member=self.member_id,
            circulations__recipients__acknowledged_at__isnull=False,
        )
        return before.order_by("-number").first()
