"""Lessons are done by their criteria, quizzes are marked, and certificates earned and renewed."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry, PageLogEntry

from learning import actions
from learning.models import Certificate, Completion
from tests.factories.courses import make_course, right_answers, wrong_answers
from tests.factories.media_pipeline import ReadyFilmFactory
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def course():
    return make_course(lessons=2)


@pytest.fixture
def enrolment(course):
    return actions.enrol(course, by=MemberFactory(first_name="Ada", last_name="Demo"), now=NOW)


def finish_lessons(enrolment, now=NOW):
    for lesson in enrolment.course.lessons():
        actions.complete_lesson(enrolment, lesson, by=enrolment.member, now=now)


def hand_in(enrolment, answers, now=NOW):
    quiz = enrolment.course.quiz()
    return actions.submit_attempt(
        enrolment, quiz, chosen=answers(quiz), by=enrolment.member, now=now
    )


def test_enrolling_twice_keeps_the_first_enrolment(course, enrolment):
    again = actions.enrol(course, by=enrolment.member, now=NOW + datetime.timedelta(days=1))
    assert (again.pk, again.enrolled_at) == (enrolment.pk, NOW)


def test_what_a_member_learns_is_not_told_to_those_who_edit_pages(enrolment):
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    assert not PageLogEntry.objects.filter(action__startswith="learning.").exists()
    entry = ModelLogEntry.objects.get(action="learning.certify")
    assert entry.object_id == str(Certificate.objects.get().pk)
    assert entry.user == enrolment.member


def test_a_lesson_without_a_film_is_done_when_the_learner_says_so(course, enrolment):
    done = actions.complete_lesson(enrolment, course.lessons()[0], by=enrolment.member, now=NOW)
    assert done.criteria == {"kind": "declared"}


def test_finishing_a_lesson_twice_keeps_the_first_completion(course, enrolment):
    for _twice in range(2):
        actions.complete_lesson(enrolment, course.lessons()[0], by=enrolment.member, now=NOW)
    assert Completion.objects.count() == 1


def test_all_right_answers_give_full_marks(enrolment):
    attempt = hand_in(enrolment, right_answers)
    assert (attempt.mark, attempt.passed) == (100, True)
    assert [response.correct for response in attempt.responses.all()] == [True, True]


def test_wrong_answers_give_none(enrolment):
    attempt = hand_in(enrolment, wrong_answers)
    assert (attempt.mark, attempt.passed) == (0, False)


def test_some_of_several_right_answers_are_not_enough(enrolment):
    quiz = enrolment.course.quiz()
    chosen = {question: answers[:1] for question, answers in right_answers(quiz).items()}
    attempt = actions.submit_attempt(enrolment, quiz, chosen=chosen, by=enrolment.member, now=NOW)
    assert attempt.mark == 50


def test_answers_that_are_not_on_the_page_are_not_kept(enrolment):
    quiz = enrolment.course.quiz()
    question = quiz.questions[0].id
    attempt = actions.submit_attempt(
        enrolment, quiz, chosen={question: ["forged"]}, by=enrolment.member, now=NOW
    )
    assert attempt.responses.get(question=question).chosen == []


def test_the_certificate_needs_the_lessons_and_the_quiz(enrolment):
    hand_in(enrolment, right_answers)
    assert Certificate.objects.count() == 0
    finish_lessons(enrolment)
    certificate = Certificate.objects.get()
    assert certificate.holder_name == "Ada Demo"
    assert certificate.valid_from == datetime.date(2026, 11, 21)
    assert certificate.valid_until == datetime.date(2027, 11, 21)
    assert certificate.window_opens == datetime.date(2027, 9, 22)


def test_lessons_alone_earn_no_certificate(enrolment):
    finish_lessons(enrolment)
    with pytest.raises(actions.NotYet, match="quiz passed"):
        actions.issue_certificate(enrolment, by=enrolment.member, now=NOW)


def test_passing_twice_earns_one_certificate(enrolment):
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    hand_in(enrolment, right_answers, NOW + datetime.timedelta(days=30))
    assert Certificate.objects.count() == 1


def test_a_renewal_in_its_window_loses_no_day(enrolment):
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    hand_in(enrolment, right_answers, datetime.datetime(2027, 10, 1, 12, tzinfo=datetime.UTC))
    renewed = Certificate.objects.first()
    assert renewed.valid_from == datetime.date(2027, 10, 1)
    assert renewed.valid_until == datetime.date(2028, 11, 21)


def test_a_renewal_after_it_ran_out_begins_anew(enrolment):
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    hand_in(enrolment, right_answers, datetime.datetime(2028, 3, 1, 12, tzinfo=datetime.UTC))
    assert Certificate.objects.first().valid_until == datetime.date(2029, 3, 1)


def test_a_revoked_certificate_is_earned_again_by_passing_again(enrolment):
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    first = Certificate.objects.get()
    revoked = NOW + datetime.timedelta(days=2)
    actions.revoke_certificate(first, reason="Somebody else took it", by=None, now=revoked)
    assert first.state() == Certificate.State.REVOKED
    hand_in(enrolment, right_answers, NOW + datetime.timedelta(days=3))
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_revoking_needs_a_reason(enrolment):
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    with pytest.raises(ValueError, match="with a reason"):
        actions.revoke_certificate(Certificate.objects.get(), reason=" ", by=None, now=NOW)


def test_a_certificate_is_valid_then_expiring_then_expired():
    certificate = Certificate(
        valid_from=datetime.date(2026, 1, 1),
        window_opens=datetime.date(2026, 11, 2),
        valid_until=datetime.date(2027, 1, 1),
    )
    days = [(2026, 11, 1), (2026, 11, 2), (2027, 1, 1), (2027, 1, 2)]
    states = [certificate.state(datetime.date(*day)).value for day in days]
    assert states == ["valid", "expiring", "expiring", "expired"]


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.integers(1, 60))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    later = actions.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


def test_now_is_a_moment_and_certificates_count_in_local_days(enrolment):
    finish_lessons(enrolment)
    late = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)  # 0:30 in London
    hand_in(enrolment, right_answers, late)
    assert Certificate.objects.get().valid_from == timezone.localdate(late)
    assert Certificate.objects.get().valid_from == datetime.date(2026, 7, 1)


def test_a_certificate_is_revoked_once(enrolment):
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    certificate = Certificate.objects.get()
    actions.revoke_certificate(certificate, reason="A mistake", by=None, now=NOW)
    with pytest.raises(ValueError, match="revoked already"):
        actions.revoke_certificate(certificate, reason="Another", by=None, now=NOW)
    with pytest.raises(ValueError, match="too long"):
        actions.revoke_certificate(Certificate(), reason="x" * 251, by=None, now=NOW)


def test_a_course_without_a_quiz_is_certified_once_by_its_lessons(enrolment):
    enrolment.course.quiz().delete()
    finish_lessons(enrolment)
    finish_lessons(enrolment, NOW + datetime.timedelta(days=1))
    assert Certificate.objects.get().mark is None


def test_a_course_without_lessons_and_quiz_certifies_nobody():
    empty = make_course("empty", lessons=0)
    empty.quiz().delete()
    taken = actions.enrol(empty, by=MemberFactory(), now=NOW)
    assert actions.certify_if_earned(taken, by=taken.member, now=NOW) is None


def test_a_lesson_withdrawn_after_the_quiz_does_not_cost_the_certificate(enrolment):
    first, second = enrolment.course.lessons()
    actions.complete_lesson(enrolment, first, by=enrolment.member, now=NOW)
    hand_in(enrolment, right_answers)
    second.unpublish()
    assert actions.certificate_is_earned(enrolment, on=timezone.localdate(NOW))
    actions.issue_certificate(enrolment, by=enrolment.member, now=NOW)
    assert Certificate.objects.count() == 1


def test_a_renewal_carries_the_mark_of_its_own_quiz(enrolment):
    quiz = enrolment.course.quiz()
    quiz.pass_mark = 50
    quiz.save()
    finish_lessons(enrolment)
    hand_in(enrolment, right_answers)
    half = {question: ids[:1] for question, ids in right_answers(quiz).items()}
    later = datetime.datetime(2027, 10, 1, 12, tzinfo=datetime.UTC)
    actions.submit_attempt(enrolment, quiz, chosen=half, by=enrolment.member, now=later)
    assert list(Certificate.objects.order_by("issued_at").values_list("mark", flat=True)) == [
        100,
        50,
    ]


def test_a_member_without_a_name_is_not_certified_by_her_address(course):
    nameless = actions.enrol(course, by=MemberFactory(first_name="", last_name=""), now=NOW)
    finish_lessons(nameless)
    hand_in(nameless, right_answers)
    assert Certificate.objects.get().holder_name == "A member"


def test_what_was_watched_of_another_film_counts_no_more(course, enrolment):
    lesson = course.lessons()[0]
    for title in ("old", "new"):
        lesson.film = ReadyFilmFactory(title=title, duration=100.0)
        lesson.save()
        played = [(0.0, 95.0)] if title == "old" else [(0.0, 5.0)]
        progress = actions.record_watching(
            enrolment, lesson, segments=played, position=5.0, now=NOW
        )
    assert progress.watched_seconds == 5.0
