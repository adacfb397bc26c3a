"""Accounts in the admin."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from party.models import Member
from tests.factories.party import MemberFactory
from tests.pages import visible_text

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-word-of-47-letters"


@pytest.fixture
def national(client):
    member = Member.objects.create_superuser("national@members.example", "x", first_name="Nia")
    client.force_login(member)
    return member


def form(**given):
    typed = {"email": "ada@members.example", "first_name": "Ada", "last_name": "Demo"}
    return {**typed, "password1": "", "password2": "", **given}


def test_they_are_called_members_and_not_users(client, national):
    page = visible_text(client.get(reverse("wagtailusers_users:index")))
    assert "Members" in page
    assert "Add a member" in page
    assert "E-mail address" in page
    assert "Yes" in page  # the account is active
    for unwanted in ("Users", "Add a user", "Username", "True"):
        assert unwanted not in page


def test_a_new_member_is_asked_for_in_our_words(client, national):
    page = visible_text(client.get(reverse("wagtailusers_users:add")))
    assert "Add a member" in page
    for label in ("E-mail address", "First name", "Last name"):
        assert label in page


def test_an_account_is_opened_by_the_action(client, national):
    typed = form(password1=PASSWORD, password2=PASSWORD)
    client.post(reverse("wagtailusers_users:add"), typed)
    ada = Member.objects.get(email="ada@members.example")
    assert ada.check_password(PASSWORD)
    entry = ModelLogEntry.objects.get(object_id=str(ada.pk))
    assert (entry.action, entry.user) == ("wagtail.create", national)


def test_an_account_is_changed_by_the_action(client, national):
    ada = MemberFactory(email="ada@members.example", first_name="Adda", last_name="Demo")
    client.post(reverse("wagtailusers_users:edit", args=[ada.pk]), form(is_active="on"))
    ada.refresh_from_db()
    assert (ada.first_name, ada.is_active) == ("Ada", True)
    assert ModelLogEntry.objects.get().message == "First name changed"


def test_whoever_changes_their_own_password_stays_signed_in(client, national):
    typed = form(email=national.email, password1=PASSWORD, password2=PASSWORD)
    client.post(reverse("wagtailusers_users:edit", args=[national.pk]), typed)
    national.refresh_from_db()
    assert national.check_password(PASSWORD)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_an_account_is_removed_by_the_action(client, national):
    ada = MemberFactory()
    client.post(reverse("wagtailusers_users:delete", args=[ada.pk]))
    assert not Member.objects.filter(pk=ada.pk).exists()
    assert ModelLogEntry.objects.get().action == "wagtail.delete"
