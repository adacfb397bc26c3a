"""Signing in and choosing passwords: nobody learns who is a member, nor keeps a member out."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.hashers import BasePasswordHasher
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from membersnet.accounts import OPEN, HubAccounts, addresses
from party.actions.accounts.emails import send_due_account_emails
from party.models import AccountEmail, Member
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db

SIGN_IN, FORGOTTEN = "/accounts/login/", "/accounts/password/reset/"
PASSWORD = "seven green bicycles"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def people():
    """Addresses of every kind of person that there is, and of nobody."""
    kinds = ("open", "closed", "invited", "nobody")  # all as long: a page shows what was typed
    people = {kind: f"{kind:x<8}@members.example" for kind in kinds}
    for kind in kinds[:3]:
        member = MemberFactory(email=people[kind], is_active=kind != "closed")
        member.set_password(None if kind == "invited" else PASSWORD)
        member.save()
    return people


@pytest.fixture
def hashed(settings, monkeypatch):
    """Counts how often a password is hashed, which is what takes the time."""
    counted = SimpleNamespace(times=0)

    class Counting(BasePasswordHasher):
        algorithm = "counting"

        def encode(self, password, salt):
            counted.times += 1
            return f"counting${salt}${password[::-1]}"

        def decode(self, encoded):
            _algorithm, salt, hashed = encoded.split("$", 2)
            return {"salt": salt, "hash": hashed}

        def verify(self, password, encoded):
            return self.encode(password, self.decode(encoded)["salt"]) == encoded

        def must_update(self, encoded):
            return False

    monkeypatch.setattr("tests.membersnet.test_accounts.Counting", Counting, raising=False)
    settings.PASSWORD_HASHERS = ["tests.membersnet.test_accounts.Counting"]
    return counted


def what_happens(act, hashed=None):
    """Return what somebody could see or measure of an answer, with all that differs by chance out.

    A query is told by its words: the rate limits name whom they count, by a digest.
    """
    if hashed:
        hashed.times = 0
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = act(Client())
    tidy = [re.sub(r"'[^']*'|\d+", "…", query["sql"]) for query in queries]
    page = re.sub(rb'value="[^"]*"', b"", answer.content)
    headers = {name: text for name, text in answer.headers.items() if name != "Expires"}
    cookies = sorted(answer.cookies)
    return answer.status_code, headers, cookies, page, tidy, hashed and hashed.times


def test_asking_for_a_new_password_is_the_same_for_everybody(people, hashed, post):
    happened = {}
    for kind, to in people.items():
        cache.clear()
        given = {"email": to}
        happened[kind] = what_happens(lambda client, g=given: client.post(FORGOTTEN, g), hashed)
    assert happened["open"][0] == 302
    assert happened["open"][-1] == 0
    assert len(happened["open"][-2]) > 3
    assert not [sql for sql in happened["open"][-2] if "party_member" in sql]  # nobody is looked up
    for kind in people:
        assert happened[kind] == happened["nobody"], kind
    assert post.connections == 0
    assert AccountEmail.objects.count() == len(people)


def test_asking_is_the_same_while_the_mail_server_is_away(people, settings):
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # where nobody listens
    for to in people.values():
        page = Client().post(FORGOTTEN, {"email": to}, follow=True)
        assert page.redirect_chain == [(f"{FORGOTTEN}done/", 302)]
        assert visible_text(page).startswith("Check your e-mail If there is an account")
    waiting = AccountEmail.objects.values_list("address", "status")
    assert set(waiting) == {(to, "waiting") for to in people.values()}


def test_asking_once_more_than_is_allowed_is_the_same_for_everybody(people):
    client = Client()
    answers = [client.post(FORGOTTEN, {"email": people["open"]}).status_code for _ in range(20)]
    assert set(answers) == {302}
    for to in people.values():
        refused = client.post(FORGOTTEN, {"email": to})
        assert refused.status_code == 429
        assert "Too many tries" in visible_text(refused)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")  # a stranger shuts nobody out
    assert elsewhere.post(FORGOTTEN, {"email": people["open"]}).status_code == 302


def test_a_wrong_password_is_the_same_for_everybody(people, hashed):
    happened = {}
    for kind, to in people.items():
        given = {"login": to, "password": "wrong"}
        cache.clear()
        happened[kind] = what_happens(lambda client, g=given: client.post(SIGN_IN, g), hashed)
    assert happened["open"][0] == 200
    assert happened["open"][-1] == 1
    for kind in people:
        assert happened[kind] == happened["nobody"], kind


def test_the_right_password_of_a_closed_account_is_a_wrong_one(people, hashed):
    def sign_in(kind):
        cache.clear()
        given = {"login": people[kind], "password": PASSWORD}
        return what_happens(lambda client: client.post(SIGN_IN, given), hashed)

    Member.objects.filter(email=people["closed"]).update(password=f"counting$s${PASSWORD[::-1]}")
    assert sign_in("closed") == sign_in("nobody")


def test_the_sixth_wrong_password_is_refused_for_everybody_alike(people, hashed):
    happened = {}
    for kind, to in people.items():
        cache.clear()
        given = {"login": to, "password": "wrong"}
        for _each in range(5):
            Client().post(SIGN_IN, given)
        happened[kind] = what_happens(lambda client, g=given: client.post(SIGN_IN, g), hashed)
    assert b"Too many wrong passwords were entered" in happened["open"][3]
    assert happened["open"][-1] == 0
    for kind in people:
        assert happened[kind] == happened["nobody"], kind


def test_a_wrong_link_is_the_same_whosever_number_it_has(people):
    numbers = [Member.objects.get(email=people["open"]).pk, 10**9, 36**12]
    happened = []
    for number in numbers:
        link = f"{FORGOTTEN}key/{int_to_base36(number)}-abcdef-{'0' * 32}/"
        status, headers, cookies, page, queries, _ = what_happens(lambda c, a=link: c.get(a))
        happened.append((status, headers, cookies, page.replace(link.encode(), b""), len(queries)))
    assert happened[0] == happened[1]
    assert happened[2][:4] == happened[0][:4]
    assert b"This link no longer works" in happened[0][3]


def link_for(member) -> str:
    key = default_token_generator.make_token(member)
    args = [int_to_base36(member.pk), key]
    return reverse("account_reset_password_from_key", args=args)


def test_whoever_has_the_link_chooses_a_password_once_and_is_signed_in(client, people):
    ada = Member.objects.get(email=people["invited"])
    link = link_for(ada)
    page = client.get(link, follow=True)
    assert "Choose a password" in visible_text(page)
    given = {"password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(page.redirect_chain[-1][0], given)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/account/").context["user"] == ada
    assert "This link no longer works" in visible_text(Client().get(link, follow=True))
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)
    send_due_account_emails(now=timezone.now())
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([ada.email], "Your password was changed")
    ]


def test_a_link_opens_no_account_that_was_closed_since(people):
    link = link_for(Member.objects.get(email=people["closed"]))
    assert "This link no longer works" in visible_text(Client().get(link, follow=True))


def sign_in(client, email, password=PASSWORD):
    return client.post(SIGN_IN, {"login": email, "password": password})


def wrong_tries(email, origin, number):
    for _each in range(number):
        sign_in(Client(REMOTE_ADDR=origin), email, "wrong")


def test_wrong_tries_by_a_stranger_keep_nobody_out(people):
    wrong_tries(people["open"], "203.0.113.9", 10)
    refused = sign_in(Client(REMOTE_ADDR="203.0.113.9"), people["open"])
    assert "Too many wrong passwords were entered" in visible_text(refused)
    assert sign_in(Client(REMOTE_ADDR="198.51.100.4"), people["open"]).status_code == 302


def test_a_known_device_is_let_in_whatever_others_try_beside_it(people):
    home = Client(REMOTE_ADDR="198.51.100.4")
    assert sign_in(home, people["open"]).status_code == 302
    home.post("/accounts/logout/")
    for origin in ("198.51.100.4", *(f"203.0.113.{number}" for number in range(30))):
        wrong_tries(people["open"], origin, 5)
    elsewhere = sign_in(Client(REMOTE_ADDR="192.0.2.1"), people["open"])
    assert "Too many wrong passwords were entered" in visible_text(elsewhere)
    assert sign_in(home, people["open"]).status_code == 302


def test_a_known_device_has_five_tries_too(people):
    client = Client()
    sign_in(client, people["open"])
    client.post("/accounts/logout/")
    for _each in range(5):
        sign_in(client, people["open"], "wrong")
    refused = sign_in(client, people["open"])
    assert "Too many wrong passwords were entered" in visible_text(refused)


def test_a_device_is_known_only_for_who_signed_in_on_it(people):
    other = MemberFactory()
    client = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(client, people["open"])
    client.post("/accounts/logout/")
    wrong_tries(other.email, "203.0.113.9", 5)
    refused = sign_in(client, other.email, "wrong")
    assert "Too many wrong passwords were entered" in visible_text(refused)


def test_signing_in_takes_its_try_back(people):
    client = Client()
    member = Member.objects.get(email=people["open"])
    for _each in range(12):
        sign_in(client, people["open"])
        assert get_user(client) == member
        client.post("/accounts/logout/")
        client.cookies.clear()


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_nobody_says_themselves_where_they_come_from(people, header):
    for number in range(6):
        refused = sign_in(Client(**{header: f"203.0.113.{number}"}), people["open"], "wrong")
    assert "Too many wrong passwords were entered" in visible_text(refused)


def test_behind_a_proxy_the_address_that_the_proxy_adds_counts(people, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(6):
        given = f"203.0.113.{number}, 198.51.100.4"  # the first is what the visitor claims
        refused = sign_in(Client(HTTP_X_FORWARDED_FOR=given), people["open"], "wrong")
    assert "Too many wrong passwords were entered" in visible_text(refused)
    other = Client(HTTP_X_FORWARDED_FOR="198.51.100.5")
    assert sign_in(other, people["open"]).status_code == 302


def test_a_password_is_changed_and_other_devices_are_signed_out(people):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, people["open"])
    given = {"oldpassword": PASSWORD, "password1": "nine blue kettles"}
    answer = here.post("/accounts/password/change/", {**given, "password2": "nine blue kettles"})
    assert (answer.status_code, answer.url) == (302, "/account/")
    assert "Your password is changed." in visible_text(here.get("/account/"))
    assert elsewhere.get("/account/").status_code == 302
    assert AccountEmail.objects.get().kind == AccountEmail.Kind.PASSWORD_CHANGED


def test_nothing_of_allauths_sends_an_email_while_somebody_waits():
    with pytest.raises(NotImplementedError, match="has to leave from a job"):
        HubAccounts().send_mail("account/email/unknown_account", "a@members.example", {})


def test_what_is_not_used_is_closed(client):
    client.force_login(MemberFactory())
    closed = [one for one in addresses() if one.name not in OPEN]
    assert len(closed) > 8
    for one in closed:
        path = re.sub(r"\(.*?\)|[\^$]", "", str(one.pattern)).replace("//", "/x/")
        assert_hidden(client, f"/accounts/{path}")
        assert_hidden(Client(), f"/accounts/{path}")


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (SIGN_IN, "Sign in"),
        (FORGOTTEN, "Forgot your password"),
        (f"{FORGOTTEN}done/", "Check your e-mail"),
        (f"{FORGOTTEN}key/1-x-y/", "This link no longer works"),
    ],
)
def test_a_page_for_whoever_is_signed_out_is_in_the_hubs_words(client, address, title):
    page = client.get(address)
    assert f"<h1>{title}</h1>" in page.content.decode()
    assert "example.com" not in page.content.decode()
    assert "testserver" not in visible_text(page)
