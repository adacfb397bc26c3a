"""Certificates are earned, renewed and revoked."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry, PageLogEntry

from ground.refusals import Refused
from learning.actions.attempts import submit_attempt
from learning.actions.certificates import (
    add_months,
    certify_if_earned,
    issue_certificate,
    revoke_certificate,
)
from learning.actions.enrolments import enrol
from learning.actions.lessons import complete_lesson
from learning.criteria.unmet import CriteriaNotMet
from learning.models import Certificate
from party.models import Notice, NoticeEmail
from tests.factories.courses import make_course, right_answers
from tests.factories.learning import finish_lessons, hand_in
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def course():
    return make_course(lessons=2)


@pytest.fixture
def enrolment(course):
    return enrol(course, by=MemberFactory(first_name="Ada", last_name="Demo"), now=NOW)


def test_what_a_member_learns_is_not_told_to_those_who_edit_pages(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    assert not PageLogEntry.objects.filter(action__startswith="learning.").exists()
    entry = ModelLogEntry.objects.get(action="learning.certify")
    assert entry.object_id == str(Certificate.objects.get().pk)
    assert entry.user == enrolment.member


def test_the_certificate_needs_the_lessons_and_the_quiz(enrolment):
    hand_in(enrolment, right_answers, now=NOW)
    assert Certificate.objects.count() == 0
    finish_lessons(enrolment, now=NOW)
    certificate = Certificate.objects.get()
    assert certificate.holder_name == "Ada Demo"
    assert certificate.valid_from == datetime.date(2026, 11, 21)
    assert certificate.valid_until == datetime.date(2027, 11, 21)
    assert certificate.window_opens == datetime.date(2027, 9, 22)


def test_lessons_alone_earn_no_certificate(enrolment):
    finish_lessons(enrolment, now=NOW)
    with pytest.raises(CriteriaNotMet, match="quiz passed"):
        issue_certificate(enrolment, by=enrolment.member, now=NOW)


def test_passing_twice_earns_one_certificate(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    hand_in(enrolment, right_answers, now=NOW + datetime.timedelta(days=30))
    assert Certificate.objects.count() == 1


def test_a_renewal_in_its_window_loses_no_day(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    hand_in(enrolment, right_answers, now=datetime.datetime(2027, 10, 1, 12, tzinfo=datetime.UTC))
    renewed = Certificate.objects.first()
    assert renewed.valid_from == datetime.date(2027, 10, 1)
    assert renewed.valid_until == datetime.date(2028, 11, 21)


def test_a_renewal_after_it_ran_out_begins_anew(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    hand_in(enrolment, right_answers, now=datetime.datetime(2028, 3, 1, 12, tzinfo=datetime.UTC))
    assert Certificate.objects.first().valid_until == datetime.date(2029, 3, 1)


def test_a_revoked_certificate_is_earned_again_by_passing_again(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    first = Certificate.objects.get()
    revoked = NOW + datetime.timedelta(days=2)
    revoke_certificate(first, reason="Somebody else took it", by=None, now=revoked)
    assert first.state() == Certificate.State.REVOKED
    hand_in(enrolment, right_answers, now=NOW + datetime.timedelta(days=3))
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_revoking_needs_a_reason(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    with pytest.raises(Refused, match="Enter a reason"):
        revoke_certificate(Certificate.objects.get(), reason=" ", by=None, now=NOW)


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.integers(1, 60))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


def test_now_is_a_moment_and_certificates_count_in_local_days(enrolment):
    finish_lessons(enrolment, now=NOW)
    late = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)  # 0:30 in London
    hand_in(enrolment, right_answers, now=late)
    assert Certificate.objects.get().valid_from == timezone.localdate(late)
    assert Certificate.objects.get().valid_from == datetime.date(2026, 7, 1)


def test_a_certificate_is_revoked_once(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    certificate = Certificate.objects.get()
    revoke_certificate(certificate, reason="A mistake", by=None, now=NOW)
    with pytest.raises(Refused, match="already revoked"):
        revoke_certificate(certificate, reason="Another", by=None, now=NOW)
    with pytest.raises(Refused, match="too long"):
        revoke_certificate(Certificate(), reason="x" * 251, by=None, now=NOW)


def test_a_course_without_a_quiz_is_certified_once_by_its_lessons(enrolment):
    enrolment.course.quiz().delete()
    finish_lessons(enrolment, now=NOW)
    finish_lessons(enrolment, now=NOW + datetime.timedelta(days=1))
    assert Certificate.objects.get().mark is None


def test_a_course_without_a_quiz_is_renewed_once_its_window_is_open(enrolment):
    enrolment.course.quiz().delete()
    finish_lessons(enrolment, now=NOW)
    opens = datetime.datetime(2027, 10, 1, 12, tzinfo=datetime.UTC)
    early = opens - datetime.timedelta(days=30)
    with pytest.raises(CriteriaNotMet, match="You can renew it from"):
        issue_certificate(enrolment, by=enrolment.member, now=early)
    renewed = issue_certificate(enrolment, by=enrolment.member, now=opens)
    assert renewed.valid_until == datetime.date(2028, 11, 21)


def test_a_revoked_certificate_is_not_earned_again_by_lessons_done_before(enrolment):
    enrolment.course.quiz().delete()
    finish_lessons(enrolment, now=NOW)
    revoke_certificate(Certificate.objects.get(), reason="A mix-up", by=None, now=NOW)
    with pytest.raises(CriteriaNotMet, match="no quiz by which to earn it again"):
        issue_certificate(enrolment, by=enrolment.member, now=NOW)


def test_a_quiz_that_was_unpublished_certifies_nobody(enrolment):
    enrolment.course.quiz().unpublish()
    finish_lessons(enrolment, now=NOW)
    assert Certificate.objects.count() == 0
    with pytest.raises(CriteriaNotMet, match="The quiz is being revised"):
        issue_certificate(enrolment, by=enrolment.member, now=NOW)


def test_whoever_earns_a_certificate_gets_a_notice_and_an_email_once(enrolment):
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    certify_if_earned(enrolment, by=enrolment.member, now=NOW)
    notice = Notice.objects.get(member=enrolment.member)
    assert notice.subject == "Congratulations: you have earned a certificate"
    assert notice.message == "“Course moderating”. Its last day is 21 November 2027."
    assert notice.url == Certificate.objects.get().get_absolute_url()
    assert NoticeEmail.objects.get().notice == notice


def test_a_course_without_lessons_and_quiz_certifies_nobody():
    empty = make_course("empty", lessons=0)
    empty.quiz().delete()
    taken = enrol(empty, by=MemberFactory(), now=NOW)
    assert certify_if_earned(taken, by=taken.member, now=NOW) is None


def test_a_lesson_withdrawn_after_the_quiz_does_not_cost_the_certificate(enrolment):
    first, second = enrolment.course.lessons()
    complete_lesson(enrolment, first, by=enrolment.member, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    second.unpublish()
    issue_certificate(enrolment, by=enrolment.member, now=NOW)
    assert Certificate.objects.count() == 1


def test_a_renewal_carries_the_mark_of_its_own_quiz(enrolment):
    quiz = enrolment.course.quiz()
    quiz.pass_mark = 50
    quiz.save()
    finish_lessons(enrolment, now=NOW)
    hand_in(enrolment, right_answers, now=NOW)
    half = {question: ids[:1] for question, ids in right_answers(quiz).items()}
    later = datetime.datetime(2027, 10, 1, 12, tzinfo=datetime.UTC)
    submit_attempt(enrolment, quiz, chosen=half, by=enrolment.member, now=later)
    assert list(Certificate.objects.order_by("issued_at").values_list("mark", flat=True)) == [
        100,
        50,
    ]


def test_members_without_a_name_are_not_certified_by_their_address(course):
    nameless = enrol(course, by=MemberFactory(first_name="", last_name=""), now=NOW)
    finish_lessons(nameless, now=NOW)
    hand_in(nameless, right_answers, now=NOW)
    assert Certificate.objects.get().holder_name == "A member"
