"""Accounts: opened, changed and closed, with a log that keeps nothing private."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from party.actions.members import (
    change_member,
    open_account,
    remove_member,
    sign_out_everywhere,
)
from party.models import AccountEmail, Member
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def acting():
    return {"by": MemberFactory(is_superuser=True), "now": timezone.now()}


def emails_waiting():
    return [(email.kind, email.address, email.member) for email in AccountEmail.objects.all()]


def test_an_account_is_opened_in_its_groups(acting):
    authors = Group.objects.create(name="Authors")
    given = {"email": "Ada@Members.example", "first_name": "Ada", "last_name": "Demo"}
    made = open_account(**given, password="a long word", groups=[authors], **acting)
    stored = Member.objects.get(email="ada@members.example")
    assert (stored, list(stored.groups.all())) == (made, [authors])
    assert stored.check_password("a long word")
    assert ModelLogEntry.objects.get().user == acting["by"]


def test_nobody_signs_in_to_an_account_without_a_password(acting):
    made = open_account(email="a@members.example", first_name="A", last_name="B", **acting)
    assert not made.has_usable_password()
    assert emails_waiting() == [("invitation", "a@members.example", made)]


def test_an_account_with_a_password_needs_no_invitation(acting):
    given = {"email": "a@members.example", "first_name": "A", "last_name": "B"}
    open_account(**given, password="a long word", **acting)
    assert emails_waiting() == []


def test_of_a_new_password_and_address_they_are_told_where_they_were(acting):
    ada = MemberFactory(email="ada@members.example")
    ada.email = "new@members.example"  # as a form leaves it
    change_member(ada, email="new@members.example", password="a long word", **acting)
    assert emails_waiting() == [
        ("password-changed", "new@members.example", ada),
        ("address-changed", "ada@members.example", ada),
    ]


def test_signing_out_everywhere_ends_what_a_session_rests_on(acting):
    ada = MemberFactory()
    before = ada.get_session_auth_hash()
    after = sign_out_everywhere(ada, by=ada, now=acting["now"])
    assert after.get_session_auth_hash() != before
    assert Member.objects.get(pk=ada.pk).get_session_auth_hash() == after.get_session_auth_hash()
    assert ModelLogEntry.objects.get().user == ada


def test_two_accounts_never_share_an_address_in_whatever_case(acting):
    MemberFactory(email="ada@members.example")
    with pytest.raises(ValidationError):
        open_account(email="ADA@members.example", first_name="A", last_name="B", **acting)


def test_the_log_says_that_a_name_changed_and_keeps_neither(acting):
    ada = MemberFactory(first_name="Ada", email="ada@members.example")
    change_member(ada, first_name="Augusta", email="Augusta@members.example", **acting)
    entry = ModelLogEntry.objects.get()
    assert set(entry.message.split("; ")) == {"First name changed", "E-mail address changed"}
    assert "ugusta" not in str(entry.data)
    ada.refresh_from_db()
    assert (ada.first_name, ada.email) == ("Augusta", "augusta@members.example")


def test_what_an_account_may_do_is_logged_with_both_values(acting):
    authors = Group.objects.create(name="Authors")
    ada = MemberFactory()
    change_member(ada, is_active=False, groups=[authors], **acting)
    said = set(ModelLogEntry.objects.get().message.split("; "))
    assert said == {"Active: yes → no", "Groups: empty → Authors"}


def test_a_password_is_changed_and_otherwise_kept(acting):
    ada = MemberFactory()
    change_member(ada, password="a long word", **acting)
    change_member(ada, last_name="Lovelace", **acting)
    ada.refresh_from_db()
    assert ada.check_password("a long word")
    assert "Password changed" in {entry.message for entry in ModelLogEntry.objects.all()}


@pytest.mark.parametrize("lost", [{"is_superuser": False}, {"is_active": False}])
def test_the_last_administrator_stays_one(acting, lost):
    with pytest.raises(ValidationError, match="has to stay an administrator"):
        change_member(acting["by"], **lost, **acting)
    acting["by"].refresh_from_db()
    assert (acting["by"].is_superuser, acting["by"].is_active) == (True, True)


def test_a_removed_account_leaves_an_entry_without_a_name(acting):
    remove_member(MemberFactory(first_name="Ada", email="ada@members.example"), **acting)
    assert Member.objects.count() == 1
    entry = ModelLogEntry.objects.get()
    assert entry.action == "wagtail.delete"
    assert "ada" not in str(entry.data).lower()
