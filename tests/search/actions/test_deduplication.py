"""One person does not make a question look often asked; and nothing of who asked is written."""

import datetime

import pytest

from search.actions import deduplication
from search.actions.deduplication import MOST_A_MINUTE, AskedToday
from search.actions.question_log import log_question
from search.models import AskedQuestion

TODAY = datetime.date(2026, 11, 21)
TOMORROW = TODAY + datetime.timedelta(days=1)


def test_a_question_counts_once_a_day_for_one_person():
    held = AskedToday()
    asked = [("1", "quorum"), ("1", "quorum"), ("2", "quorum"), ("1", "notice"), ("1", "quorum")]

    assert [held.is_new(*each, today=TODAY) for each in asked] == [True, False, True, True, False]
    assert held.is_new("1", "quorum", today=TOMORROW)


def test_so_many_questions_a_minute_count_of_one_person_and_then_those_of_the_next(monkeypatch):
    held = AskedToday()
    monkeypatch.setattr(deduplication.time, "monotonic", lambda: 600.0)
    counted = [held.is_new("1", f"question {n}", today=TODAY) for n in range(MOST_A_MINUTE + 3)]

    assert counted == [True] * MOST_A_MINUTE + [False] * 3
    assert held.is_new("2", "question 1", today=TODAY)
    monkeypatch.setattr(deduplication.time, "monotonic", lambda: 661.0)
    assert held.is_new("1", "another", today=TODAY)


def test_only_hashes_are_held_no_more_than_so_many_and_of_one_day_alone(monkeypatch):
    monkeypatch.setattr(deduplication, "MOST_HELD", 3)
    held = AskedToday()
    for n in range(5):
        held.is_new("7", f"question {n}", today=TODAY)
    key = held._key

    assert {len(each) for each in held._held} == {16}
    assert len(held._held) == 3
    held.is_new("7", "quorum", today=TOMORROW)
    assert (len(held._held), held._key == key) == (1, False)


@pytest.mark.django_db
def test_a_person_who_reloads_leaves_one_row_that_does_not_name_them():
    tokens = [log_question("Quorum", 3, today=TODAY, asker="17") for _time in range(5)]

    assert [bool(token) for token in tokens] == [True, False, False, False, False]
    row = AskedQuestion.objects.values("day", "question", "results", "position").get()
    assert row == {"day": TODAY, "question": "quorum", "results": 3, "position": None}
