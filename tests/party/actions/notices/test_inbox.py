"""What members do with their notices, and how long these are kept."""

import datetime

import pytest
from django.utils import timezone

from party.actions.notices.inbox import (
    choose_emails,
    forget_old_notices,
    mark_all_read,
    mark_read,
)
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Notice
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now() - datetime.timedelta(minutes=1)


def notify_them(*members, about=1, **given):
    given = {"subject": "Please read: the procedure", "url": "/circulations/1/", **given}
    return notify(members, occasion=Occasion.CIRCULATION_SENT, about=about, now=NOW, **given)


def test_opening_a_notice_again_keeps_the_moment_of_the_first_time():
    ada = MemberFactory()
    notify_them(ada)
    first, later = timezone.now(), timezone.now() + datetime.timedelta(hours=1)
    for moment in (first, later):
        mark_read(ada.notices.get(), now=moment)
    assert ada.notices.get().read_at == first


def test_marking_all_as_read_touches_nobody_elses():
    ada, ben = MemberFactory.create_batch(2)
    notify_them(ada, ben)
    notify_them(ada, about=2)
    assert [mark_all_read(by=ada, now=timezone.now()) for _twice in range(2)] == [2, 0]
    assert ben.notices.unread().count() == 1


def test_emails_are_switched_off_and_on():
    ada = MemberFactory()
    for wanted in (False, True):
        choose_emails(wanted, by=ada)
        ada.refresh_from_db()
        assert ada.email_notices is wanted


def test_a_notice_is_forgotten_a_year_after_it_was_read_and_never_unread():
    ada = MemberFactory()
    for days, read in ((366, True), (364, True), (900, False)):
        notify_them(ada, about=days)
        moment = timezone.now() - datetime.timedelta(days=days)
        Notice.objects.filter(key=f"circulation:{days}").update(
            made_at=moment, read_at=moment if read else None
        )
    assert forget_old_notices(now=timezone.now()) == 1
    assert sorted(Notice.objects.values_list("key", flat=True)) == [
        "circulation:364",
        "circulation:900",
    ]
