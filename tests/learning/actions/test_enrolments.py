"""Enrolling."""

import datetime

import pytest

from learning.actions.enrolments import enrol
from tests.factories.courses import make_course
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def course():
    return make_course(lessons=2)


@pytest.fixture
def enrolment(course):
    return enrol(course, by=MemberFactory(first_name="Ada", last_name="Demo"), now=NOW)


def test_enrolling_twice_keeps_the_first_enrolment(course, enrolment):
    again = enrol(course, by=enrolment.member, now=NOW + datetime.timedelta(days=1))
    assert (again.pk, again.enrolled_at) == (enrolment.pk, NOW)
