"""The home page: what to do next."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import CoursePage
from learning.actions.enrolments import enrol
from learning.models import Certificate, Requirement
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    MemberFactory,
    RoleFactory,
    UnitFactory,
)
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    ada = MemberFactory(first_name="Ada", last_name="Demo")
    client.force_login(ada)
    return ada


YEAR = datetime.timedelta(days=365)


def test_home_names_the_next_lesson_and_the_members_digital_lead(client, member):
    course = make_course()
    unit = UnitFactory()
    lead = LeadFactory(region=unit.region).member
    AppointmentFactory(member=member, unit=unit)
    enrol(course, by=member, now=timezone.now())
    said = visible_text(client.get("/"))
    assert "Continue: Lesson 1" in said
    assert str(lead) in said


def test_home_tells_officers_what_their_post_requires(client, member):
    Requirement.objects.create(role=RoleFactory(), course=make_course())
    AppointmentFactory(member=member)
    assert "As social media officer you need this course." in visible_text(client.get("/"))


def test_home_offers_a_renewal_when_the_window_is_open(client, member):
    certificate = pass_course(member, make_course())
    until = timezone.localdate() + datetime.timedelta(days=10)
    Certificate.objects.update(
        window_opens=timezone.localdate(),
        valid_from=until - datetime.timedelta(days=365),
        valid_until=until,
    )
    said = visible_text(client.get("/"))
    assert "Take the quiz" in said
    assert certificate.course_title in said


def test_home_costs_a_fixed_number_of_queries_for_each_course_begun(client, member):
    for number in range(3):
        make_course(f"course-{number}", lessons=1)
    enrol(CoursePage.objects.get(slug="course-0"), by=member, now=timezone.now())
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for slug in ("course-1", "course-2"):
        enrol(CoursePage.objects.get(slug=slug), by=member, now=timezone.now())
    with CaptureQueriesContext(connection) as three:
        client.get("/")
    # Seven for each journey, at most three of which are shown.
    assert len(three) - len(one) <= 2 * 8


def test_a_finished_course_does_not_hide_one_that_is_begun(client, member):
    for number in range(3):
        pass_course(member, make_course(f"course-{number}", lessons=1))
    begun = enrol(make_course("begun"), by=member, now=timezone.now())
    type(begun).objects.filter(pk=begun.pk).update(active_at=timezone.now() - YEAR)
    assert "Continue: Lesson 1" in visible_text(client.get("/"))


def test_a_withdrawn_course_is_not_offered(client, member):
    course = make_course()
    enrol(course, by=member, now=timezone.now())
    course.unpublish()
    assert "Continue" not in visible_text(client.get("/"))
