"""The learner's and the region's pages: what they say, to whom, and at what cost in queries."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning import actions
from learning.models import Certificate, LessonProgress, PostState, Requirement
from tests.factories.courses import QUESTIONS, make_course, right_answers, wrong_answers
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    MemberFactory,
    RegionFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    ada = MemberFactory(first_name="Ada", last_name="Demo")
    client.force_login(ada)
    return ada


def text_of(response):
    """Return a page's words without tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


YEAR = datetime.timedelta(days=365)


def pass_course(member, course, certificates=1):
    now = timezone.now()
    enrolment = actions.enrol(course, by=member, now=now)
    for lesson in course.lessons():
        actions.complete_lesson(enrolment, lesson, by=member, now=now)
    quiz = course.quiz()
    actions.submit_attempt(enrolment, quiz, chosen=right_answers(quiz), by=member, now=now)
    assert Certificate.objects.filter(member=member).count() == certificates
    return Certificate.objects.get(member=member, course=course)


# --- courses and lessons ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/", "/courses/", "/courses/moderating/", "/courses/moderating/lesson-1/"]
)
def test_a_stranger_is_asked_to_sign_in(client, address):
    make_course()
    response = client.get(address)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={address}")


def test_a_course_lists_its_lessons_in_order_and_invites_to_start(client, member):
    make_course(lessons=3)
    said = text_of(client.get("/courses/moderating/"))
    assert said.index("Lesson 1") < said.index("Lesson 2") < said.index("Lesson 3")
    assert "Start the course" in said


def test_starting_a_course_leads_to_its_first_lesson(client, member):
    make_course()
    response = client.post(reverse("learning:enrol", args=["moderating"]))
    assert response.url == "/courses/moderating/lesson-1/"
    assert member.enrolments.count() == 1


def test_a_finished_lesson_leads_to_the_next_and_the_last_to_the_quiz(client, member):
    make_course(lessons=2)
    first = client.post("/courses/moderating/lesson-1/complete/")
    last = client.post("/courses/moderating/lesson-2/complete/")
    assert (first.url, last.url) == ("/courses/moderating/lesson-2/", "/courses/moderating/quiz/")
    assert "2 of 2 lessons done" in text_of(client.get("/courses/moderating/"))


def test_an_unpublished_lesson_answers_404(client, member):
    course = make_course()
    course.lessons()[0].unpublish()
    assert client.get("/courses/moderating/lesson-1/").status_code == 404


def test_the_course_costs_the_same_for_one_lesson_as_for_three(
    client, member, django_assert_num_queries
):
    make_course("one", lessons=1)
    make_course("three", lessons=3)
    for slug in ("one", "three"):
        actions.enrol(_course(slug), by=member, now=timezone.now())
        client.get(f"/courses/{slug}/")
        with django_assert_num_queries(16):
            client.get(f"/courses/{slug}/")


def _course(slug):
    from courses.models import CoursePage

    return CoursePage.objects.get(slug=slug)


def test_the_catalogue_costs_the_same_for_one_course_as_for_three(
    client, member, django_assert_num_queries
):
    for number in range(3):
        make_course(f"course-{number}")
        client.get("/courses/")
        if number in {0, 2}:
            with django_assert_num_queries(13):
                client.get("/courses/")


# --- the film's report ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "report",
    [
        {"segments": "not json", "position": "1"},
        {"segments": "[[1]]", "position": "1"},
        {"segments": "[[NaN, 2]]", "position": "1"},
        {"segments": json.dumps([[0, 1]] * 501), "position": "1"},
        {"segments": "[]", "position": "-5"},
        {"segments": "[" * 30_000, "position": "1"},
        {"segments": f"[[0, {10**400}]]", "position": "1"},
        {"segments": '{"12": 1}', "position": "1"},
        {},
    ],
)
def test_a_report_that_makes_no_sense_is_refused_in_a_sentence(client, member, report):
    lesson = make_course_with_film()
    response = client.post(f"{lesson.get_url()}progress/", report)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert LessonProgress.objects.count() == 0


