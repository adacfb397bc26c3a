"""What is remembered of questions: never who asked, nothing that people paste, and 90 days."""

import datetime
import re
import sqlite3

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ground.side_notes import WAIT_MILLISECONDS
from membersnet.tidying import tidy_questions
from search.actions import indexing, question_log
from search.actions.question_log import (
    LAST_POSITION,
    SALT,
    choose_frequent_questions,
    delete_old_questions,
    frequent_questions,
    log_opened_result,
    log_question,
    redacted,
)
from search.models import AskedQuestion, FrequentQuestion

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)


def ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


def ask(question: str, results: int = 3, *, days_ago: int = 0, position: int | None = None) -> str:
    token = log_question(question, results, today=ago(days_ago))
    if position:
        log_opened_result(token, position)
    return token


def rows() -> list[tuple]:
    kept = AskedQuestion.objects.order_by("question")
    return list(kept.values_list("question", "results", "position"))


# --- what is kept ----------------------------------------------------------------------------
def test_a_question_is_kept_with_its_day_and_number_of_results_and_nothing_else():
    log_question("  How do I\tREMOVE a comment? ", 12, today=TODAY)

    row = AskedQuestion.objects.values().get()
    del row["id"]
    assert row == {
        "day": TODAY,
        "question": "how do i remove a comment?",
        "results": 12,
        "position": None,
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jane.Doe@example.org complains", "(address left out) complains"),
        ("mail:<jane@example.org>, what now", "(address left out) what now"),
        ("who is @janedoe", "who is (address left out)"),
        ("see https://hub.example/?token=abc", "see (address left out)"),
        ("ring 07700 900123 now", "ring (number left out) now"),
        ("ring +44 (0)1632 960-001", "ring (number left out)"),
        ("call (01632) 960 001", "call (number left out)"),
        ("member 1234567", "member (number left out)"),
        ("member a1234567b", "member a(number left out)b"),
        ("see www.facebook.com/jane.doe", "see (address left out)"),
        ("facebook.com/jane.doe?x=1 says", "(address left out) says"),
        ("number QQ 12 34 56 C", "number (number left out)"),
        ("qq123456c or QQ-12-34-56-C", "(number left out) or (number left out)"),
        ("sort code 12-34-56", "sort code (number left out)"),
        ("member no 123 4567", "member no (number left out)"),
        ("born 01/02/1980", "born (number left out)"),
        ("020 2024 6095", "(number left out)"),
        ("budget 2023 2024 2025 and 2024-25", "budget 2023 2024 2025 and 2024-25"),
        (
            "rules 7.VIII.12.A.3.10 and 2.11.12 to 2.11.15",
            "rules 7.viii.12.a.3.10 and 2.11.12 to 2.11.15",
        ),
        ("chapter 12 2024", "chapter 12 2024"),
        ("chapter 7 07700 900123", "chapter (number left out)"),
        ("e.g. this/that at 2.30 p.m.", "e.g. this/that at 2.30 p.m."),
        ("０７７００９００１２３", "(number left out)"),
        ("ring ٠٧٧٠٠٩٠٠١٢٣", "ring (number left out)"),
        ("post to SW1A 1AA", "post to (address left out)"),
        ("rule 7.VIII.3.A and 2.I.8", "rule 7.viii.3.a and 2.i.8"),
        ("budgets 2024 2025", "budgets 2024 2025"),
        ("ring 999 or 101", "ring 999 or 101"),
        ("no\x00thing \ud800 \u202eodd", "no thing odd"),
        ("x" * 500, "x" * 200),
    ],
)
def test_what_people_paste_about_others_is_left_out(typed, kept):
    assert redacted(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\x00\u200b"])
def test_nothing_is_kept_of_an_empty_question(typed):
    assert (log_question(typed, 0, today=TODAY), rows()) == ("", [])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=3000))
def test_any_text_is_kept_short_and_without_addresses_and_long_numbers(text):
    kept = redacted(text)
    assert len(kept) <= 200
    assert "@" not in kept
    assert not re.search(r"\d{6}", kept)
    assert kept.isprintable()


@pytest.mark.timeout(60)  # a pattern that goes back and forth would take hours
@pytest.mark.parametrize("hostile", ["1 ", "a", "@", "+(", "a1 ", "0"])
def test_characters_made_to_be_slow_are_redacted_like_any_others(hostile):
    assert len(redacted(hostile * 5000)) <= 200


# --- what was opened -------------------------------------------------------------------------
def test_only_the_first_opened_position_counts():
    token = ask("quorum")
    log_opened_result(token, 4)
    log_opened_result(token, 1)

    assert rows() == [("quorum", 3, 4)]


@pytest.mark.parametrize("position", [0, -1, LAST_POSITION + 1, 10**12])
def test_a_position_that_no_page_has_is_ignored(position):
    log_opened_result(ask("quorum"), position)
    assert rows() == [("quorum", 3, None)]


def test_a_token_that_is_wrong_is_ignored():
    ask("quorum")
    pk = AskedQuestion.objects.get().pk
    for token in ("", "x", str(pk), "a:b:c", "\ud800", "é:é", signing.dumps(pk, salt="other")):
        log_opened_result(token, 1)
    assert rows() == [("quorum", 3, None)]


def test_a_token_is_worth_nothing_the_day_after_nor_when_its_question_is_forgotten(monkeypatch):
    token = ask("quorum")
    with monkeypatch.context() as patched:
        patched.setattr(signing.time, "time", lambda: 9_999_999_999.0)
        log_opened_result(token, 1)
    assert rows() == [("quorum", 3, None)]

    AskedQuestion.objects.all().delete()
    log_opened_result(token, 1)
    assert rows() == []


