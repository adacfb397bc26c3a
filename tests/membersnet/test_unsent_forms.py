"""A form sent after its session ended: nothing of it is lost, and nobody else can have it sent."""

import secrets

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from learning.models import Attempt
from tests.factories.courses import make_course, right_answers
from tests.factories.party import MemberFactory
from tests.pages import visible_text

pytestmark = pytest.mark.django_db

PASSWORD = "seven green bicycles"
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def ada():
    member = MemberFactory(first_name="Ada", last_name="Demo", email="ada@members.example")
    member.set_password(PASSWORD)
    member.save()
    return member


@pytest.fixture
def browser():
    """A client that must show the token of a form, as every browser must."""
    return Client(enforce_csrf_checks=True)


def form_in(page):
    """Return the form in a page's main part, and what it sends."""
    form = BeautifulSoup(page.content, "html.parser").main.form
    fields = {}
    for field in form("input"):
        if field.get("name") and field.get("type") not in {"checkbox", "submit"}:
            fields.setdefault(field["name"], []).append(field.get("value", ""))
    return form, fields


def sign_in_on(browser, page, **entered):
    form, fields = form_in(page)
    entered = {"login": "ada@members.example", "password": PASSWORD, **entered}
    return browser.post(form["action"], {**fields, **entered})


def send(browser, page):
    form, fields = form_in(page)
    return browser.post(form["action"], fields, follow=True)


def open_quiz(browser, member):
    """Return a quiz, open in a member's browser, and what they answer."""
    quiz = make_course().quiz()
    browser.force_login(member)
    page = browser.get(quiz.get_url())
    _form, fields = form_in(page)
    answers = {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"], **right_answers(quiz)}
    return quiz, answers


def test_answers_sent_after_the_session_ended_are_marked_once_one_has_signed_in(browser, ada):
    quiz, answers = open_quiz(browser, ada)
    browser.session.flush()
    page = browser.post(
        quiz.get_url(), answers, headers={"Referer": f"http://testserver{quiz.get_url()}"}
    )
    assert page.status_code == 401
    assert (
        "You were signed out, so nothing was saved. What you entered is kept in this page. "
        "Sign in here, and you can send it again."
    ) in visible_text(page)
    again = sign_in_on(browser, page)
    assert "You are signed in as Ada Demo." in visible_text(again)
    assert Attempt.objects.count() == 0
    back = BeautifulSoup(again.content, "html.parser").find(
        "a", string="Go back without sending it"
    )
    assert back["href"] == quiz.get_url()
    assert "You got 2 of 2 right: 100 per cent." in visible_text(send(browser, again))


def test_a_wrong_password_on_the_way_loses_nothing_either(browser, ada):
    quiz, answers = open_quiz(browser, ada)
    browser.session.flush()
    refused = sign_in_on(browser, browser.post(quiz.get_url(), answers), password="not this one")
    assert "do not belong together" in visible_text(refused)
    assert "You got 2 of 2 right" in visible_text(send(browser, sign_in_on(browser, refused)))


def test_a_browser_that_forgot_every_cookie_is_asked_to_sign_in_as_well(browser, ada):
    quiz, answers = open_quiz(browser, ada)
    browser.cookies.clear()
    page = browser.post(quiz.get_url(), answers, headers=OURS)
    assert "What you entered is kept in this page." in visible_text(page)
    assert "You got 2 of 2 right" in visible_text(send(browser, sign_in_on(browser, page)))


def test_a_form_older_than_the_latest_sign_in_is_sent_again_by_one_button(browser, ada):
    quiz, answers = open_quiz(browser, ada)
    browser.post("/accounts/logout/", {"csrfmiddlewaretoken": answers["csrfmiddlewaretoken"]})
    sign_in_on(browser, browser.get("/accounts/login/"))
    page = browser.post(quiz.get_url(), answers, headers=OURS)
    assert page.status_code == 403
    assert "Nothing was saved" in visible_text(page)
    assert "You got 2 of 2 right" in visible_text(send(browser, page))


def test_who_signed_in_in_another_tab_meanwhile_still_sends_what_the_sign_in_carries(browser, ada):
    quiz, answers = open_quiz(browser, ada)
    browser.session.flush()
    carrying = browser.post(quiz.get_url(), answers)
    sign_in_on(browser, browser.get("/accounts/login/"))
    form, fields = form_in(carrying)
    page = browser.post(
        form["action"], {**fields, "login": ada.email, "password": PASSWORD}, headers=OURS
    )
    assert "You got 2 of 2 right" in visible_text(send(browser, page))


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}]
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_another_site_sends_is_offered_to_nobody(browser, ada, headers, signed_in):
    quiz, answers = open_quiz(browser, ada)
    if not signed_in:
        browser.session.flush()
    answers["csrfmiddlewaretoken"] = "x" * 64
    page = browser.post(quiz.get_url(), answers, headers=headers)
    assert page.status_code == 403
    assert "The form is out of date" in visible_text(page)
    assert "unsent_form" not in page.content.decode()


def test_what_a_sign_in_carries_is_taken_only_as_the_hub_wrote_it(browser, ada):
    page = browser.get("/accounts/login/")
    answer = sign_in_on(browser, page, unsent_form="made up")
    assert (answer.status_code, answer.url) == (302, "/")


def test_no_password_is_carried_through_a_page(client, ada):
    page = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "x"})
    assert page.status_code == 401
    assert "You were signed out, so nothing was changed." in visible_text(page)
    assert "unsent_form" not in page.content.decode()
    assert PASSWORD not in page.content.decode()


def test_files_are_not_kept_and_the_page_says_so(client, ada):
    picture = SimpleUploadedFile("chart.png", b"x" * 1000)
    page = client.post("/admin/images/add/", {"title": "A chart", "file": picture})
    again = sign_in_on(client, page)
    assert "Files that you chose could not be kept." in visible_text(again)
    form, fields = form_in(again)
    assert form["enctype"] == "multipart/form-data"
    assert fields["title"] == ["A chart"]


def test_more_than_a_sign_in_could_carry_is_not_called_kept(client, ada, settings):
    settings.SMALL_BODY = 11_000
    page = client.post("/notices/read/", {"words": secrets.token_urlsafe(7000)})
    assert page.status_code == 401
    assert "You were signed out, so nothing was changed." in visible_text(page)


def test_an_address_that_needs_a_sign_in_says_why_one_is_asked(client):
    sentence = "You need to sign in to see this page."
    assert sentence in visible_text(client.get("/accounts/login/?next=/rules/"))
    for address in ("/accounts/login/", "/accounts/login/?next=/"):
        assert sentence not in visible_text(client.get(address))
