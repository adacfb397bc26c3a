"""What a certificate is worth on a day, asked of one and of many."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from learning.models import Certificate
from learning.models.certification import CODE_LETTERS, new_code, tidy_code, window_opening
from party.models import Member
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import MemberFactory

DAYS = [datetime.date(2026, 1, 1) + datetime.timedelta(days=n) for n in range(-2, 370)]


def make_certificate(member=None, course=None, until=datetime.date(2027, 1, 1), **fields):
    return Certificate.objects.create(
        member=member or MemberFactory(),
        course=course or make_course(),
        holder_name="Ada Demo",
        course_title="A course",
        valid_from=until - datetime.timedelta(days=365),
        window_opens=window_opening(until),
        valid_until=until,
        **fields,
    )


def test_a_certificate_is_valid_then_expiring_then_expired():
    certificate = Certificate(
        valid_from=datetime.date(2026, 1, 1),
        window_opens=window_opening(datetime.date(2027, 1, 1)),
        valid_until=datetime.date(2027, 1, 1),
    )
    days = [(2026, 11, 1), (2026, 11, 2), (2027, 1, 1), (2027, 1, 2)]
    states = [certificate.state(datetime.date(*day)).value for day in days]
    assert states == ["valid", "expiring", "expiring", "expired"]


@pytest.mark.django_db
def test_a_list_agrees_with_what_each_certificate_says_of_itself():
    certificate = make_certificate()
    held = {Certificate.State.VALID, Certificate.State.EXPIRING}
    for day in [*DAYS[:4], *DAYS[300:312], *DAYS[-5:]]:
        state = certificate.state(day) if day >= certificate.valid_from else None
        assert Certificate.objects.valid(day).exists() == (state in held), day
        valid = state == Certificate.State.VALID
        assert Certificate.objects.not_yet_renewable(day).exists() == valid, day


@pytest.mark.django_db
def test_the_certificate_that_lasts_longest_decides_and_a_revoked_one_does_not():
    ada, course = MemberFactory(), make_course()
    make_certificate(ada, course, datetime.date(2027, 1, 1))
    longest = make_certificate(ada, course, datetime.date(2027, 6, 1))
    revoked = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
    make_certificate(ada, course, datetime.date(2027, 9, 1), revoked_at=revoked)
    on = datetime.date(2026, 12, 1)
    assert Certificate.objects.deciding(on) == {(ada.pk, course.pk): longest}
    assert Certificate.objects.deciding(datetime.date(2025, 1, 1)) == {}


@pytest.mark.django_db
def test_certificates_and_enrolments_are_their_holders_alone():
    course = make_course(lessons=1)
    ada, ben = MemberFactory(), MemberFactory()
    mine = pass_course(ada, course)
    pass_course(ben, course)
    national = Member.objects.create_superuser("national@members.example", "x")
    assert list(Certificate.objects.visible_to(ada)) == [mine]
    assert list(type(ada.enrolments.get()).objects.visible_to(ada)) == [ada.enrolments.get()]
    for stranger in (AnonymousUser(), national):
        assert not Certificate.objects.visible_to(stranger).exists()
        assert not type(ada.enrolments.get()).objects.visible_to(stranger).exists()


def test_a_code_is_read_out_without_doubt_and_understood_as_typed():
    code = new_code()
    assert len(code) == 14
    assert set(code) <= {*CODE_LETTERS, "-"}
    assert tidy_code(code.lower().replace("-", " ")) == code
    assert tidy_code("oil0-") == "0110"
