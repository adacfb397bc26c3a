"""Attempts are marked, question by question."""

import datetime

import pytest

from learning.actions.attempts import submit_attempt
from learning.actions.enrolments import enrol
from tests.factories.courses import make_course, right_answers, wrong_answers
from tests.factories.learning import hand_in
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def course():
    return make_course(lessons=2)


@pytest.fixture
def enrolment(course):
    return enrol(course, by=MemberFactory(first_name="Ada", last_name="Demo"), now=NOW)


def test_all_right_answers_give_full_marks(enrolment):
    attempt = hand_in(enrolment, right_answers, now=NOW)
    assert (attempt.mark, attempt.passed) == (100, True)
    assert [response.correct for response in attempt.responses.all()] == [True, True]


def test_wrong_answers_give_none(enrolment):
    attempt = hand_in(enrolment, wrong_answers, now=NOW)
    assert (attempt.mark, attempt.passed) == (0, False)


def test_some_of_several_right_answers_are_not_enough(enrolment):
    quiz = enrolment.course.quiz()
    chosen = {question: answers[:1] for question, answers in right_answers(quiz).items()}
    attempt = submit_attempt(enrolment, quiz, chosen=chosen, by=enrolment.member, now=NOW)
    assert attempt.mark == 50


def test_the_same_answers_sent_twice_within_seconds_are_one_attempt(enrolment):
    first = hand_in(enrolment, wrong_answers, now=NOW)
    second = hand_in(enrolment, wrong_answers, now=NOW + datetime.timedelta(seconds=3))
    assert second == first
    hand_in(enrolment, right_answers, now=NOW + datetime.timedelta(seconds=4))
    hand_in(enrolment, right_answers, now=NOW + datetime.timedelta(minutes=5))
    assert enrolment.attempts.count() == 3


def test_answers_that_are_not_on_the_page_are_not_kept(enrolment):
    quiz = enrolment.course.quiz()
    question = quiz.questions[0].id
    attempt = submit_attempt(
        enrolment, quiz, chosen={question: ["forged"]}, by=enrolment.member, now=NOW
    )
    assert attempt.responses.get(question=question).chosen == []
