"""Which role needs which course."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import CoursePage
from learning.models import Requirement
from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Role
from party.permissions import Person


def require_course(
    *, role: Role, course: CoursePage, by: Person | None, now: datetime.datetime
) -> Requirement:
    """Require a live course of everybody in a role.

    Raises ValidationError where it is required already, or is not live.
    """
    _refuse_unless_live(course)
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
    if course != requirement.course:
        _refuse_unless_live(course)
    values = {"role": role, "course": course}
    return change_record(locked(requirement), values, by=by, now=now)


def _refuse_unless_live(course: CoursePage) -> None:
    if not course.live:
        sentence = _("This course is not published, so nobody could take it. Publish it first.")
        raise ValidationError({"course": sentence})


def withdraw_requirement(
    requirement: Requirement, *, by: Person | None, now: datetime.datetime
) -> None:
    """Require the course of that role no longer; certificates and enrolments stay."""
    remove_record(requirement, by=by, now=now)