def test_a_token_names_no_question_and_no_person():
    token = ask("quorum of the executive")
    assert signing.loads(token, salt=SALT) == AskedQuestion.objects.get().pk
    assert "quorum" not in token


# --- a database that cannot be written -------------------------------------------------------
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")
@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_hardly_waited_for_and_fails_nothing(tmp_path):
    """Somebody else holds SQLite's one writer: the page goes on without the note."""
    other = sqlite3.connect(connection.get_connection_params()["database"], uri=True)
    try:
        other.execute("BEGIN EXCLUSIVE")
        with CaptureQueriesContext(connection) as queries:
            assert log_question("quorum", 3, today=TODAY) == ""
        assert queries[0]["sql"] == f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}"
    finally:
        other.rollback()
        other.close()
    assert ask("quorum") != ""


def test_a_note_that_cannot_be_written_fails_nothing_around_it():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_askedquestion RENAME TO gone")
    try:
        assert log_question("quorum", 3, today=TODAY) == ""
        log_opened_result(signing.dumps(1, salt=SALT), 1)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE gone RENAME TO search_askedquestion")
    assert ask("quorum") != ""


# --- forgetting ------------------------------------------------------------------------------
def test_questions_are_forgotten_after_ninety_days():
    for days in (0, 90, 91, 400):
        ask(f"question of {days} days", days_ago=days)

    assert delete_old_questions(today=TODAY) == 2
    assert [row[0] for row in rows()] == ["question of 0 days", "question of 90 days"]


def test_the_workers_forget(facts):
    ask("quorum", days_ago=10_000)
    tidy_questions(since=None, now=timezone.now())
    assert rows() == []


# --- what is asked often ---------------------------------------------------------------------
@pytest.fixture
def hub(facts):
    """Facts that members find, and one that only editors do."""
    facts.put("1", "The quorum of a branch meeting is ten members.")
    facts.put("2", "How to remove a comment from a group.")
    facts.put("3", "Notes on the hustings.", title="Notes", audience=("editors",))
    indexing.index_changes()


def often(question: str, results: int = 3, *, times: int = 5) -> None:
    for time in range(times):
        ask(question, results, days_ago=time % 3)


def test_a_question_is_offered_when_it_was_asked_five_times_and_on_three_days(hub):
    often("remove a comment")
    often("what is the quorum?", times=6)
    often("branch meeting", times=4)
    for _time in range(9):
        ask("branch members")

    assert choose_frequent_questions() == 2
    assert frequent_questions("") == ()
    assert frequent_questions("Remove  A") == ("remove a comment",)
    assert frequent_questions("what") == ("what is the quorum?",)
    assert frequent_questions("branch") == ()


def test_what_is_asked_most_is_offered_first_and_no_more_than_wanted(hub):
    for times, question in ((5, "quorum branch"), (7, "quorum meeting"), (6, "quorum members")):
        often(question, times=times)
    choose_frequent_questions()

    assert frequent_questions("quorum", 2) == ("quorum meeting", "quorum members")


@pytest.mark.parametrize(
    ("question", "results"),
    [
        ("nothing found about a quorum", 0),
        ("jane doe quorum", 3),  # a name that stands nowhere in what members read
        ("hustings", 3),  # only editors can find it
        ("quorum of jane@example.org", 3),
        ("quorum 12345", 3),
        ("quorom", 3),  # a typing mistake
        ("quorum meeting comment", 3),  # words from two places
        ("quorum -comment", 3),
        ("quorum OR comment", 3),
        ("what is the", 3),
    ],
)
def test_what_is_private_or_finds_nothing_for_a_member_is_offered_to_nobody(hub, question, results):
    often(question, results, times=6)
    assert choose_frequent_questions() == 0


def test_words_that_stand_in_two_sentences_of_one_place_do_not_stand_together(facts):
    facts.put("1", "Officers count votes. Members\nmust not lie.", title="Votes and honesty")
    indexing.index_changes()
    for question in ("officers lie", "members lie", "do officers count votes", "honesty and votes"):
        often(question)
    choose_frequent_questions()

    chosen = FrequentQuestion.objects.values_list("question", flat=True)
    assert set(chosen) == {"do officers count votes", "honesty and votes"}


def test_a_rule_that_is_often_asked_for_is_offered(rule_book):
    indexing.index_changes()
    for question in ("7.viii.3.a", "7.viii.3.a appeals", "7.viii.3.a zeppelins", "99.ix.9"):
        often(question)
    choose_frequent_questions()

    assert frequent_questions("7.") == ("7.viii.3.a", "7.viii.3.a appeals")


def test_invented_questions_do_not_push_out_what_is_really_asked(hub, monkeypatch):
    monkeypatch.setattr(question_log, "MOST_FREQUENT", 2)
    for n in range(4):
        often(f"quorum zz{n}", times=9)
    for question in ("quorum", "branch meeting", "ten members"):
        often(question, times=7 - len(question) // 10)

    assert choose_frequent_questions() == 2
    assert frequent_questions("quorum") == ("quorum",)


def test_questions_that_are_no_longer_asked_are_no_longer_offered(hub):
    often("quorum")
    choose_frequent_questions()
    AskedQuestion.objects.all().delete()

    choose_frequent_questions()
    assert frequent_questions("quorum") == ()


def test_what_is_offered_is_one_query_whatever_is_typed():
    FrequentQuestion.objects.create(question="100%_sure?", times=9)
    with CaptureQueriesContext(connection) as captured:
        assert frequent_questions("100%") == ("100%_sure?",)
        assert frequent_questions("1%") == ()
        assert frequent_questions("\x00'; --") == ()
    assert len(captured) == 3
