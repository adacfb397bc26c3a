"""Who has read a circulation, who has not, and what changed since it was sent. No tables."""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from library.procedures.models.audience import Post, holders, post_of, region_of
from library.procedures.models.circulation import Addressee, Circulation
from library.procedures.models.procedures import ProcedureVersion
from party.models import Appointment, Region


class AnswerState(models.TextChoices):
    """How an addressee stands; the words are what a region reads."""

    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    OPENED = "opened", _("Opened")
    WAITING = "waiting", _("Not opened")
    NEWER = "newer", _("Asked again with a newer version")
    LEFT = "left", _("No longer in post")


OUTSTANDING = frozenset({AnswerState.OPENED, AnswerState.WAITING})


@dataclasses.dataclass(frozen=True)
class Answer:
    """One addressee, and how she stands."""

    addressee: Addressee
    state: AnswerState
    vacant_since: datetime.date | None  # her post, where it is vacant and the day is known
    vacant: bool

    @property
    def outstanding(self) -> bool:
        return self.state in OUTSTANDING


@dataclasses.dataclass(frozen=True)
class Count:
    """How many of those who count have acknowledged. Who left without doing so does not count."""

    acknowledged: int
    asked: int

    @property
    def percent(self) -> int:
        return 100 * self.acknowledged // self.asked if self.asked else 100

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> Self:
        states = Counter(answer.state for answer in answers)
        away = states[AnswerState.LEFT] + states[AnswerState.NEWER]
        return cls(states[AnswerState.ACKNOWLEDGED], len(answers) - away)


@dataclasses.dataclass(frozen=True)
class Answers:
    """The answers to a circulation that one person sees, in her regions."""

    all: list[Answer]
    new: list[Appointment]  # who came into a post since, and was not asked
    followed_by: ProcedureVersion | None  # a newer version; it is sent to newcomers, and not this

    @classmethod
    def of(cls, circulation: Circulation, user: Any, *, on: datetime.date) -> Self:
        """Gather the answers that a person sees; the same few queries for any number of them."""
        addressees = list(
            circulation.addressees.answering_to(user)
            .with_newer()
            .select_related("member", "role", "unit", "region")
            .order_by("region__name", "unit__name", "role__name", "pk")
        )
        now_held = holders(circulation, on=on)
        in_post = {appointment.member_id for appointment in now_held}
        held = {post_of(appointment) for appointment in now_held}
        vacant = _vacancies([one.post for one in addressees if one.post not in held], on=on)
        answers = [
            Answer(one, _state(one, in_post), vacant.get(one.post), one.post not in held)
            for one in addressees
        ]
        newer = circulation.followed_by()
        return cls(answers, [] if newer else _newcomers(circulation, user, now_held), newer)

    def only(
        self, *, region: Region | None = None, state: AnswerState | None = None
    ) -> list[Answer]:
        """Return the answers of a region, in a state, or both."""
        return [
            answer
            for answer in self.all
            if region is None or answer.addressee.region_id == region.pk
            if state is None or answer.state == state
        ]

    def newcomers(self, region: Region | None = None) -> list[Appointment]:
        """Return who was not asked yet, in one region or in all she sees."""
        return [one for one in self.new if region is None or region_of(one) == region]

    @cached_property
    def regions(self) -> list[Region]:
        """The regions that occur, by name."""
        found = {one.addressee.region for one in self.all if one.addressee.region}
        return sorted(found, key=str)

    def by_region(self) -> list[tuple[Region, Count]]:
        """Return each region with its count."""
        grouped: dict[int | None, list[Answer]] = defaultdict(list)
        for answer in self.all:
            grouped[answer.addressee.region_id].append(answer)
        return [(region, Count.of(grouped[region.pk])) for region in self.regions]


def _state(addressee: Addressee, in_post: set[int]) -> AnswerState:
    if addressee.acknowledged_at:
        return AnswerState.ACKNOWLEDGED
    if addressee.newer:
        return AnswerState.NEWER
    if addressee.member_id not in in_post:
        return AnswerState.LEFT
    return AnswerState.OPENED if addressee.opened_at else AnswerState.WAITING


def _vacancies(vacant: Sequence[Post], *, on: datetime.date) -> dict[Post, datetime.date]:
    """Return since when each of these posts is vacant, where that is known; one query."""
    ended = Appointment.objects.filter(
        models.Q(unit__in={unit for _role, unit, _region in vacant if unit})
        | models.Q(region__in={region for _role, _unit, region in vacant if region}),
        role__in={role for role, _unit, _region in vacant},
        valid_until__lte=on,
    )
    return {
        post_of(appointment): appointment.valid_until
        for appointment in ended.order_by("valid_until")
        if appointment.valid_until
    }


def _newcomers(
    circulation: Circulation, user: Any, held: Sequence[Appointment]
) -> list[Appointment]:
    """Return who holds one of the posts now, in a region this person sees, and was not asked."""
    from library.procedures.permissions import can_circulate

    known = Addressee.objects.filter(circulation__version=circulation.version_id)
    asked = set(known.values_list("member_id", flat=True))
    seen = None if can_circulate(user) else set(Region.objects.visible_to(user))
    first: dict[int, Appointment] = {}
    for appointment in held:
        if appointment.member_id not in asked and (seen is None or region_of(appointment) in seen):
            first.setdefault(appointment.member_id, appointment)
    return list(first.values())
