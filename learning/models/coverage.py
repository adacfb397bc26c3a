"""Coverage: which posts are held, and by a person whose training is in force.

A post is a role at a unit, whether held or vacant; it has no row of its own, since it follows from
the unit, the role and the appointments. Coverage is the number of posts with a currently trained
holder divided by the number of posts.
"""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from learning.models.certification import Certificate, Requirement
from learning.models.progress import Enrolment
from party.models import Appointment, Region, Role, Unit


class PostState(models.TextChoices):
    TRAINED = "trained", _("Trained")
    EXPIRING = "expiring", _("Expiring")
    PROGRESS = "progress", _("In progress")
    EXPIRED = "expired", _("Expired")
    NEVER = "never", _("Never trained")
    VACANT = "vacant", _("Vacant")

    @property
    def covered(self) -> bool:
        """Whether a post in this state has a currently trained holder."""
        return self in {PostState.TRAINED, PostState.EXPIRING}


# Of two people who share a post the better trained one decides its state.
BEST_FIRST = list(PostState)


@dataclasses.dataclass(frozen=True)
class Holder:
    """A person who holds a post, and how far their training is."""

    appointment: Appointment
    state: PostState
    valid_until: datetime.date | None = None
    enrolled_at: datetime.datetime | None = None
    active_at: datetime.datetime | None = None


@dataclasses.dataclass(frozen=True)
class Post:
    """A role at a unit, with its holders."""

    unit: Unit
    role: Role
    holders: tuple[Holder, ...] = ()

    @property
    def state(self) -> PostState:
        if not self.holders:
            return PostState.VACANT
        return min((holder.state for holder in self.holders), key=BEST_FIRST.index)

    @property
    def covered_by_another(self) -> bool:
        """Whether the work falls to somebody who was not elected to the post."""
        bases = {holder.appointment.basis for holder in self.holders}
        return bases == {Appointment.Basis.COVER}


@dataclasses.dataclass(frozen=True)
class Coverage:
    """Posts counted by state."""

    counts: dict[PostState, int]

    @classmethod
    def of(cls, posts: Iterable[Post]) -> "Coverage":
        counted = Counter(post.state for post in posts)
        return cls({state: counted.get(state, 0) for state in PostState})

    @property
    def posts(self) -> int:
        return sum(self.counts.values())

    @property
    def held(self) -> int:
        return self.posts - self.counts[PostState.VACANT]

    @property
    def covered(self) -> int:
        return sum(n for state, n in self.counts.items() if state.covered)

    @property
    def percent(self) -> int:
        """Posts with a currently trained holder ÷ posts, in whole per cent, rounded down."""
        return 100 * self.covered // self.posts if self.posts else 0


def posts_of(units: Sequence[Unit], *, on: datetime.date) -> list[Post]:
    """Return the tracked posts of units on a day, in the order of the units; five queries.

    A role that requires no course counts its holders as trained: nothing is asked of them.
    """
    roles = list(Role.objects.filter(tracked=True, level=Role.Level.UNIT))
    appointments = (
        Appointment.objects.active(on)
        .filter(unit__in=units, role__in=roles)
        .select_related("member")
        .order_by("valid_from", "pk")
    )
    by_post: dict[tuple[int, int], list[Appointment]] = defaultdict(list)
    for appointment in appointments:
        by_post[appointment.unit_id, appointment.role_id].append(appointment)  # type: ignore[index]  # filtered by unit
    training = _Training(roles, [a.member_id for held in by_post.values() for a in held], on)
    return [
        Post(unit, role, tuple(training.holder(a) for a in by_post.get((unit.pk, role.pk), [])))
        for unit in units
        for role in roles
    ]


