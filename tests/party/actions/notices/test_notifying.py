"""Members are notified once of each occasion, in the hub."""

import datetime

import pytest
from django.utils import timezone

from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Notice
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now() - datetime.timedelta(minutes=1)


def notify_them(*members, about=1, **given):
    given = {"subject": "Please read: the procedure", "url": "/circulations/1/", **given}
    return notify(members, occasion=Occasion.CIRCULATION_SENT, about=about, now=NOW, **given)


def test_an_occasion_is_told_once_to_each_however_often_it_is_told():
    ada, ben, cem = MemberFactory.create_batch(3)
    assert notify_them(ada, ben, ada) == 2
    assert notify_them(ben, cem) == 1
    assert notify_them(ada, about=2) == 1
    assert sorted(Notice.objects.values_list("member", "key")) == [
        (ada.pk, "circulation:1"),
        (ada.pk, "circulation:2"),
        (ben.pk, "circulation:1"),
        (cem.pk, "circulation:1"),
    ]


def test_telling_three_costs_as_many_queries_as_telling_one(django_assert_num_queries):
    for number in (1, 3):
        members = MemberFactory.create_batch(number)
        with django_assert_num_queries(6):  # a savepoint, who was told, notices, e-mails, its end
            assert notify_them(*members) == number


def test_whoever_has_no_account_any_more_is_not_told():
    assert notify_them(MemberFactory(is_active=False)) == 0
    assert Notice.objects.count() == 0


def test_a_subject_is_one_line_of_200_letters_at_most():
    notify_them(MemberFactory(), subject="Please read:\r\nBcc: all@members.example " + "x" * 300)
    subject = Notice.objects.get().subject
    assert subject.startswith("Please read: Bcc: all@members.example xxx")
    assert len(subject) == 200


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\x.y"]
)
def test_a_notice_leads_nowhere_but_into_the_hub(url):
    with pytest.raises(ValueError, match="within the hub"):
        notify_them(MemberFactory(), url=url)