def make_course_with_film():
    """Return a lesson with a film of 100 seconds, described in the database only."""
    from media_pipeline.models import Film

    course = make_course(lessons=1)
    lesson = course.lessons()[0]
    lesson.film = Film.objects.create(
        title="A film",
        original_name="film.mp4",
        sha256="0" * 64,
        bytes=1,
        duration=100.0,
        state=Film.State.READY,
        created_at=timezone.now(),
    )
    lesson.save()
    return lesson


def test_reports_add_up_to_what_was_watched_and_where_the_learner_left(client, member):
    lesson = make_course_with_film()
    address = f"{lesson.get_url()}progress/"
    client.post(address, {"segments": "[[0, 20], [10, 30]]", "position": "30"})
    answer = client.post(address, {"segments": "[[10, 30], [90, 500]]", "position": "95.5"})
    assert answer.json() == {"watched": 40.0, "percent": 40}
    progress = LessonProgress.objects.get()
    assert progress.segments == [[0.0, 30.0], [90.0, 100.0]]
    assert progress.position == 95.5


def test_looking_at_a_lesson_enrols_nobody(client, member):
    lesson = make_course_with_film()
    client.get(lesson.get_url())
    client.post(f"{lesson.get_url()}progress/", {"segments": "[]", "position": "12"})
    assert member.enrolments.count() == 0


def test_a_lesson_with_a_film_needs_the_film_or_its_transcript(client, member):
    lesson = make_course_with_film()
    refused = client.post(f"{lesson.get_url()}complete/", follow=True)
    assert "You have watched 0 per cent of the film and need 90" in text_of(refused)
    client.post(f"{lesson.get_url()}complete/", {"read_transcript": "yes"})
    completion = member.enrolments.get().completions.get()
    assert completion.criteria == {
        "kind": "transcript",
        "needed_share": 0.9,
        "watched_share": 0.0,
    }


def test_a_watched_film_completes_its_lesson(client, member):
    lesson = make_course_with_film()
    client.post(f"{lesson.get_url()}progress/", {"segments": "[[0, 92]]", "position": "92"})
    client.post(f"{lesson.get_url()}complete/")
    assert member.enrolments.get().completions.get().criteria["kind"] == "watched"


@pytest.mark.parametrize("second", ["abc", "-3", "nan", "inf", "1e400", ""])
def test_a_second_that_is_none_opens_the_film_at_its_beginning(client, member, second):
    lesson = make_course_with_film()
    response = client.get(f"{lesson.get_url()}?t={second}")
    assert response.status_code == 200
    assert 'data-start="0"' in response.content.decode()


# --- the quiz -------------------------------------------------------------------------------------


def test_an_unanswered_question_is_named_and_the_other_answers_kept(client, member):
    quiz = make_course().quiz()
    first = quiz.questions[0].id
    answer = right_answers(quiz)[first][0]
    response = client.post(quiz.get_url(), {first: answer})
    assert "Answer question 2." in text_of(response)
    box = re.search(rf'<input[^>]*value="{answer}"[^>]*>', response.content.decode()).group()
    assert " checked" in box
    assert member.enrolments.count() == 0


def test_an_attempt_shows_feedback_for_every_answer(client, member):
    quiz = make_course().quiz()
    response = client.post(quiz.get_url(), wrong_answers(quiz), follow=True)
    said = text_of(response)
    assert "You got 0 of 2 right: 0 per cent." in said
    for feedback in ("A record protects everyone.", "Right: write it down first."):
        assert feedback in said


def test_another_persons_attempt_answers_404(client, member):
    quiz = make_course().quiz()
    other = MemberFactory()
    enrolment = actions.enrol(quiz.get_parent().specific, by=other, now=timezone.now())
    theirs = actions.submit_attempt(enrolment, quiz, chosen={}, by=other, now=timezone.now())
    assert client.get(f"{quiz.get_url()}?attempt={theirs.pk}").status_code == 404
    assert client.get(f"{quiz.get_url()}?attempt=x").status_code == 404


def test_a_question_added_since_is_not_counted_against_an_attempt(client, member):
    quiz = make_course().quiz()
    response = client.post(quiz.get_url(), right_answers(quiz))
    quiz.questions.append(("question", QUESTIONS[0]))
    quiz.save_revision().publish()
    said = text_of(client.get(response.url))
    assert "You got 2 of 2 right: 100 per cent." in said
    assert "Incorrect" not in said


