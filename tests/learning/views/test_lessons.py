"""A lesson: what the film’s player reports, and when the lesson is done."""

import json
import re
import time

import pytest
from django.test import Client

from courses.models import LessonPage
from learning.models import Certificate, LessonProgress
from tests.factories.courses import make_course, right_answers
from tests.factories.learning import make_film_lesson
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    ada = MemberFactory(first_name="Ada", last_name="Demo")
    client.force_login(ada)
    return ada


def test_a_finished_lesson_leads_to_the_next_and_the_last_to_the_quiz(client, member):
    make_course(lessons=2)
    first = client.post("/courses/moderating/lesson-1/complete/", follow=True)
    last = client.post("/courses/moderating/lesson-2/complete/", follow=True)
    assert "This lesson is done" in visible_text(first)
    assert 'href="/courses/moderating/lesson-2/"' in first.content.decode()
    assert 'href="/courses/moderating/quiz/"' in last.content.decode()
    assert "2 of 2 lessons done" in visible_text(client.get("/courses/moderating/"))


def test_the_button_of_a_finished_lesson_says_where_it_leads(client, member):
    course = make_course(lessons=2)
    for number in (1, 2):
        client.post(f"/courses/moderating/lesson-{number}/complete/")
    first, last = "/courses/moderating/lesson-1/", "/courses/moderating/lesson-2/"
    assert "Next lesson: Lesson 2" in visible_text(client.get(first))
    assert "Take the quiz" in visible_text(client.get(last))
    course.quiz().delete()
    assert "Back to the course" in visible_text(client.get(last))


FOCUSED = re.compile(r"<(?:h2|p)[^>]* tabindex=\"-1\" autofocus>([^<]*)<")


def test_finishing_a_lesson_answers_beside_the_button_and_focused(client, member):
    lesson = make_film_lesson()
    refused = client.post(f"{lesson.get_url()}complete/", follow=True).content.decode()
    assert FOCUSED.findall(refused)[0].startswith("You have watched 0 per cent of the film")
    assert refused.index('id="done"') < refused.index('id="missing"')
    answer = {"read_transcript": "yes"}
    done = client.post(f"{lesson.get_url()}complete/", answer, follow=True).content.decode()
    assert FOCUSED.findall(done) == ["This lesson is done"]
    assert FOCUSED.findall(client.get(lesson.get_url()).content.decode()) == []


def test_the_lesson_that_earns_the_certificate_shows_it_at_once(client, member):
    course = make_course(lessons=1)
    quiz = course.quiz()
    client.post(quiz.get_url(), right_answers(quiz))
    earned = client.post("/courses/moderating/lesson-1/complete/", follow=True)
    certificate = Certificate.objects.get()
    assert earned.redirect_chain[-1][0] == f"{certificate.get_absolute_url()}?earned"
    assert "Congratulations, Ada" in visible_text(earned)
    assert "Congratulations" not in visible_text(client.get(certificate.get_absolute_url()))


def test_an_unpublished_lesson_answers_404(client, member):
    course = make_course()
    course.lessons()[0].unpublish()
    assert_hidden(client, "/courses/moderating/lesson-1/")


@pytest.mark.parametrize(
    "report",
    [
        {"segments": "not json", "position": "1"},
        {"segments": "[[1]]", "position": "1"},
        {"segments": "[[NaN, 2]]", "position": "1"},
        {"segments": "[]", "position": "-5"},
        {"segments": "[" * 30_000, "position": "1"},
        {"segments": f"[[0, {10**400}]]", "position": "1"},
        {"segments": '{"12": 1}', "position": "1"},
        {"segments": "[]", "position": "1", "age": "-1"},
        {},
    ],
)
def test_a_report_that_makes_no_sense_is_refused_in_a_sentence(client, member, report):
    lesson = make_film_lesson()
    response = client.post(f"{lesson.get_url()}progress/", report)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert LessonProgress.objects.count() == 0


def test_reports_add_up_to_what_was_watched_and_where_the_learner_left(client, member):
    lesson = make_film_lesson()
    address = f"{lesson.get_url()}progress/"
    client.post(address, {"segments": "[[0, 20], [10, 30]]", "position": "30"})
    answer = client.post(address, {"segments": "[[10, 30], [90, 500]]", "position": "95.5"})
    assert answer.json() == {"watched": 40.0, "percent": 40}
    progress = LessonProgress.objects.get()
    assert progress.segments == [[0.0, 30.0], [90.0, 100.0]]
    assert progress.position == 95.5


def reported(client, lesson, position, *, clock, age=0):
    """Report a position `age` milliseconds old; return where the film then carries on."""
    report = {"segments": "[[0, 1]]", "position": position, "sent": round(clock), "age": age}
    assert client.post(f"{lesson.get_url()}progress/", report).status_code == 200
    page = client.get(lesson.get_url()).content.decode()
    return re.search(r'data-start="([\d.]+)"', page)[1]


def test_a_report_that_comes_late_does_not_move_back_where_the_film_carries_on(client, member):
    lesson, clock = make_film_lesson(), time.time() * 1000
    assert reported(client, lesson, 40, clock=clock) == "40.0"
    assert reported(client, lesson, 38, clock=clock - 2000) == "40.0"  # overtaken on its way
    assert reported(client, lesson, 9, clock=clock + 1, age=3_600_000) == "40.0"  # kept for an hour
    assert reported(client, lesson, 12, clock=clock + 2) == "12.0"  # they went back themselves


