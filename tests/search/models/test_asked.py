"""What the rows of asked questions tell, and what they do not."""

import datetime

import pytest
from django.core import signing

from search.actions.question_log import (
    SALT,
    log_opened_result,
    log_question,
)
from search.models import AskedQuestion

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 21)


def ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


def ask(question: str, results: int = 3, *, days_ago: int = 0, position: int | None = None) -> str:
    token = log_question(question, results, today=ago(days_ago))
    if position:
        log_opened_result(token, position)
    return token


def test_neither_keys_nor_their_order_say_how_many_asked_or_when():
    tokens = [ask(f"question {n}") for n in range(20)]
    keys = [signing.loads(token, salt=SALT) for token in tokens]

    assert keys != sorted(keys)
    assert len(set(keys)) == 20
    assert min(keys) > 2**40
    assert max(keys) < 2**62


def test_what_never_found_anything_is_told_apart_from_what_nobody_opened():
    ask("raffle", 0)
    ask("quorum", 0, days_ago=3)
    ask("quorum", 5)
    ask("agenda", 4)
    ask("minutes", 4, position=1)

    assert [row["question"] for row in AskedQuestion.objects.without_answer()] == ["raffle"]
    passed_over = [row["question"] for row in AskedQuestion.objects.passed_over()]
    assert sorted(passed_over) == ["agenda", "quorum"]


def test_a_question_is_frequent_once_asked_five_times_on_three_days():
    for days_ago in (0, 0, 1, 1, 2):
        ask("quorum", days_ago=days_ago)
    for days_ago in (0, 0, 0, 1, 1):
        ask("agenda", days_ago=days_ago)

    assert [row["question"] for row in AskedQuestion.objects.frequent()] == ["quorum"]


def test_rows_are_outdated_after_ninety_days():
    ask("old", days_ago=91)
    ask("young", days_ago=90)

    assert [row.question for row in AskedQuestion.objects.outdated(TODAY)] == ["old"]
