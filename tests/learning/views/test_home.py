"""The home page: what to do next."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from learning.actions.enrolments import enrol
from learning.models import Certificate, Enrolment, Requirement
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    MemberFactory,
    RegionFactory,
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


def test_home_shows_three_certificates_and_leads_to_the_others(client, member):
    today = timezone.localdate()
    course = make_course()
    for n in range(5):
        Certificate.objects.create(
            member=member,
            course=course,
            holder_name="Ada Demo",
            course_title=f"Course {n}",
            valid_from=today,
            window_opens=today,
            valid_until=today + datetime.timedelta(days=n + 1),
        )
    said = visible_text(client.get("/"))
    assert [n for n in range(5) if f"Course {n}" in said] == [2, 3, 4]
    assert "All your certificates" in said
    listed = visible_text(client.get("/certificates/"))
    assert [n for n in range(5) if f"Course {n}" in listed] == [0, 1, 2, 3, 4]


def test_whoever_sees_every_region_is_led_to_them_and_none_is_counted_on_home(
    client, member, django_assert_num_queries
):
    member.is_superuser = True
    member.save()
    RegionFactory.create_batch(4)
    with django_assert_num_queries(10):
        said = visible_text(client.get("/"))
    assert "All regions and nations" in said


def test_home_costs_the_same_for_a_course_of_twelve_lessons_as_for_one(
    client, member, django_assert_num_queries, count_made
):
    enrol(make_course("short", lessons=1), by=member, now=timezone.now())
    client.get("/")
    with django_assert_num_queries(14), count_made(LessonPage) as made:
        client.get("/")
    assert len(made) == 1
    Enrolment.objects.all().delete()
    enrol(make_course("long", lessons=12), by=member, now=timezone.now())
    client.get("/")
    with django_assert_num_queries(14), count_made(LessonPage) as made:
        client.get("/")
    assert len(made) == 1


def test_people_who_look_in_turn_each_see_what_is_theirs(client, member):
    bea = MemberFactory(first_name="Bea")
    for who, slug in ((member, "ada"), (bea, "bea")):
        enrol(make_course(slug), by=who, now=timezone.now())
        AppointmentFactory(member=who, unit=UnitFactory(name=f"Unit of {slug}"))
    own, others = ("Course ada", "Unit of ada"), ("Course bea", "Unit of bea")

    for who, shown, hidden in ((bea, others, own), (member, own, others), (bea, others, own)):
        client.force_login(who)
        said = visible_text(client.get("/"))
        assert [words for words in shown + hidden if words in said] == list(shown)
