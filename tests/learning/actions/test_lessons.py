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
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def course():
    return make_course(lessons=2)


@pytest.fixture
def enrolment(course):
    return enrol(course, by=MemberFactory(first_name="Ada", last_name="Demo"), now=NOW)


def watch(enrolment, lesson, segments, *, at):
    """Report segments of a film; the learner then was at the end of the last."""
    end = segments[-1][1]
    return record_watching(
        enrolment, lesson, segments=segments, position=end, position_at=at, now=NOW
    )


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
        progress = watch(enrolment, lesson, played, at=NOW)
    assert progress.watched_seconds == 5.0


def test_a_late_report_adds_what_was_watched_and_does_not_move_the_learner_back(course, enrolment):
    lesson = course.lessons()[0]
    lesson.film = ReadyFilmFactory(duration=100.0)
    watch(enrolment, lesson, [(0.0, 10.0)], at=NOW)
    watch(enrolment, lesson, [(30.0, 60.0)], at=NOW + 2 * MINUTE)
    late = watch(enrolment, lesson, [(10.0, 20.0)], at=NOW + MINUTE)
    assert (late.segments, late.position) == ([[0.0, 20.0], [30.0, 60.0]], 60.0)
    earlier_in_the_film = watch(enrolment, lesson, [(4.0, 5.0)], at=NOW + 3 * MINUTE)
    assert earlier_in_the_film.position == 5.0  # they went back themselves


def test_where_they_left_another_film_says_nothing_of_the_new_one(course, enrolment):
    lesson = course.lessons()[0]
    for minutes_ago in (0, 1):  # the new film's report is of a minute before
        lesson.film = ReadyFilmFactory(duration=100.0)
        lesson.save()
        second = 50.0 - minutes_ago
        progress = watch(enrolment, lesson, [(0.0, second)], at=NOW - minutes_ago * MINUTE)
    assert progress.position == 49.0
