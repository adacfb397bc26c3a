"""The site's own addresses: its health, and what it offers nobody."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.db import DatabaseError, OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ground.jobs.signs import show_life
from membersnet.management.commands.worker import served_queues
from membersnet.views import health
from party.models import Member
from tests.factories.party import MemberFactory
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


TOKEN = {"authorization": "Bearer the-operators-own"}


@pytest.fixture(autouse=True)
def token(settings):
    settings.OPERATORS_TOKEN = "the-operators-own"


def operator(rf):
    return rf.get("/healthz", headers=TOKEN)


def alive(*queues):
    show_life(list(queues))


def test_health_is_ready_when_all_its_parts_are_and_is_kept_by_nobody(rf: RequestFactory):
    alive(*served_queues("*"))
    answer = health(rf.get("/healthz"), index=lambda: {"state": "ready"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def test_an_index_that_is_behind_does_not_make_the_site_ill(rf):
    alive(*served_queues("*"))
    answer = health(operator(rf), index=lambda: {"state": "behind", "waiting": 3})
    assert answer.status_code == 200
    assert json.loads(answer.content)["index"] == {"state": "behind", "waiting": 3}


def test_health_names_the_queue_without_a_worker(client):
    alive("default", "index")
    answer = client.get("/healthz", headers=TOKEN)
    assert answer.status_code == 503
    assert answer.json()["worker"] == {"state": "missing", "queues": ["media", "speech"]}
    assert answer.json()["database"]["state"] == "ready"


def test_a_worker_that_was_last_seen_long_ago_counts_as_missing(client):
    alive(*served_queues("*"))
    show_life(["media"], now=timezone.now() - datetime.timedelta(minutes=1))
    assert client.get("/healthz", headers=TOKEN).json()["worker"]["queues"] == ["media"]


def test_an_index_whose_tables_are_away_is_said_and_not_raised(rf):
    def away():
        raise DatabaseError

    alive(*served_queues("*"))
    answer = health(operator(rf), index=away)
    assert answer.status_code == 503
    assert b'"index": {"state": "down"}' in answer.content


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer something else"}])
def test_health_tells_strangers_and_members_one_word(client, headers):
    alive("default", "index")
    assert client.get("/healthz", headers=headers).json() == {"state": "not ready"}
    client.force_login(MemberFactory())
    assert client.get("/healthz", headers=headers).json() == {"state": "not ready"}


def test_without_a_token_in_the_settings_none_is_right(client, settings):
    settings.OPERATORS_TOKEN = ""
    answer = client.get("/healthz", headers={"authorization": "Bearer "})
    assert answer.json() == {"state": "not ready"}


def test_health_tells_a_superuser_what_is_missing(client):
    client.force_login(Member.objects.create_superuser("national@members.example", "x"))
    assert set(client.get("/healthz").json()) == {"state", "database", "worker", "index"}


@pytest.mark.parametrize("signed_in", [False, True])
def test_health_answers_everybody_while_the_database_is_away(client, signed_in):
    def away(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    if signed_in:
        client.force_login(MemberFactory())
    with connection.execute_wrapper(away):
        answer = client.get("/healthz")
        page = client.get("/healthz", headers=TOKEN)
    assert (answer.status_code, answer.json()) == (503, {"state": "not ready"})
    assert page.json()["database"] == {"state": "down"}


@pytest.mark.parametrize(
    "address",
    ["/_util/login/", "/admin/failwhale/", "/admin/test404/"],
)
def test_what_a_library_offers_and_the_hub_does_not_want_is_not_there(client, address):
    client.force_login(Member.objects.create_superuser("national@members.example", "x"))
    page = client.get(address)
    assert page.status_code == 404
    assert "Page not found" in page.content.decode()


def test_there_is_one_sign_in_and_it_leads_back_into_the_admin(client):
    page = client.get("/admin/login/?next=/admin/films/")
    assert page.url == "/accounts/login/?next=/admin/films/"


def test_a_member_who_may_not_edit_is_told_so_and_not_sent_round(client):
    client.force_login(MemberFactory())
    page = client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert visible_text(page).startswith("You do not have permission"), "said once, by the page"


def test_whoever_may_edit_enters(client):
    client.force_login(Member.objects.create_superuser("national@members.example", "x"))
    assert "Site summary" in visible_text(client.get("/admin/"))


def test_a_form_that_is_out_of_date_gets_a_page_and_a_script_gets_json_both_a_fresh_token():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(MemberFactory())
    page = strict.post("/notices/read/", headers={"accept": "text/html"})
    told = strict.post("/notices/read/", headers={"accept": "application/json"})
    assert "The form is out of date" in page.content.decode()
    assert told.json()["error"] == (
        "You signed in again since you opened this page, so nothing was saved. Save it again."
    )
    assert told.json()["reason"] == "CSRF token missing."
    assert [answer.status_code for answer in (page, told)] == [403, 403]
    assert page.cookies["csrftoken"].value


def test_an_author_who_is_signed_out_reads_it_where_wagtail_says_what_became_of_an_autosave(client):
    answer = client.post("/admin/pages/1/edit/", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["success"] is False
    assert answer.json()["error_code"] == "locked", (
        "one of the codes of which it shows the sentence"
    )
    assert answer.json()["error_message"] == (
        "You are signed out, so nothing was saved. Sign in in another tab."
    )


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_that_says_what_failed_looks_like_the_hub_and_asks_nothing_of_it(name):
    with CaptureQueriesContext(connection) as queries:
        page = BeautifulSoup(render_to_string(name), "html.parser")
    assert len(queries) == 0
    sheets = [link["href"] for link in page("link", rel="stylesheet")]
    assert len(sheets) == 2
    for sheet in sheets:
        assert finders.find(sheet.removeprefix("/static/")), f"{sheet} is kept under this name"
    assert page.header.find("a", string="Membersnet")["href"] == "/"