def coverage_by_region(regions: Iterable[Region], *, on: datetime.date) -> dict[int, Coverage]:
    """Return the coverage of regions on a day, by their keys, as `Coverage.of(posts_of(…))` counts.

    Three queries and no instances: the database works out the state of every post that is held.
    """
    units = Unit.objects.active(on).filter(region__in=regions)
    tracked = Role.objects.filter(tracked=True, level=Role.Level.UNIT)
    held = (
        Appointment.objects.active(on)
        .filter(unit__in=units, role__in=tracked)
        .annotate(rank=_weakest(on))
        .order_by()
        .values("unit__region_id", "unit_id", "role_id")
        .annotate(best=models.Min("rank"))
        .values_list("unit__region_id", "best")
    )
    counts = {region.pk: dict.fromkeys(PostState, 0) for region in regions}
    for region, best in held:
        counts[region][BEST_FIRST[best]] += 1
    roles = tracked.count()
    for region, n in units.order_by().values_list("region_id").annotate(models.Count("pk")):
        counts[region][PostState.VACANT] = roles * n - sum(counts[region].values())
    return {region: Coverage(states) for region, states in counts.items()}


def _weakest(on: datetime.date) -> Coalesce:
    """Rank an appointment by the weakest state over the courses that its role requires.

    The rank is the state's place in `BEST_FIRST`. `_Training` says the same of instances.
    """
    member = models.OuterRef(models.OuterRef("member"))
    theirs = {"member": member, "course": models.OuterRef("course")}
    issued = Certificate.objects.filter(revoked_at=None, valid_from__lte=on, **theirs)
    deciding = issued.order_by("-valid_until", "-pk").annotate(
        rank=models.Case(
            _ranked(PostState.EXPIRED, valid_until__lt=on),
            _ranked(PostState.EXPIRING, window_opens__lte=on),
            default=_rank(PostState.TRAINED),
        )
    )
    uncertified = models.Case(
        models.When(
            models.Exists(Enrolment.objects.filter(**theirs)), then=_rank(PostState.PROGRESS)
        ),
        default=_rank(PostState.NEVER),
    )
    required = (
        Requirement.objects.in_force()
        .filter(role=models.OuterRef("role"))
        .annotate(rank=Coalesce(models.Subquery(deciding.values("rank")[:1]), uncertified))
    )
    weakest = required.order_by("-rank").values("rank")[:1]
    return Coalesce(models.Subquery(weakest), _rank(PostState.TRAINED))


def _rank(state: PostState) -> models.Value:
    return models.Value(BEST_FIRST.index(state), output_field=models.IntegerField())


def _ranked(state: PostState, **condition: object) -> models.When:
    return models.When(**condition, then=_rank(state))


class _Training:
    """What the holders of posts have learnt, read in three queries."""

    def __init__(self, roles: Sequence[Role], members: Sequence[int], on: datetime.date) -> None:
        self.on = on
        self.required: dict[int, set[int]] = defaultdict(set)
        for requirement in Requirement.objects.in_force().filter(role__in=roles):
            self.required[requirement.role_id].add(requirement.course_id)
        courses = {course for wanted in self.required.values() for course in wanted}
        self.certificates = Certificate.objects.filter(
            member__in=members, course__in=courses
        ).deciding(on)
        self.enrolments = {
            (enrolment.member_id, enrolment.course_id): enrolment
            for enrolment in Enrolment.objects.filter(member__in=members, course__in=courses)
        }

    def holder(self, appointment: Appointment) -> Holder:
        """Return a post's holder with the weakest of their states over the required courses."""
        wanted = self.required.get(appointment.role_id, set())
        found = [self._in_course(appointment, course) for course in sorted(wanted)]
        if not found:
            return Holder(appointment, PostState.TRAINED)
        return max(found, key=lambda holder: BEST_FIRST.index(holder.state))

    def _in_course(self, appointment: Appointment, course: int) -> Holder:
        key = (appointment.member_id, course)
        certificate, enrolment = self.certificates.get(key), self.enrolments.get(key)
        if certificate is not None:
            states = {
                Certificate.State.VALID: PostState.TRAINED,
                Certificate.State.EXPIRING: PostState.EXPIRING,
                Certificate.State.EXPIRED: PostState.EXPIRED,
            }
            state = states[certificate.state(self.on)]
        else:
            state = PostState.PROGRESS if enrolment else PostState.NEVER
        return Holder(
            appointment,
            state,
            valid_until=certificate.valid_until if certificate else None,
            enrolled_at=enrolment.enrolled_at if enrolment else None,
            active_at=enrolment.active_at if enrolment else None,
        )
