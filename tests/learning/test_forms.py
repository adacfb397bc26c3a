"""What learners send: the player's report, and a quiz."""

import datetime
import json

import pytest

from learning.forms import QuizForm, WatchingForm
from tests.factories.courses import make_course, right_answers

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


def report(segments, position="1", **moment):
    return WatchingForm({"segments": segments, "position": position, **moment})


def test_segments_are_read_as_seconds():
    form = report("[[0, 20.5], [10, 30]]", "30")
    assert form.is_valid()
    assert form.cleaned_data["segments"] == [(0.0, 20.5), (10.0, 30.0)]
    assert form.cleaned_data["position"] == 30.0


@pytest.mark.parametrize(
    ("clock", "minutes_ago", "moment"),
    [
        (NOW - MINUTE / 2, 0, NOW - MINUTE / 2),  # half a minute on its way
        (NOW + MINUTE / 2, 5, NOW - 4.5 * MINUTE),
        (NOW - DAY, 5, NOW - 5 * MINUTE),  # a clock that is a day wrong orders nothing
        (NOW + DAY, 5, NOW - 5 * MINUTE),
    ],
)
def test_a_report_says_when_the_learner_was_there(clock, minutes_ago, moment):
    form = report("[]", sent=int(clock.timestamp() * 1000), age=minutes_ago * 60_000)
    assert form.is_valid()
    assert form.position_at(NOW) == moment


def test_a_report_that_does_not_say_when_is_of_now():
    form = report("[]")
    assert form.is_valid()
    assert form.position_at(NOW) == NOW


@pytest.mark.parametrize("moment", [{"sent": 10**15}, {"age": -1}, {"age": 10**13}, {"sent": "x"}])
def test_a_moment_that_there_is_not_is_refused(moment):
    assert not report("[]", **moment).is_valid()


@pytest.mark.parametrize(
    ("segments", "sentence"),
    [
        ("not json", "could not be read"),
        ('{"12": 1}', "could not be read"),
        ("[[1]]", "could not be read"),
        ('[["a", 2]]', "could not be read"),
        ("[" * 30_000, "could not be read"),
        (f"[[0, {10**400}]]", "could not be read"),
        ("[[NaN, 2]]", "is not valid"),
        ("[[0, Infinity]]", "is not valid"),
    ],
)
def test_a_report_that_is_none_is_refused_and_says_that_nothing_is_lost(segments, sentence):
    form = report(segments)
    assert not form.is_valid()
    assert sentence in form.first_error()
    assert "What was saved before is kept." in form.first_error()


def test_no_number_of_segments_is_too_many():
    pieces = [(float(second), second + 0.4) for second in range(3_000)]
    form = report(json.dumps(pieces))
    assert form.is_valid()
    assert form.cleaned_data["segments"] == pieces


@pytest.mark.django_db
def test_a_quiz_asks_each_question_by_its_kind_and_returns_what_was_chosen():
    quiz = make_course().quiz()
    chosen = right_answers(quiz)
    one, many = quiz.questions
    form = QuizForm(quiz, {one.id: chosen[one.id][0], many.id: chosen[many.id]})
    assert form.is_valid()
    assert form.chosen() == chosen
    assert [field.label for field in form] == [one.value["text"], many.value["text"]]


@pytest.mark.django_db
def test_what_is_missing_or_was_changed_meanwhile_is_named_by_its_number():
    quiz = make_course().quiz()
    form = QuizForm(quiz, {quiz.questions[0].id: "an answer that is gone"})
    assert not form.is_valid()
    assert [errors[0] for errors in form.errors.values()] == [
        "Question 1 has changed. Answer it again.",
        "Answer question 2.",
    ]
