"""Notices: whose they are, what waits to be sent, and where they may lead."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from party.models import Member, Notice, NoticeEmail
from party.models.notices import within_the_hub
from tests.factories.party import MemberFactory

NOW = timezone.now()


@pytest.mark.parametrize(
    ("url", "within"),
    [
        ("/facts/", True),
        ("/search/?q=a%20b#top", True),
        ("https://elsewhere.example/", False),
        ("//elsewhere.example/", False),
        ("/\\elsewhere.example", False),
        ("javascript:alert(1)", False),
        ("facts/", False),
        ("", False),
    ],
)
def test_only_a_path_leads_into_the_hub(url, within):
    assert within_the_hub(url) is within


def make(member, **fields):
    number = Notice.objects.count()
    return Notice.objects.create(member=member, key=f"fact:{number}", subject="Look", **fields)


@pytest.mark.django_db
def test_nobody_reads_anothers_notices_not_even_the_national_team():
    ada, national = MemberFactory(), Member.objects.create_superuser("n@members.example", "x")
    mine = make(ada)
    assert list(Notice.objects.visible_to(ada)) == [mine]
    for other in (national, AnonymousUser()):
        assert not Notice.objects.visible_to(other).exists()


@pytest.mark.django_db
def test_what_is_due_is_sent_the_oldest_first_and_nothing_before_its_time():
    ada, minute = MemberFactory(), datetime.timedelta(minutes=1)
    first, second, later, sent = (NoticeEmail(notice=make(ada)) for _each in range(4))
    later.not_before, sent.status = NOW + minute, NoticeEmail.Status.DONE
    NoticeEmail.objects.bulk_create([first, second, later, sent])
    make(ada)  # which goes to nobody by e-mail
    assert list(NoticeEmail.objects.due(NOW)) == [first, second]
    assert list(NoticeEmail.objects.due(NOW + minute)) == [first, second, later]


@pytest.mark.django_db
def test_an_email_is_wanted_until_it_was_read_switched_off_or_the_account_closed():
    notices = [
        make(MemberFactory()),
        make(MemberFactory(), read_at=NOW),
        make(MemberFactory(email_notices=False)),
        make(MemberFactory(is_active=False)),
    ]
    emails = [NoticeEmail.objects.create(notice=notice) for notice in notices]
    assert [email.is_wanted for email in emails] == [True, False, False, False]
