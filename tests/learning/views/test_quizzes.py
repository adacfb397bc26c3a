"""The quiz: what is handed in, and what an attempt shows."""

import re

import pytest
from django.utils import timezone

from learning.actions.attempts import submit_attempt
from learning.actions.enrolments import enrol
from tests.factories.courses import QUESTIONS, make_course, right_answers, wrong_answers
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    ada = MemberFactory(first_name="Ada", last_name="Demo")
    client.force_login(ada)
    return ada


def test_an_unanswered_question_is_named_and_the_other_answers_kept(client, member):
    quiz = make_course().quiz()
    first = quiz.questions[0].id
    answer = right_answers(quiz)[first][0]
    response = client.post(quiz.get_url(), {first: answer})
    assert "Answer question 2." in visible_text(response)
    box = re.search(rf'<input[^>]*value="{answer}"[^>]*>', response.content.decode()).group()
    assert " checked" in box
    assert member.enrolments.count() == 0


def test_an_attempt_shows_feedback_for_every_answer(client, member):
    quiz = make_course().quiz()
    response = client.post(quiz.get_url(), wrong_answers(quiz), follow=True)
    said = visible_text(response)
    assert "You got 0 of 2 right: 0 per cent." in said
    for feedback in ("A record protects everyone.", "Right: write it down first."):
        assert feedback in said


def test_another_persons_attempt_answers_404(client, member):
    quiz = make_course().quiz()
    other = MemberFactory()
    enrolment = enrol(quiz.get_parent().specific, by=other, now=timezone.now())
    theirs = submit_attempt(enrolment, quiz, chosen={}, by=other, now=timezone.now())
    assert_hidden(client, f"{quiz.get_url()}?attempt={theirs.pk}")
    assert_hidden(client, f"{quiz.get_url()}?attempt=x")


def test_a_question_added_since_is_not_counted_against_an_attempt(client, member):
    quiz = make_course().quiz()
    response = client.post(quiz.get_url(), right_answers(quiz))
    quiz.questions.append(("question", QUESTIONS[0]))
    quiz.save_revision().publish()
    said = visible_text(client.get(response.url))
    assert "You got 2 of 2 right: 100 per cent." in said
    assert "Incorrect" not in said
