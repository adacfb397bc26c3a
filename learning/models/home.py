"""What the home page gathers about one person."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone

from courses.models import CoursePage
from learning.models.certification import Certificate, Requirement
from learning.models.coverage import Coverage, posts_of
from learning.models.journey import Journey
from learning.models.progress import Enrolment
from party.models import Appointment, Region, Unit
from party.permissions import Person


@dataclasses.dataclass(frozen=True)
class Due:
    """A course that one of a person's roles requires of her, and why it is due."""

    course: CoursePage
    role: str
    certificate: Certificate | None
    state: str  # "never", "expired" or "expiring"


def journeys_of(user: Person, *, limit: int = 3) -> list[Journey]:
    """Return a person's journeys that are not at their end, the last active first."""
    held = Certificate.objects.visible_to(user).filter(
        course=models.OuterRef("course"), revoked_at=None, window_opens__gt=timezone.localdate()
    )
    enrolments = (
        Enrolment.objects.visible_to(user)
        .filter(~models.Exists(held), course__live=True)
        .select_related("course")[:limit]
    )
    journeys = [Journey.of(enrolment.course, user) for enrolment in enrolments]
    return [journey for journey in journeys if journey.next_address]


def due_for(user: Person, appointments: Sequence[Appointment], *, on: datetime.date) -> list[Due]:
    """Return the required courses without a certificate that holds beyond its renewal window."""
    roles = {appointment.role_id: appointment.role for appointment in appointments}
    required = Requirement.objects.filter(role__in=roles, course__live=True)
    latest = {
        certificate.course_id: certificate
        for certificate in Certificate.objects.visible_to(user)
        .filter(revoked_at=None)
        .order_by("valid_until")
    }
    due = []
    for requirement in required.select_related("course"):
        certificate = latest.get(requirement.course_id)
        state = certificate.state(on).value if certificate else "never"
        if state != Certificate.State.VALID:
            role = str(roles[requirement.role_id])
            due.append(Due(requirement.course, role, certificate, state))
    return due


def regions_at_a_glance(
    regions: "models.QuerySet[Region]", *, on: datetime.date
) -> list[tuple[Region, Coverage]]:
    """Return each region with its coverage; the same number of queries for any number of them."""
    found = list(regions)
    posts = posts_of(list(Unit.objects.active(on).filter(region__in=found)), on=on) if found else []
    by_region: dict[int, list[Any]] = defaultdict(list)
    for post in posts:
        by_region[post.unit.region_id].append(post)
    return [(region, Coverage.of(by_region[region.pk])) for region in found]
