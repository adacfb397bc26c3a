"""Which role needs which course."""

import datetime

from django.db import transaction

from courses.models import CoursePage
from learning.models import Requirement
from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Role
from party.permissions import Person


def require_course(
    *, role: Role, course: CoursePage, by: Person | None, now: datetime.datetime
) -> Requirement:
    """Require a course of everybody in a role. Raises ValidationError where it is required."""
    return create_record(Requirement(role=role, course=course), by=by, now=now)


@transaction.atomic
def change_requirement(
    requirement: Requirement,
    *,
    role: Role,
    course: CoursePage,
    by: Person | None,
    now: datetime.datetime,
) -> Requirement:
    """Require another course, or of another role. Raises ValidationError."""
    values = {"role": role, "course": course}
    return change_record(locked(requirement), values, by=by, now=now)


def withdraw_requirement(
    requirement: Requirement, *, by: Person | None, now: datetime.datetime
) -> None:
    """Require the course of that role no longer; certificates and enrolments stay."""
    remove_record(requirement, by=by, now=now)
