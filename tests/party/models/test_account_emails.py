"""What waits to be sent about an account says no more than it has to."""

import pytest

from party.models import AccountEmail
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
Kind, Status = AccountEmail.Kind, AccountEmail.Status


def test_over_are_those_that_nobody_will_send_any_more():
    for status in Status:
        AccountEmail.objects.create(kind=Kind.INVITATION, address="a@x.example", status=status)
    over = AccountEmail.objects.over().values_list("status", flat=True)
    assert sorted(over) == ["cancelled", "done", "failed"]


def test_whose_accounts_they_are_costs_one_query_for_all(django_assert_num_queries):
    members = MemberFactory.create_batch(3)
    for member in members:
        AccountEmail.objects.create(kind=Kind.INVITATION, address=member.email, member=member)
    with django_assert_num_queries(1):
        assert [each.member for each in AccountEmail.objects.in_full()] == members


def test_in_a_list_it_says_its_occasion_and_nobodys_name():
    ada = MemberFactory(first_name="Ada", email="ada@members.example")
    waiting = AccountEmail(kind=Kind.PASSWORD_CHANGED, address=ada.email, member=ada)
    assert str(waiting) == "the password was changed"


def test_an_account_that_is_deleted_takes_its_emails_along():
    member = MemberFactory()
    AccountEmail.objects.create(kind=Kind.INVITATION, address=member.email, member=member)
    member.delete()
    assert not AccountEmail.objects.exists()
