"""A course, as the learner sees it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import CoursePage
from learning.actions.attempts import submit_attempt
from learning.actions.enrolments import enrol
from learning.actions.lessons import complete_lesson
from tests.factories.courses import make_course, right_answers
from tests.factories.party import MemberFactory
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    ada = MemberFactory(first_name="Ada", last_name="Demo")
    client.force_login(ada)
    return ada


@pytest.mark.parametrize(
    "address", ["/", "/courses/", "/courses/moderating/", "/courses/moderating/lesson-1/"]
)
def test_a_stranger_is_asked_to_sign_in(client, address):
    make_course()
    page = client.get(address, follow=True)
    assert page.redirect_chain == [(f"/accounts/login/?next={address}", 302)]
    assert visible_text(page).startswith("Sign in ")
    assert "moderating" not in visible_text(page)


def test_a_course_lists_its_lessons_in_order_and_invites_to_start(client, member):
    make_course(lessons=3)
    said = visible_text(client.get("/courses/moderating/"))
    assert said.index("Lesson 1") < said.index("Lesson 2") < said.index("Lesson 3")
    assert "Start the course" in said


def test_starting_a_course_leads_to_its_first_lesson(client, member):
    make_course()
    response = client.post(reverse("learning:enrol", args=["moderating"]))
    assert response.url == "/courses/moderating/lesson-1/"
    assert member.enrolments.count() == 1


def test_the_course_costs_the_same_for_one_lesson_as_for_three(
    client, member, django_assert_num_queries
):
    make_course("one", lessons=1)
    make_course("three", lessons=3)
    for slug in ("one", "three"):
        enrol(CoursePage.objects.get(slug=slug), by=member, now=timezone.now())
        client.get(f"/courses/{slug}/")
        with django_assert_num_queries(13):
            client.get(f"/courses/{slug}/")


def test_the_catalogue_costs_the_same_for_one_course_as_for_three(
    client, member, django_assert_num_queries
):
    for number in range(3):
        make_course(f"course-{number}")
        client.get("/courses/")
        if number in {0, 2}:
            with django_assert_num_queries(10):
                client.get("/courses/")


def test_an_earned_certificate_can_be_asked_for(client, member):
    course = make_course(lessons=2)
    enrolment = enrol(course, by=member, now=timezone.now())
    first, second = course.lessons()
    complete_lesson(enrolment, first, by=member, now=timezone.now())
    quiz = course.quiz()
    submit_attempt(enrolment, quiz, chosen=right_answers(quiz), by=member, now=timezone.now())
    address = reverse("learning:certify", args=["moderating"])
    refused = client.post(address, follow=True)
    assert "The certificate needs every lesson done." in visible_text(refused)
    second.unpublish()
    assert "Get your certificate" in visible_text(client.get("/courses/moderating/"))
    earned = client.post(address).url
    assert earned == f"{member.certificates.get().get_absolute_url()}?earned"
