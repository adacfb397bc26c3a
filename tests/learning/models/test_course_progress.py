"""How far a learner is: steps, attempts that count, and where to carry on."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import LessonPage
from learning.actions.certificates import revoke_certificate
from learning.actions.enrolments import enrol
from learning.actions.lessons import complete_lesson, record_watching
from learning.models import Attempt, Certificate
from learning.models.course_progress import CourseProgress, step_of, steps_of
from tests.factories.courses import make_course, wrong_answers
from tests.factories.learning import finish_lessons, hand_in, make_film_lesson, pass_course
from tests.factories.media_pipeline import ReadyFilmFactory
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return MemberFactory()


@pytest.fixture
def course():
    return make_course(lessons=2)


def test_whoever_has_not_begun_has_done_nothing_and_begins_with_the_first_lesson(ada, course):
    progress = CourseProgress.of(course, ada)
    assert (progress.enrolment, progress.attempt, progress.certificate) == (None, None, None)
    assert (progress.lessons_done, progress.lessons) == (0, 2)
    assert progress.next_address == course.lessons()[0].get_url()


def test_the_next_address_is_the_next_lesson_then_the_quiz_then_nowhere(ada, course):
    first, second = course.lessons()
    enrolment = enrol(course, by=ada, now=timezone.now())
    complete_lesson(enrolment, first, by=ada, now=timezone.now())
    assert CourseProgress.of(course, ada).next_address == second.get_url()
    finish_lessons(enrolment)
    progress = CourseProgress.of(course, ada)
    assert (progress.all_lessons_done, progress.next_address) == (True, course.quiz().get_url())
    hand_in(enrolment)
    progress = CourseProgress.of(course, ada)
    assert (progress.has_valid_certificate, progress.next_address) == (True, None)


def test_only_attempts_passed_since_the_window_opened_count_towards_a_renewal(ada, course):
    certificate = pass_course(ada, course)
    enrolment = ada.enrolments.get()
    assert CourseProgress.of(course, ada).passed_attempts_since_renewal == []
    opens = datetime.datetime.combine(certificate.window_opens, datetime.time(12), datetime.UTC)
    hand_in(enrolment, now=opens - datetime.timedelta(days=1))
    hand_in(enrolment, wrong_answers, now=opens)
    assert CourseProgress.of(course, ada).passed_attempts_since_renewal == []


def test_after_a_revocation_what_was_passed_since_counts(ada, course):
    certificate = pass_course(ada, course)
    revoke_certificate(certificate, reason="A mix-up.", by=None, now=timezone.now())
    progress = CourseProgress.of(course, ada)
    assert (progress.certificate_revoked, progress.passed_attempts_since_renewal) == (True, [])
    later = timezone.now() + datetime.timedelta(minutes=1)
    attempt = hand_in(ada.enrolments.get(), now=later)
    counted = CourseProgress.of(course, ada)
    assert counted.certificate.revoked_at is None  # passing earned a new one at once
    assert attempt in counted.attempts


def test_what_was_watched_of_a_film_that_was_exchanged_is_left_out(ada):
    lesson = make_film_lesson()
    course = lesson.get_parent().specific
    now = timezone.now()
    enrolment = enrol(course, by=ada, now=now)
    played = [(0.0, 45.9)]
    record_watching(enrolment, lesson, segments=played, position=46.0, position_at=now, now=now)
    assert [step.percent for step in steps_of(course, enrolment)] == [45]
    lesson.film = ReadyFilmFactory(duration=100.0)
    lesson.save()
    assert [step.percent for step in steps_of(course, enrolment)] == [0]


def test_it_costs_six_queries_and_one_lesson_whatever_their_number(ada, count_made):
    for lessons in (1, 12):
        course = make_course(f"of-{lessons}", lessons=lessons)
        enrolment = enrol(course, by=ada, now=timezone.now())
        with CaptureQueriesContext(connection) as queries, count_made(LessonPage) as made:
            progress = CourseProgress.of(course, ada)
        assert (len(queries), len(made)) == (6, 1)
        assert (progress.lessons, progress.lessons_done) == (lessons, 0)
        with CaptureQueriesContext(connection) as queries:
            assert len(steps_of(course, enrolment)) == lessons
        assert len(queries) == 3
        lesson = course.lessons()[0]
        with CaptureQueriesContext(connection) as queries:
            assert not step_of(lesson, enrolment).done
        assert len(queries) == 2


def test_after_a_revocation_only_what_was_passed_after_that_moment_counts(ada, course):
    certificate = pass_course(ada, course)
    enrolment = ada.enrolments.get()
    noon = timezone.now().replace(hour=12, minute=0)
    Attempt.objects.update(submitted_at=noon)
    Certificate.objects.update(issued_at=noon - datetime.timedelta(hours=1))
    revoked = noon + datetime.timedelta(minutes=1)
    revoke_certificate(certificate, reason="A mix-up.", by=None, now=revoked)
    assert CourseProgress.of(course, ada).passed_attempts_since_renewal == []
    later = hand_in(enrolment, now=revoked + datetime.timedelta(minutes=1))
    assert later.passed
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_a_course_without_a_quiz_carries_on_at_its_own_page_when_it_can_be_renewed(ada, course):
    course.quiz().delete()
    enrolment = enrol(course, by=ada, now=timezone.now())
    finish_lessons(enrolment)
    assert CourseProgress.of(course, ada).next_address is None
    opens = Certificate.objects.get().window_opens
    assert CourseProgress.of(course, ada, on=opens).next_address == course.get_url()


def test_a_quiz_that_is_not_live_is_missing_not_passed(ada, course):
    course.quiz().unpublish()
    finish_lessons(enrol(course, by=ada, now=timezone.now()))
    progress = CourseProgress.of(course, ada)
    assert (progress.quiz, progress.quiz_withdrawn, progress.certificate) == (None, True, None)
