"""Who has read a circulation, who has not, and what changed since it was sent. No tables."""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Self

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ground.dates import DAY
from library.procedures.models.circulation import Circulation, Recipient
from library.procedures.models.procedures import ProcedureVersion
from library.procedures.models.reach import Post, holders, post_of, region_of
from library.procedures.permissions import can_circulate
from party.models import Appointment, Region
from party.permissions import Person


class AcknowledgementState(models.TextChoices):
    """How a recipient stands; the words are what a region reads."""

    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    OPENED = "opened", _("Opened")
    WAITING = "waiting", _("Not opened")
    NEWER = "newer", _("Sent a newer version")
    LEFT = "left", _("No longer in post")


OUTSTANDING = frozenset({AcknowledgementState.OPENED, AcknowledgementState.WAITING})


@dataclasses.dataclass(frozen=True)
class Acknowledgement:
    """One recipient, and how they stand."""

    recipient: Recipient
    state: AcknowledgementState
    vacant_since: datetime.date | None  # their post, where it is vacant and the day is known
    vacant: bool

    @property
    def outstanding(self) -> bool:
        return self.state in OUTSTANDING


@dataclasses.dataclass(frozen=True)
class AcknowledgementCount:
    """How many of those who count have acknowledged. Who left without doing so does not count."""

    acknowledged: int
    asked: int

    @property
    def percent(self) -> int:
        return 100 * self.acknowledged // self.asked if self.asked else 100

    @classmethod
    def of(cls, given: Sequence[Acknowledgement]) -> Self:
        states = Counter(each.state for each in given)
        away = states[AcknowledgementState.LEFT] + states[AcknowledgementState.NEWER]
        return cls(states[AcknowledgementState.ACKNOWLEDGED], len(given) - away)


@dataclasses.dataclass(frozen=True)
class Acknowledgements:
    """The acknowledgements of a circulation that one person sees, in their regions."""

    all: list[Acknowledgement]
    new: list[Appointment]  # who came into a post since, and was not asked
    followed_by: ProcedureVersion | None  # a newer version; it is sent to newcomers, and not this

    @classmethod
    def of(cls, circulation: Circulation, user: Person, *, on: datetime.date) -> Self:
        """Gather what a person sees; the same few queries for any number of them."""
        recipients = list(
            circulation.recipients.overseen_by(user)
            .with_newer()
            .select_related("member", "role", "unit", "region")
            .order_by("region__name", "unit__name", "role__name", "pk")
        )
        now_held = holders(circulation, on=on)
        in_post = {appointment.member_id for appointment in now_held}
        held = {post_of(appointment) for appointment in now_held}
        vacant = _vacancies([one.post for one in recipients if one.post not in held], on=on)
        found = [
            Acknowledgement(one, _state(one, in_post), vacant.get(one.post), one.post not in held)
            for one in recipients
        ]
        newer = circulation.followed_by()
        new = [] if newer else _newcomers(circulation, user, now_held)
        return cls(found, new, newer)

    def only(
        self, *, region: Region | None = None, state: AcknowledgementState | None = None
    ) -> list[Acknowledgement]:
        """Return the acknowledgements of a region, in a state, or both."""
        return [
            each
            for each in self.all
            if region is None or each.recipient.region_id == region.pk
            if state is None or each.state == state
        ]

    def newcomers(self, region: Region | None = None) -> list[Appointment]:
        """Return who was not asked yet, in one region or in all that the person sees."""
        return [one for one in self.new if region is None or region_of(one) == region]

    @cached_property
    def regions(self) -> list[Region]:
        """The regions that occur, by name."""
        found = {one.recipient.region for one in self.all if one.recipient.region}
        return sorted(found, key=str)

    def by_region(self) -> list[tuple[Region, AcknowledgementCount]]:
        """Return each region with its count."""
        grouped: dict[int | None, list[Acknowledgement]] = defaultdict(list)
        for each in self.all:
            grouped[each.recipient.region_id].append(each)
        return [(region, AcknowledgementCount.of(grouped[region.pk])) for region in self.regions]


def _state(recipient: Recipient, in_post: set[int]) -> AcknowledgementState:
    if recipient.acknowledged_at:
        return AcknowledgementState.ACKNOWLEDGED
    if recipient.newer:
        return AcknowledgementState.NEWER
    if recipient.member_id not in in_post:
        return AcknowledgementState.LEFT
    return AcknowledgementState.OPENED if recipient.opened_at else AcknowledgementState.WAITING


def _vacancies(vacant: Sequence[Post], *, on: datetime.date) -> dict[Post, datetime.date]:
    """Return since when each of these posts is vacant, where that is known; one query."""
    ended = Appointment.objects.over(on).filter(
        models.Q(unit__in={unit for _role, unit, _region in vacant if unit})
        | models.Q(region__in={region for _role, _unit, region in vacant if region}),
        role__in={role for role, _unit, _region in vacant},
    )
    return {
        post_of(appointment): appointment.valid_until + DAY
        for appointment in ended.order_by("valid_until")
        if appointment.valid_until
    }


def _newcomers(
    circulation: Circulation, user: Person, held: Sequence[Appointment]
) -> list[Appointment]:
    """Return who holds one of the posts now, in a region this person sees, and was not asked."""
    known = Recipient.objects.filter(circulation__version=circulation.version_id)
    asked = set(known.values_list("member_id", flat=True))
    seen = None if can_circulate(user) else set(Region.objects.visible_to(user))
    first: dict[int, Appointment] = {}
    for appointment in held:
        if appointment.member_id not in asked and (seen is None or region_of(appointment) in seen):
            first.setdefault(appointment.member_id, appointment)
    return list(first.values())