# --- certificates ---------------------------------------------------------------------------------


def test_a_certificate_can_be_checked_by_anybody_with_its_code(client):
    certificate = pass_course(MemberFactory(first_name="Ada", last_name="Demo"), make_course())
    said = text_of(client.get(f"/verify/{certificate.code}/"))
    assert "This certificate is valid" in said
    assert "Ada Demo" in said
    assert certificate.member.email not in said


def test_a_code_is_understood_in_any_writing(client):
    certificate = pass_course(MemberFactory(), make_course())
    typed = certificate.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    response = client.get("/verify/", {"code": typed}, follow=True)
    assert response.redirect_chain[-1][0] == f"/verify/{certificate.code}/"
    assert response.status_code == 200


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "nonsense", "%00", "a" * 300])
def test_a_code_that_was_never_given_says_so(client, code):
    response = client.get(f"/verify/{code}/", follow=True)
    assert response.status_code == 404
    assert "Certificate not found" in text_of(response)


def test_a_revoked_certificate_says_so(client):
    certificate = pass_course(MemberFactory(), make_course())
    actions.revoke_certificate(certificate, reason="A mistake", by=None, now=timezone.now())
    assert "This certificate was revoked" in text_of(client.get(f"/verify/{certificate.code}/"))


def test_its_holder_is_told_why_a_certificate_was_revoked(client, member):
    certificate = pass_course(member, make_course())
    actions.revoke_certificate(certificate, reason="A mix-up.", by=None, now=timezone.now())
    assert "A mix-up." in text_of(client.get(certificate.get_absolute_url()))
    assert "Your certificate was revoked: A mix-up." in text_of(client.get("/courses/moderating/"))
    assert "A mix-up." not in text_of(client.get(f"/verify/{certificate.code}/"))


def test_an_earned_certificate_can_be_asked_for(client, member):
    course = make_course(lessons=2)
    enrolment = actions.enrol(course, by=member, now=timezone.now())
    first, second = course.lessons()
    actions.complete_lesson(enrolment, first, by=member, now=timezone.now())
    quiz = course.quiz()
    actions.submit_attempt(
        enrolment, quiz, chosen=right_answers(quiz), by=member, now=timezone.now()
    )
    address = reverse("learning:certify", args=["moderating"])
    refused = client.post(address, follow=True)
    assert "needs every lesson done and the quiz passed" in text_of(refused)
    second.unpublish()
    assert "Get your certificate" in text_of(client.get("/courses/moderating/"))
    assert client.post(address).url == member.certificates.get().get_absolute_url()


def test_a_certificates_own_page_is_its_holders_alone(client, member):
    mine = pass_course(member, make_course())
    theirs = pass_course(MemberFactory(), mine.course)
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(theirs.get_absolute_url()).status_code == 404


# --- home -----------------------------------------------------------------------------------------


def test_home_names_the_next_lesson_and_her_digital_lead(client, member):
    course = make_course()
    unit = UnitFactory()
    lead = LeadFactory(region=unit.region).member
    AppointmentFactory(member=member, unit=unit)
    actions.enrol(course, by=member, now=timezone.now())
    said = text_of(client.get("/"))
    assert "Continue: Lesson 1" in said
    assert str(lead) in said


def test_home_tells_an_officer_what_her_post_requires(client, member):
    Requirement.objects.create(role=RoleFactory(), course=make_course())
    AppointmentFactory(member=member)
    assert "As social media officer you need this course." in text_of(client.get("/"))


def test_home_offers_a_renewal_when_the_window_is_open(client, member):
    certificate = pass_course(member, make_course())
    until = timezone.localdate() + datetime.timedelta(days=10)
    Certificate.objects.update(
        window_opens=timezone.localdate(),
        valid_from=until - datetime.timedelta(days=365),
        valid_until=until,
    )
    said = text_of(client.get("/"))
    assert "Take the quiz" in said
    assert certificate.course_title in said