def test_a_page_tells_to_the_millisecond_when_its_film_was_left(client, member):
    lesson, clock = make_film_lesson(), round(time.time() * 1000)
    reported(client, lesson, 40, clock=clock)
    page = client.get(lesson.get_url()).content.decode()
    assert round(float(re.search(r'data-left-at="([^"]*)"', page)[1]) * 1000) == clock


def test_any_number_of_pieces_is_merged_and_the_same_report_twice_counts_once(client, member):
    lesson = make_film_lesson()
    pieces = [[piece / 32, piece / 32 + 1 / 64] for piece in range(2_500)]
    report = {"segments": json.dumps(pieces), "position": "50"}
    for _twice in range(2):
        answer = client.post(f"{lesson.get_url()}progress/", report)
        assert answer.json() == {"watched": 78.1, "percent": 78}
    assert LessonProgress.objects.get().segments == [[0.0, 78.109375]]


def test_a_report_beyond_the_limit_is_refused_by_a_status_that_asks_for_less_at_once(
    client, member
):
    lesson = make_film_lesson()
    report = {"segments": "[" + "[0.25, 0.75], " * 5_000 + "[0, 1]]", "position": "1"}
    answer = client.post(f"{lesson.get_url()}progress/", report)
    assert answer.status_code == 413
    assert answer.json() == {"error": "That is too much for one report. Send less of it at once."}
    assert LessonProgress.objects.count() == 0


def test_a_report_of_somebody_signed_out_is_answered_401_and_no_page(client, member):
    lesson = make_film_lesson()
    client.logout()
    report = {"segments": "[[0, 20]]", "position": "20"}
    answer = client.post(
        f"{lesson.get_url()}progress/", report, headers={"accept": "application/json"}
    )
    assert answer.status_code == 401
    assert answer.json()["error"].startswith("You are signed out, so nothing was saved.")


def test_a_report_with_a_token_out_of_date_is_taken_with_the_one_that_its_refusal_brings(member):
    lesson = make_film_lesson()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    address, report = f"{lesson.get_url()}progress/", {"segments": "[[0, 20]]", "position": "20"}
    headers = {"accept": "application/json", "x-csrftoken": "x" * 32}
    refused = strict.post(address, report, headers=headers)
    assert refused.status_code == 403
    assert refused.json()["reason"] == "CSRF cookie not set."
    headers["x-csrftoken"] = refused.cookies["csrftoken"].value
    assert strict.post(address, report, headers=headers).json()["percent"] == 20


def test_what_one_person_watched_is_never_saved_as_anothers(client, member):
    lesson = make_film_lesson()
    report = {"segments": "[[0, 20]]", "position": "20", "learner": str(member.pk)}
    client.force_login(MemberFactory())
    assert client.post(f"{lesson.get_url()}progress/", report).status_code == 409
    assert LessonProgress.objects.count() == 0


def test_what_was_kept_of_a_film_that_was_replaced_does_not_count_for_the_next(client, member):
    lesson = make_film_lesson()
    report = {"segments": "[[0, 20]]", "position": "20", "film": str(lesson.film_id + 1)}
    assert client.post(f"{lesson.get_url()}progress/", report).status_code == 410
    assert LessonProgress.objects.count() == 0
    report["film"] = str(lesson.film_id)
    assert client.post(f"{lesson.get_url()}progress/", report).json()["percent"] == 20


def test_looking_at_a_lesson_enrols_nobody(client, member):
    lesson = make_film_lesson()
    client.get(lesson.get_url())
    client.post(f"{lesson.get_url()}progress/", {"segments": "[]", "position": "12"})
    assert member.enrolments.count() == 0


def test_a_lesson_with_a_film_needs_the_film_or_its_transcript(client, member):
    lesson = make_film_lesson()
    refused = client.post(f"{lesson.get_url()}complete/", follow=True)
    assert "You have watched 0 per cent of the film and need 90" in visible_text(refused)
    client.post(f"{lesson.get_url()}complete/", {"read_transcript": "yes"})
    completion = member.enrolments.get().completions.get()
    assert completion.criteria == {
        "kind": "transcript",
        "needed_share": 0.9,
        "watched_share": 0.0,
    }


def test_a_watched_film_completes_its_lesson(client, member):
    lesson = make_film_lesson()
    client.post(f"{lesson.get_url()}progress/", {"segments": "[[0, 92]]", "position": "92"})
    client.post(f"{lesson.get_url()}complete/")
    assert member.enrolments.get().completions.get().criteria["kind"] == "watched"


@pytest.mark.parametrize("second", ["abc", "-3", "nan", "inf", "1e400", ""])
def test_a_second_that_is_none_opens_the_film_at_its_beginning(client, member, second):
    lesson = make_film_lesson()
    response = client.get(f"{lesson.get_url()}?t={second}")
    assert response.status_code == 200
    assert 'data-start="0"' in response.content.decode()


def test_a_lesson_costs_the_same_among_twelve_as_among_two(
    client, member, django_assert_num_queries, count_made
):
    for slug, lessons in (("short", 2), ("long", 12)):
        make_course(slug, lessons=lessons)
        client.get(f"/courses/{slug}/lesson-1/")
        with django_assert_num_queries(7), count_made(LessonPage) as made:
            client.get(f"/courses/{slug}/lesson-1/")
        assert len(made) == 2  # it and the next
