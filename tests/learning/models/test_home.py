"""What the home page gathers: courses under way, what is due, regions at a glance."""

import datetime

import pytest
from django.utils import timezone

from learning.actions.enrolments import enrol
from learning.models import Certificate, Requirement
from learning.models.home import (
    certificates_of,
    courses_under_way,
    due_for,
    regions_at_a_glance,
)
from party.models import Appointment, Region
from tests.factories.courses import make_course
from tests.factories.learning import make_region_of_every_state, pass_course
from tests.factories.party import AppointmentFactory, LeadRoleFactory, MemberFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return AppointmentFactory().member


def appointments_of(member):
    return list(Appointment.objects.filter(member=member).select_related("role"))


def test_the_course_last_taken_up_stands_first_and_a_finished_one_nowhere(ada):
    now = timezone.now()
    for number in (1, 2):
        enrol(make_course(f"course-{number}"), by=ada, now=now + datetime.timedelta(hours=number))
    pass_course(ada, make_course("finished"))
    found = courses_under_way(ada)
    assert [progress.course.slug for progress in found] == ["course-2", "course-1"]


def test_a_course_is_under_way_again_when_its_certificate_can_be_renewed(ada):
    pass_course(ada, make_course())
    assert courses_under_way(ada) == []
    Certificate.objects.update(window_opens=timezone.localdate())
    assert len(courses_under_way(ada)) == 1


@pytest.mark.parametrize(
    ("days", "state"), [(None, "never"), (-1, "expired"), (10, "expiring"), (200, None)]
)
def test_what_a_role_requires_is_due_unless_it_is_held_for_long(ada, days, state):
    today = timezone.localdate()
    course = make_course()
    Requirement.objects.create(role=ada.appointments.get().role, course=course)
    if days is not None:
        until = today + datetime.timedelta(days=days)
        pass_course(ada, course)
        Certificate.objects.update(
            valid_from=until - datetime.timedelta(days=365),
            window_opens=until - datetime.timedelta(days=60),
            valid_until=until,
        )
    due = due_for(ada, appointments_of(ada), certificates_of(ada), on=today)
    assert [item.state for item in due] == ([state] if state else [])


def test_nothing_is_due_for_a_role_that_one_does_not_hold(ada):
    Requirement.objects.create(role=LeadRoleFactory(), course=make_course())
    assert due_for(ada, appointments_of(ada), certificates_of(ada), on=timezone.localdate()) == []
    assert due_for(MemberFactory(), [], [], on=timezone.localdate()) == []


def test_regions_at_a_glance_cost_the_same_for_one_as_for_three(django_assert_num_queries):
    today = timezone.localdate()
    region = make_region_of_every_state(today)
    with django_assert_num_queries(4):
        ((found, coverage),) = regions_at_a_glance(Region.objects.all(), on=today)
    assert (found, coverage.posts, coverage.covered) == (region, 6, 2)
    UnitFactory.create_batch(2)
    with django_assert_num_queries(4):
        assert len(regions_at_a_glance(Region.objects.all(), on=today)) == 3
