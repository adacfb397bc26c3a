"""What a certificate needs: each criterion, and all of them."""

import dataclasses

import pytest

from courses.models import QuizPage
from learning.criteria.certificates import certificate_is_earned, unmet_criteria
from learning.models import Attempt, Certificate, Completion
from learning.models.course_progress import CourseProgress, Step
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import MemberFactory

EMPTY = CourseProgress(
    course=None, on=None, enrolment=None, steps=[], quiz=None, attempts=[], certificate=None
)
DONE, OPEN = Step(None, None, Completion()), Step(None, None, None)
PASSED, FAILED = Attempt(mark=80, pass_mark=80), Attempt(mark=79, pass_mark=80)
LESSONS = "The certificate needs every lesson done."
QUIZ = "The certificate needs the quiz passed."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["This course has no lesson and no quiz yet."]),
        ({"steps": [DONE]}, []),
        ({"steps": [DONE, OPEN]}, [LESSONS]),
        ({"steps": [DONE], "quiz": True}, [QUIZ]),
        ({"steps": [OPEN], "quiz": True, "attempts": [FAILED]}, [LESSONS, QUIZ]),
        ({"quiz": True, "attempts": [FAILED, PASSED]}, []),
        (
            {"steps": [DONE], "certificate": Certificate()},
            ["This course has no quiz by which to renew its certificate."],
        ),
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
