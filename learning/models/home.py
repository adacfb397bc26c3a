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
from learning.models.course_progress import CourseProgress
from learning.models.coverage import Coverage, posts_of
from learning.models.progress import Enrolment
from party.models import Appointment, Member, Region, Unit
from party.permissions import Person


@dataclasses.dataclass(frozen=True)
class Due:
    """A course that one of a person's roles requires of them, and why it is due."""

    course: CoursePage
    role: str
    certificate: Certificate | None
    state: str  # "never", "expired" or "expiring"


def courses_under_way(person: Person, *, limit: int = 3) -> list[CourseProgress]:
    """Return a person's courses that are not at their end, the last active first."""
    today = timezone.localdate()
    certified = Certificate.objects.not_yet_renewable(today).visible_to(person)
    enrolments = (
        Enrolment.objects.visible_to(person)
        .exclude(course__in=certified.values("course"))
        .filter(course__live=True)
        .select_related("course")[:limit]
    )
    found = [CourseProgress.of(enrolment.course, person, on=today) for enrolment in enrolments]
    return [progress for progress in found if progress.next_address]


def due_for(member: Member, appointments: Sequence[Appointment], *, on: datetime.date) -> list[Due]:
    """Return the required courses without a certificate that holds beyond its renewal window."""
    roles = {appointment.role_id: appointment.role for appointment in appointments}
    required = Requirement.objects.in_force().filter(role__in=roles)
    certificates = Certificate.objects.visible_to(member).deciding(on)
    due = []
    for requirement in required.select_related("course"):
        certificate = certificates.get((member.pk, requirement.course_id))
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
