"""What the home page gathers about one person."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

from django.db import models
from django.utils import timezone

from courses.models import CoursePage
from ground.prepared import Prepared, day, key
from learning.models.certification import Certificate, Requirement, deciding_of
from learning.models.course_progress import CourseProgress
from learning.models.coverage import Coverage, coverage_by_region
from learning.models.progress import Enrolment
from party.models import Appointment, Member, Region
from party.permissions import Person


@dataclasses.dataclass(frozen=True)
class Due:
    """A course that one of a person's roles requires of them, and why it is due."""

    course: CoursePage
    role: str
    certificate: Certificate | None
    state: str  # "never", "expired" or "expiring"


MOST_COURSES = 3  # under way


def _under_way() -> models.QuerySet[Enrolment]:
    certified = Certificate.objects.not_yet_renewable(day("on")).filter(member=key("member"))
    return (
        Enrolment.objects.filter(member=key("member"), course__live=True)
        .exclude(course__in=certified.values("course"))
        .select_related("course")[:MOST_COURSES]
    )


def _required() -> models.QuerySet[Requirement]:
    held = Appointment.objects.active(day("on")).filter(member=key("member"))
    required = Requirement.objects.in_force().filter(role__in=held.values("role"))
    return required.select_related("course")


UNDER_WAY: Prepared[Enrolment] = Prepared(_under_way)
REQUIRED: Prepared[Requirement] = Prepared(_required)
CERTIFICATES: Prepared[Certificate] = Prepared(
    lambda: Certificate.objects.filter(member=key("member"))
)


def certificates_of(person: Person) -> list[Certificate]:
    """Return a person's own certificates, the longest lasting first."""
    return CERTIFICATES(member=person.pk or 0)


def courses_under_way(person: Person) -> list[CourseProgress]:
    """Return a person's courses that are not at their end, the last active first."""
    today = timezone.localdate()
    found = [
        CourseProgress.in_enrolment(enrolment, enrolment.course, person, on=today)
        for enrolment in UNDER_WAY(member=person.pk or 0, on=today)
    ]
    return [progress for progress in found if progress.next_address]


def due_for(
    member: Member,
    appointments: Sequence[Appointment],
    certificates: Sequence[Certificate],
    *,
    on: datetime.date,
) -> list[Due]:
    """Return the required courses without a certificate that holds beyond its renewal window.

    The appointments are the member's active ones, and the certificates all of theirs.
    """
    if not appointments:
        return []
    roles = {appointment.role_id: appointment.role for appointment in appointments}
    deciding = deciding_of(certificates, on)
    due = []
    for requirement in REQUIRED(member=member.pk, on=on):
        certificate = deciding.get((member.pk, requirement.course_id))
        state = certificate.state(on).value if certificate else "never"
        if state != Certificate.State.VALID:
            role = str(roles[requirement.role_id])
            due.append(Due(requirement.course, role, certificate, state))
    return due


def regions_at_a_glance(
    regions: Iterable[Region], *, on: datetime.date
) -> list[tuple[Region, Coverage]]:
    """Return each region with its coverage; the same number of queries for any number of them."""
    found = list(regions)
    if not found:
        return []
    coverage = coverage_by_region(found, on=on)
    return [(region, coverage[region.pk]) for region in found]
