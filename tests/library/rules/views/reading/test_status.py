"""A page says how its text stands, stood, or what became of it, and for whom it is."""

import datetime

from django.utils import timezone

from library.rules.actions.access import restrict_part
from library.rules.models import Provision
from tests.factories.library import BOOK, make_edition


def led(browser, address: str) -> tuple[int, str]:
    response = browser.get(f"/rules/{address}")
    return response.status_code, response.headers.get("Location", "")


def test_what_is_renumbered_is_told_where_it_used_to_stand(browser, editions):
    response = browser.get("/rules/sample/7/VIII/3/A")

    html = response.content.decode()
    assert response.status_code == 404
    assert "“7/VIII/3/A” is not in The sample book, Second edition." in html
    assert '<a href="/rules/sample/7/IX/#IX.3.A">Chapter 7 Clause IX.3.A</a>' in html
    assert '<a href="/rules/sample/first-edition/7/VIII/#VIII.3.A">' in html


def test_what_never_was_is_told_with_the_nearest_there_is(browser, editions):
    response = browser.get("/rules/sample/7/IX/3/Z")

    assert response.status_code == 404
    assert (
        '<a href="/rules/sample/7/IX/#IX.3">Chapter 7 Clause IX.3</a>' in response.content.decode()
    )


def test_a_day_before_all_editions_is_told_which_there_are(browser, editions):
    response = browser.get("/rules/sample/1999-12-31/7/")

    html = response.content.decode()
    assert response.status_code == 404
    assert "No edition of The sample book was in force on 31 December 1999." in html
    assert '<a href="/rules/sample/first-edition/">First edition</a>' in html
    assert led(browser, "sample/2021-02-30/")[0] == 404


def test_an_ended_edition_says_so_and_leads_to_what_holds_now(browser, editions):
    html = browser.get("/rules/sample/first-edition/7/VIII/").content.decode()

    assert "This edition is no longer in force. It ended on 31 December 2023." in html
    assert '<a href="/rules/sample/7/IX/">Chapter 7 Clause IX — Removing a comment</a>' in html
    gone = browser.get("/rules/sample/first-edition/7/IV/").content.decode()
    assert "No current rule follows it." in gone


def test_what_holds_today_is_named_without_a_second_full_stop(browser, book):
    Provision.objects.filter(path="4/II").update(heading="Quorum.")
    coming = datetime.date(2999, 1, 1)
    new = make_edition(book.work, BOOK, "Next edition", coming)

    html = browser.get(f"{new.get_own_url()}4/II/").content.decode()
    assert 'href="/rules/sample/4/II/">Chapter 4 Clause II — Quorum.</a></p>' in html


def test_a_day_is_told_on_the_page_only_where_the_edition_held_on_it(browser, editions):
    told = "This is how the text stood on"

    right = browser.get("/rules/sample/first-edition/7/?on=2021-05-03").content.decode()
    assert f"{told} 3 May 2021." in right
    for day in ("2024-05-03", "yesterday", ""):
        assert told not in browser.get(f"/rules/sample/first-edition/7/?on={day}").content.decode()


def test_those_inside_see_who_alone_may_read_it(client, editor, book):
    client.force_login(editor)
    restrict_part(book.provisions.get(path="7"), "officers", by=None, now=timezone.now())

    assert client.get("/rules/sample/7/VIII/").content.decode().count("Only for Officers") == 1