def test_home_costs_a_fixed_number_of_queries_for_each_course_begun(client, member):
    for number in range(3):
        make_course(f"course-{number}", lessons=1)
    actions.enrol(_course("course-0"), by=member, now=timezone.now())
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for slug in ("course-1", "course-2"):
        actions.enrol(_course(slug), by=member, now=timezone.now())
    with CaptureQueriesContext(connection) as three:
        client.get("/")
    # Seven for each journey, at most three of which are shown.
    assert len(three) - len(one) <= 2 * 8


def test_a_finished_course_does_not_hide_one_that_is_begun(client, member):
    for number in range(3):
        pass_course(member, make_course(f"course-{number}", lessons=1), certificates=number + 1)
    begun = actions.enrol(make_course("begun"), by=member, now=timezone.now())
    type(begun).objects.filter(pk=begun.pk).update(active_at=timezone.now() - YEAR)
    assert "Continue: Lesson 1" in text_of(client.get("/"))


def test_a_withdrawn_course_is_not_offered(client, member):
    course = make_course()
    actions.enrol(course, by=member, now=timezone.now())
    course.unpublish()
    assert "Continue" not in text_of(client.get("/"))


# --- regions --------------------------------------------------------------------------------------


@pytest.fixture
def region():
    region = RegionFactory(name="North", slug="north")
    Requirement.objects.create(role=RoleFactory(), course=make_course(lessons=1))
    AppointmentFactory(unit=UnitFactory(region=region, name="Held", slug="held"))
    UnitFactory(region=region, name="Empty", slug="empty", hex_column=3, hex_row=5)
    return region


@pytest.fixture
def lead(client, region):
    rowan = LeadFactory(region=region).member
    client.force_login(rowan)
    return rowan


def test_a_region_is_one_number_and_a_table(client, region, lead):
    said = text_of(client.get("/regions/north/"))
    assert "0 of 2 posts are held by a trained officer" in said
    assert "Never trained" in said
    assert "Vacant" in said


def test_a_fresh_certificate_changes_the_regions_number(client, region, lead):
    officer = region.units.get(name="Held").appointments.get().member
    pass_course(officer, Requirement.objects.get().course)
    assert "1 of 2 posts are held by a trained officer" in text_of(client.get("/regions/north/"))


def test_one_region_alone_opens_at_once(client, region, lead):
    assert client.get("/regions/").url == "/regions/north/"


@pytest.mark.parametrize("address", ["/regions/south/", "/units/in-the-south/", "/regions/x/"])
def test_another_region_answers_404(client, region, lead, address):
    UnitFactory(slug="in-the-south", region=RegionFactory(slug="south", name="South"))
    assert client.get(address).status_code == 404


def test_an_officer_sees_her_unit_and_not_her_region(client, region):
    client.force_login(region.units.get(name="Held").appointments.get().member)
    assert client.get("/units/held/").status_code == 200
    assert client.get("/units/empty/").status_code == 404
    assert client.get("/regions/north/").status_code == 404


def test_the_table_can_be_cut_down_to_one_state(client, region, lead):
    page = client.get("/regions/north/", {"state": PostState.VACANT})
    assert [post.unit.name for post in page.context["posts"]] == ["Empty"]


def test_a_state_that_is_none_shows_every_post(client, region, lead):
    page = client.get("/regions/north/", {"state": "rubbish"})
    assert page.context["wanted"] is None
    assert len(page.context["posts"]) == 2


def test_a_region_costs_the_same_for_one_post_as_for_three(
    client, region, lead, django_assert_num_queries
):
    client.get("/regions/north/")
    with django_assert_num_queries(13):
        client.get("/regions/north/")
    for unit in UnitFactory.create_batch(3, region=region):
        AppointmentFactory(unit=unit)
    with django_assert_num_queries(13):
        client.get("/regions/north/")


def test_a_region_without_units_says_so_and_praises_nobody(client):
    empty = RegionFactory(name="Nowhere", slug="nowhere")
    client.force_login(LeadFactory(region=empty).member)
    said = text_of(client.get("/regions/nowhere/"))
    assert "This region has no units yet" in said
    assert "Every post is held" not in said
