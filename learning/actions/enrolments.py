"""Who takes a course."""

import datetime

from django.db import transaction

from courses.models import CoursePage
from learning.models import Enrolment
from party.models import Member


@transaction.atomic
def enrol(course: CoursePage, *, by: Member, now: datetime.datetime) -> Enrolment:
    """Enrol the acting person in a course; a second time gives the enrolment they have."""
    enrolment, _created = Enrolment.objects.get_or_create(
        member=by, course=course, defaults={"enrolled_at": now, "active_at": now}
    )
    return enrolment


def locked(enrolment: Enrolment) -> Enrolment:
    """Return an enrolment as it is stored now, and make other requests of its learner wait.

    Two requests, such as a double click, so follow each other until the transaction ends.
    """
    return Enrolment.objects.select_for_update().get(pk=enrolment.pk)
