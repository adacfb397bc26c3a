"""What a certificate needs: each criterion, and all of them."""

import dataclasses
import datetime

import pytest

from courses.models import QuizPage
from learning.criteria.certificates import certificate_is_earned, unmet_criteria
from learning.models import Attempt, Certificate
from learning.models.course_progress import CourseProgress
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import MemberFactory

EMPTY = CourseProgress(
    course=None,
    on=None,
    enrolment=None,
    lessons=0,
    lessons_done=0,
    next_lesson=None,
    quiz=None,
    quiz_withdrawn=False,
    attempts=[],
    certificate=None,
)
DONE, OPEN = {"lessons": 1, "lessons_done": 1}, {"lessons": 1}
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
PASSED, FAILED = Attempt(mark=80, pass_mark=80), Attempt(mark=79, pass_mark=80)
LESSONS = "The certificate needs every lesson done."
QUIZ = "The certificate needs the quiz passed."
REVISED = "The quiz is being revised. You get the certificate when you have passed the new one."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["This course has no lesson and no quiz yet."]),
        (DONE, []),
        ({"lessons": 2, "lessons_done": 1}, [LESSONS]),
        ({**DONE, "quiz": True}, [QUIZ]),
        ({**OPEN, "quiz": True, "attempts": [FAILED]}, [LESSONS, QUIZ]),
        ({**DONE, "quiz_withdrawn": True}, [REVISED]),
        ({**DONE, "quiz_withdrawn": True, "attempts": [PASSED]}, []),
        ({"quiz": True, "attempts": [FAILED, PASSED]}, []),
        (
            {**DONE, "certificate": Certificate(revoked_at=NOW)},
            [
                "Your certificate was revoked, and this course has no quiz by which to earn it "
                "again."
            ],
        ),
        ({**DONE, "certificate": Certificate()}, []),
    ],
)
def test_what_is_missing_is_said_in_a_sentence_each(given, missing):
    quiz = QuizPage() if given.get("quiz") else None
    progress = dataclasses.replace(EMPTY, **{**given, "quiz": quiz})
    assert [str(criterion.sentence) for criterion in unmet_criteria(progress)] == missing


@pytest.mark.django_db
def test_whoever_holds_a_valid_certificate_has_not_earned_another():
    ada, course = MemberFactory(), make_course()
    pass_course(ada, course)
    assert not certificate_is_earned(CourseProgress.of(course, ada))
