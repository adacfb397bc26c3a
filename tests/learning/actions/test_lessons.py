"""Watching and finishing lessons."""

import datetime

import pytest

from learning.actions.enrolments import enrol
from learning.actions.lessons import complete_lesson, record_watching
from learning.models import Completion
from tests.factories.courses import make_course
from tests.factories.media_pipeline import ReadyFilmFactory
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def course():
    return make_course(lessons=2)


@pytest.fixture
def enrolment(course):
    return enrol(course, by=MemberFactory(first_name="Ada", last_name="Demo"), now=NOW)


def test_a_lesson_without_a_film_is_done_when_the_learner_says_so(course, enrolment):
    done = complete_lesson(enrolment, course.lessons()[0], by=enrolment.member, now=NOW)
    assert done.criteria == {"kind": "declared"}


def test_finishing_a_lesson_twice_keeps_the_first_completion(course, enrolment):
    for _twice in range(2):
        complete_lesson(enrolment, course.lessons()[0], by=enrolment.member, now=NOW)
    assert Completion.objects.count() == 1


def test_what_was_watched_of_another_film_counts_no_more(course, enrolment):
    lesson = course.lessons()[0]
    for title in ("old", "new"):
        lesson.film = ReadyFilmFactory(title=title, duration=100.0)
        lesson.save()
        played = [(0.0, 95.0)] if title == "old" else [(0.0, 5.0)]
        progress = record_watching(enrolment, lesson, segments=played, position=5.0, now=NOW)
    assert progress.watched_seconds == 5.0
