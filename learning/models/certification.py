"""Certificates, which run out, and which role requires which course's."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage
from party.models import Role
from party.permissions import Person

# Crockford's base 32: no I, L, O or U, so that a code survives being read out.
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WINDOW_DAYS = 60  # a certificate can be renewed from this many days before it runs out


def window_opening(valid_until: datetime.date) -> datetime.date:
    """Return from which day a certificate with that last day can be renewed."""
    return valid_until - datetime.timedelta(days=WINDOW_DAYS)


def new_code() -> str:
    """Return a verification code of 60 random bits, such as 7Q2M-K9FA-XW40."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _n in range(12))
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


def tidy_code(typed: str) -> str:
    """Return a code as it is stored, from what a person typed, in any case and without hyphens."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    letters = letters.replace("I", "1").replace("L", "1").replace("O", "0")[:12]
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def in_force(self) -> Self:
        """Return what can be fulfilled: a course that is not live asks nothing of anybody."""
        return self.filter(course__live=True)


class Requirement(models.Model):
    """Holders of a role need a course's certificate."""

    role = models.ForeignKey(
        Role, models.CASCADE, related_name="requirements", verbose_name=_("role")
    )
    course = models.ForeignKey(
        CoursePage,
        models.PROTECT,
        related_name="requirements",
        verbose_name=_("course"),
        limit_choices_to={"live": True},
    )

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [models.UniqueConstraint(fields=["role", "course"], name="requirement_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.course}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self, on: datetime.date) -> Self:
        """Return the certificates in force on a day, revoked ones left out."""
        return self.filter(revoked_at=None, valid_from__lte=on, valid_until__gte=on)

    def not_yet_renewable(self, on: datetime.date) -> Self:
        """Return those that ask nothing of their holders on a day: valid, and not expiring."""
        return self.valid(on).filter(window_opens__gt=on)

    def deciding(self, on: datetime.date) -> dict[tuple[int, int], "Certificate"]:
        """Return which certificate says on a day whether somebody is trained, in one query.

        It is the one that lasts longest of those not revoked, by member and course. Its `state`
        says the rest; whoever has none was never trained.
        """
        return deciding_of(self.filter(revoked_at=None, valid_from__lte=on), on)

    def earned_at(
        self, moment: datetime.datetime, *, member: int, course: int
    ) -> "Certificate | None":
        """Return the certificate that a member earned in a course at that very moment."""
        return self.filter(member=member, course=course, issued_at=moment, revoked_at=None).first()

    def visible_to(self, person: Person) -> Self:
        """Return a person's own certificates; the public check is open to whoever has a code."""
        return self.filter(member_id=person.pk) if person.is_authenticated else self.none()


def deciding_of(
    certificates: Iterable["Certificate"], on: datetime.date
) -> dict[tuple[int, int], "Certificate"]:
    """Return the deciding ones (see `CertificateQuerySet.deciding`) of certificates in memory."""
    issued = [each for each in certificates if not each.revoked_at and each.valid_from <= on]
    issued.sort(key=lambda each: (each.valid_until, each.pk))
    return {(each.member_id, each.course_id): each for each in issued}


class Certificate(models.Model):
    """A certification period: valid from a day until another, renewable when its window opens."""

    class State(models.TextChoices):
        VALID = "valid", _("Valid")
        EXPIRING = "expiring", _("Expiring soon")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Revoked")

    code = models.CharField(_("verification code"), max_length=14, unique=True, default=new_code)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="certificates",
        verbose_name=_("member"),
    )
    course = models.ForeignKey(
        CoursePage, models.PROTECT, related_name="certificates", verbose_name=_("course")
    )
    holder_name = models.CharField(_("name on the certificate"), max_length=301)
    course_title = models.CharField(_("course on the certificate"), max_length=255)
    mark = models.PositiveSmallIntegerField(_("mark (per cent)"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    valid_from = models.DateField(_("valid from"))
    window_opens = models.DateField(_("can be renewed from"))
    valid_until = models.DateField(_("valid until"), help_text=_("The last day."))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=250, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-valid_until", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("valid_from")),
                name="certificate_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.holder_name}, {self.course_title}"

    def get_absolute_url(self) -> str:
        return reverse("learning:certificate", args=[self.code])

    def state(self, on: datetime.date | None = None) -> "Certificate.State":
        """Return what the certificate is worth on a day (default: today)."""
        on = on or timezone.localdate()
        if self.revoked_at is not None:
            return self.State.REVOKED
        if on > self.valid_until:
            return self.State.EXPIRED
        return self.State.EXPIRING if on >= self.window_opens else self.State.VALID
