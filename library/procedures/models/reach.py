"""Whom a version would reach: the members who hold certain posts, each once. No tables."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Self

from django.db import models

from library.procedures.models.circulation import Circulation, Recipient
from library.procedures.models.procedures import ProcedureVersion
from party.models import Appointment, Region, Role, Unit

Post = tuple[int, int | None, int | None]  # the keys of a role, and of a unit or else a region


def post_of(appointment: Appointment) -> Post:
    """Return the post that an appointment is to."""
    region = None if appointment.unit_id else appointment.region_id
    return appointment.role_id, appointment.unit_id, region


def region_of(appointment: Appointment) -> Region | None:
    """Return the region in which a post is: its unit's, or its own."""
    return appointment.unit.region if appointment.unit else appointment.region


def posts(
    roles: Iterable[Role], regions: Iterable[Region], *, on: datetime.date
) -> "models.QuerySet[Appointment]":
    """Return the appointments on a day to these roles, at units that exist and regions.

    Without regions they are those everywhere. Holders whose account is closed are among them.
    """
    found = (
        Appointment.objects.in_term(on)
        .filter(role__in=list(roles))
        .filter(models.Q(unit=None) | models.Q(unit__in=Unit.objects.active(on)))
    )
    if wanted := list(regions):
        found = found.filter(models.Q(unit__region__in=wanted) | models.Q(region__in=wanted))
    related = found.select_related("member", "role", "unit__region", "region")
    return related.order_by("valid_from", "pk")


def holders(circulation: Circulation, *, on: datetime.date) -> list[Appointment]:
    """Return who holds the posts of a circulation on a day, with an account."""
    found = posts(circulation.roles.all(), circulation.regions.all(), on=on)
    return list(found.filter(member__is_active=True))


@dataclasses.dataclass(frozen=True)
class Reach:
    """Whom a version would reach. A member with several posts is asked once, by the oldest."""

    asked: list[Appointment]
    already: int  # members who were sent this very version before
    without_account: int  # members in these posts whose account is closed
    without_email: int  # of those asked: who read their notices in the hub alone

    @classmethod
    def of(
        cls,
        version: ProcedureVersion,
        roles: Iterable[Role],
        regions: Iterable[Region],
        *,
        on: datetime.date,
    ) -> Self:
        """Return whom it reaches on a day; two queries, whatever its size."""
        known = Recipient.objects.filter(circulation__version=version)
        known_members = set(known.values_list("member_id", flat=True))
        first: dict[int, Appointment] = {}
        for appointment in posts(roles, regions, on=on):
            first.setdefault(appointment.member_id, appointment)
        open_ones = [each for each in first.values() if each.member.is_active]
        asked = [each for each in open_ones if each.member_id not in known_members]
        reached = [each for each in asked if each.member.email_notices and each.member.email]
        return cls(
            asked=asked,
            already=len(open_ones) - len(asked),
            without_account=len(first) - len(open_ones),
            without_email=len(asked) - len(reached),
        )

    def by_region_and_role(self) -> list[tuple[str, str, int]]:
        """Return how many are asked in each region and role, by name; "" is without a region."""
        counted = Counter((str(region_of(one) or ""), str(one.role)) for one in self.asked)
        return [(region, role, number) for (region, role), number in sorted(counted.items())]
