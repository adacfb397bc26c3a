"""On a read-only database people go on reading, and are told what was not saved.

A disk that is really full, and a lock that is really held, are in test_full_disk.py.
"""

import contextlib

import pytest
from django.core.cache import cache
from django.db import connection

from party.models import Notice
from tests.factories.courses import make_course
from tests.factories.party import MemberFactory
from tests.pages import visible_text

pytestmark = [
    pytest.mark.django_db(transaction=True),  # an error inside a test's own would end it
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the troubles are SQLite's own"),
]
PAGES = {  # and how each begins
    "/": "Hello, Demo",
    "/courses/": "Courses Course moderating A short course.",
    "/rules/": "Rules Every rule has its own address",
    "/facts/": "Facts Facts to share",
    "/procedures/": "Procedures Read procedures",
    "/notices/": "Notices Your notices No notices yet.",
    "/search/?q=rule": "Search What are you looking for?",
}


@contextlib.contextmanager
def read_only():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


@pytest.fixture
def member(client):
    make_course()
    client.raise_request_exception = False
    found = MemberFactory()
    client.force_login(found)
    return found


@pytest.mark.parametrize(("address", "words"), PAGES.items())
def test_reading_goes_on_where_nothing_can_be_written(client, member, address, words):
    with read_only():
        page = client.get(address, follow=True)
    assert visible_text(page).startswith(words)


def test_an_outdated_entry_of_the_cache_fails_nothing(member):
    cache.set("seen", 1, timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE membersnet_cache SET expires = '2001-01-01 00:00:00'")
    with read_only():
        assert cache.get("seen") is None


def test_a_notice_leads_on_where_it_cannot_be_marked_as_read(client, member, settings):
    notice = Notice.objects.create(member=member, subject="Read this", url="/rules/")
    with read_only():
        assert client.get(f"/notices/{notice.pk}/").url == "/rules/"
    notice.refresh_from_db()
    assert notice.read_at is None


def test_what_cannot_be_saved_is_answered_with_a_sentence(client, member):
    with read_only():
        page = client.post("/notices/read/", headers={"accept": "text/html"})
        told = client.post("/notices/read/")
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "60", "no-store")
    words = visible_text(page)
    assert "Nothing can be saved just now" in words
    assert "Nothing was changed. What you typed is still in your browser" in words
    assert told.content.decode().startswith("The hub’s storage can only be read just now.")


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/accounts/login/", {"login": "one@members.example", "password": "seven green bicycles"}),
        ("/accounts/password/reset/", {"email": "one@members.example"}),
    ],
)
def test_who_cannot_sign_in_for_want_of_a_disk_is_not_told_that_they_tried_too_often(
    client, address, given
):
    client.raise_request_exception = False
    with read_only():
        page = client.post(address, given, headers={"accept": "text/html"})
    assert page.status_code == 503
    words = visible_text(page)
    assert "The hub’s storage can only be read just now." in words
    assert "too many" not in words.lower()


def test_an_error_of_the_hubs_own_keeps_its_page(client, member, monkeypatch):
    monkeypatch.setattr("party.views.notices.mark_all_read", None)
    page = client.post("/notices/read/", headers={"accept": "text/html"})
    assert page.status_code == 500
    assert "Something went wrong" in page.content.decode()
