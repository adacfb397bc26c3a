"""A member's own account: what it shows, and what they change in it."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from party.actions.accounts.addresses import sign_change
from party.actions.accounts.emails import send_due_account_emails
from party.models import AccountEmail
from tests.factories.party import MemberFactory
from tests.pages import visible_text

pytestmark = pytest.mark.django_db

PASSWORD = "seven green bicycles"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def ada():
    member = MemberFactory(first_name="Ada", last_name="Lovelace", email="ada@members.example")
    member.set_password(PASSWORD)
    member.save()
    return member


@pytest.fixture
def client(client, ada):
    client.force_login(ada)
    return client


def ask(client, email, password=PASSWORD):
    return client.post("/account/e-mail/", {"email": email, "password": password}, follow=True)


def test_every_page_leads_to_the_account_and_this_to_all_that_can_be_changed(client):
    assert 'href="/account/"' in client.get("/notices/").content.decode()
    page = client.get("/account/")
    assert "Name Ada Lovelace" in visible_text(page)
    assert "E-mail address ada@members.example" in visible_text(page)
    for address in ("/account/e-mail/", "/accounts/password/change/", "/notices/"):
        assert f'href="{address}' in page.content.decode()
        assert client.get(address).status_code == 200


def test_the_account_costs_three_queries(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/account/")


def test_a_new_address_counts_once_it_was_confirmed(client, ada):
    page = ask(client, "New@members.example")
    assert "We have sent an e-mail to new@members.example." in visible_text(page)
    send_due_account_emails(now=timezone.now())
    link = next(line for line in mail.outbox[0].body.split() if "/account/e-mail/" in line)
    elsewhere = Client()  # the e-mail may be read on another device
    path = link.removeprefix("http://localhost:8000")
    assert "Once you confirm it, you sign in with new@members.example" in visible_text(
        elsewhere.get(path)
    )
    ada.refresh_from_db()
    assert ada.email == "ada@members.example"  # reading is not confirming
    elsewhere.post(path)
    ada.refresh_from_db()
    assert ada.email == "new@members.example"
    waiting = AccountEmail.objects.get()
    assert (waiting.kind, waiting.address) == ("address-changed", "ada@members.example")
    assert elsewhere.get(path).status_code == 404
    assert "This link no longer works" in visible_text(elsewhere.get(path))


def test_an_address_is_asked_for_with_the_password(client):
    page = ask(client, "new@members.example", "wrong")
    assert "This is not your current password." in visible_text(page)
    assert not AccountEmail.objects.exists()


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("ADA@members.example", "This is your e-mail address already."),
        ("ada at home", "Enter a valid email address."),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(client, email, error):
    assert error in visible_text(ask(client, email))
    assert not AccountEmail.objects.exists()


def test_whose_an_address_is_is_not_told_on_the_page(client):
    taken, free = MemberFactory(email="ben@x.example").email, "cem@x.example"
    pages = [visible_text(ask(client, email)).replace(email, "") for email in (taken, free)]
    assert pages[0] == pages[1]


def test_an_address_that_was_taken_meanwhile_changes_nothing(client, ada):
    path = f"/account/e-mail/{sign_change(ada, 'new@members.example')}/"
    MemberFactory(email="new@members.example")
    page = client.post(path)
    assert "Your e-mail address is unchanged" in visible_text(page)
    ada.refresh_from_db()
    assert ada.email == "ada@members.example"


def test_a_link_that_was_altered_or_is_too_old_changes_nothing(client, ada, monkeypatch):
    signed = sign_change(ada, "new@members.example")
    assert client.post(f"/account/e-mail/{signed[:-1]}/").status_code == 404
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_102_444_800)
    assert client.post(f"/account/e-mail/{signed}/").status_code == 404
    ada.refresh_from_db()
    assert ada.email == "ada@members.example"


def test_wrong_passwords_are_limited(client):
    for _each in range(10):
        ask(client, "new@members.example", "wrong")
    refused = ask(client, "new@members.example")
    assert refused.status_code == 429
    assert "Too many tries" in visible_text(refused)
    assert not AccountEmail.objects.exists()


def test_signing_out_on_other_devices_leaves_this_one(client, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    page = client.post("/account/sign-out-others/", follow=True)
    assert "You are signed out on every other device." in visible_text(page)
    assert elsewhere.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
