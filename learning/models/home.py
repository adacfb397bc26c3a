"""What the home page gathers about one person."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

from django.utils import timezone

from courses.models import CoursePage
from learning.models.certification import Certificate, Requirement
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
    found = [
        CourseProgress.in_enrolment(enrolment, enrolment.course, person, on=today)
        for enrolment in enrolments
    ]
    return [progress for progress in found if progress.next_address]


def due_for(member: Member, appointments: Sequence[Appointment], *, on: datetime.date) -> list[Due]:
    """Return the required courses without a certificate that holds beyond its renewal window."""
    roles = {appointment.role_id: appointment.role for appointment in appointments}
    required = Requirement.objects.in_force().filter(role__in=roles)
    held = Certificate.objects.visible_to(member).filter(course__in=required.values("course"))
    certificates = held.deciding(on)
    due = []
    for requirement in required.select_related("course"):
        certificate = certificates.get((member.pk, requirement.course_id))
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
    coverage = coverage_by_region(found, on=on)
    return [(region, coverage[region.pk]) for region in found]
