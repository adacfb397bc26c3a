"""What is watched is not lost: no line, an ended session, another person, 600 jumps in one sitting.

The film's clock is set by hand: what was watched then does not depend on how fast anything plays.
"""

import json
import random
import re
from itertools import chain

import pytest
from playwright.sync_api import expect

from learning.models.progress import union_of
from tests.browser.conftest import PASSWORD, PHONE, sign_in, until, violations

pytestmark = pytest.mark.browser
LESSON = "/courses/moderating-groups/keeping-a-record/"
LEARNER = "author@demo.example"  # no other story has them take the course
REPORT = re.compile("/progress/")
# The film says that it plays, at a second that the story sets.
BY_HAND = """() => {
    const film = document.querySelector("video");
    let now = 0, paused = true;
    Object.defineProperty(film, "currentTime", { get: () => now, set: () => {} });
    Object.defineProperty(film, "paused", { get: () => paused });
    Object.defineProperty(film, "readyState", { get: () => 4 });
    const tell = (name) => film.dispatchEvent(new Event(name));
    window.watchFilm = (from, to) => {
        [now, paused] = [from, false];
        tell("playing");
        for (now = from; now < to; now = Math.min(to, now + 1)) tell("timeupdate");
        tell("timeupdate");
    };
    window.pauseFilm = () => { paused = true; tell("pause"); };
    window.jumpTo = (to) => { tell("seeking"); now = to; tell("seeked"); };
}"""
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('watched '))"


@pytest.fixture
def lesson(visit):
    """Open the lesson as a learner; the film's clock then is set by `watch`."""

    def open_lesson(**options):
        page = visit(LEARNER, **options)
        page.goto(LESSON)
        page.evaluate(BY_HAND)
        return page

    return open_lesson


def watch(page, begin, end):
    """Watch some seconds, then stop, which reports them."""
    page.evaluate(f"watchFilm({begin}, {end}); pauseFilm()")


def watch_and_report(page, begin, end):
    """Watch some seconds and return the answer to their report."""
    with page.expect_response(REPORT) as answer:
        watch(page, begin, end)
    return answer.value


def says(page, sentence):
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def pieces_of(request):
    return [tuple(piece) for piece in json.loads(fields_of(request)["segments"])]


def fields_of(request):
    return dict(re.findall(r'name="(\w+)"\r\n\r\n(.*?)\r\n', request.post_data))


def kept(page):
    return [json.loads(entry)["segments"] for _name, entry in page.evaluate(KEPT)]


def test_what_is_watched_without_a_connection_is_said_kept_and_saved_once_there_is_one(lesson):
    page = lesson(viewport=PHONE)
    before = watch_and_report(page, 0, 2).json()["watched"]
    page.context.set_offline(True)
    watch(page, 10, 14)
    says(page, "There is no connection, so what you watch is not being saved.")
    watch(page, 20, 21)
    assert kept(page) == [[[10, 14], [20, 21]]]
    assert violations(page) == []
    with page.expect_response(REPORT) as answer:
        page.context.set_offline(False)
    says(page, "Saved: all that you have watched.")
    assert kept(page) == []
    after = answer.value.json()["watched"]
    assert after == before + 5
    assert watch_and_report(page, 10, 14).json()["watched"] == after, "sent twice, it counts once"


def test_a_tab_that_is_closed_without_a_connection_loses_nothing(lesson):
    page = lesson()
    before = watch_and_report(page, 0, 2).json()["watched"]
    context = page.context
    context.set_offline(True)
    watch(page, 30, 35)
    says(page, "There is no connection")
    page.close()
    context.set_offline(False)

    home = context.new_page()
    with home.expect_response(REPORT) as answer:
        home.goto("/")
    assert pieces_of(answer.value.request) == [(30, 35)]
    assert answer.value.json()["watched"] == before + 5
    until(home, f"{KEPT}.length === 0")
    home.close()


def test_what_was_kept_on_one_device_does_not_move_back_where_another_got_to(lesson):
    page = lesson()
    before = watch_and_report(page, 0, 2).json()["watched"]
    context = page.context
    context.set_offline(True)
    watch(page, 5, 6)
    says(page, "There is no connection")
    page.close()
    elsewhere = lesson()
    assert watch_and_report(elsewhere, 7, 9).json()["watched"] == before + 2

    context.set_offline(False)
    again = context.new_page()
    with again.expect_response(REPORT) as answer:
        again.goto(LESSON)
    assert fields_of(answer.value.request)["position"] == "6"
    assert answer.value.json()["watched"] == before + 3
    until(again, "document.querySelector('video').currentTime === 9")
    again.reload()
    assert again.locator("#film").get_attribute("data-start") == "9.0"


def test_after_signing_in_in_another_tab_what_was_watched_is_saved_and_the_form_is_taken(lesson):
    page = lesson()
    before = watch_and_report(page, 0, 2).json()["watched"]
    page.context.clear_cookies(name="sessionid")
    assert watch_and_report(page, 40, 44).status == 401
    says(page, "You are signed out, so what you watch is not being saved.")
    assert violations(page) == []

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    another_tab = opened.value
    another_tab.get_by_label("E-mail address").fill(LEARNER)
    another_tab.get_by_label("Password").fill(PASSWORD)
    another_tab.get_by_role("main").get_by_role("button", name="Sign in").click()
    another_tab.wait_for_url(f"**{LESSON}")
    another_tab.close()

    page.evaluate("dispatchEvent(new Event('focus'))")  # as a browser does for the tab gone back to
    says(page, "Saved: all that you have watched.")
    assert watch_and_report(page, 0, 2).json()["watched"] == before + 4
    page.get_by_role("button", name="I have finished this lesson").click()
    expect(page.get_by_text("You have watched")).not_to_have_count(0)
    expect(page.get_by_text("The form is out of date")).to_have_count(0)


def test_what_one_person_watched_is_never_saved_as_anothers_and_signing_out_clears_it(lesson):
    page = lesson()
    page.context.set_offline(True)
    watch(page, 50, 53)
    says(page, "There is no connection")
    assert kept(page) == [[[50, 53]]]
    page.route(REPORT, lambda route: route.abort())  # what waits stays in the browser
    page.context.set_offline(False)

    another_tab = page.context.new_page()
    another_tab.goto("/rules/")
    another_tab.get_by_role("button", name="Sign out").click()
    another_tab.get_by_role("link", name="Sign in").first.wait_for()
    until(another_tab, "Object.keys(localStorage).length === 0")
    sign_in(another_tab, "member@demo.example")
    page.unroute(REPORT)
    assert watch_and_report(page, 54, 55).status == 409
    says(page, "Somebody else is signed in now")
    assert kept(page) == []
    another_tab.get_by_role("button", name="Sign out").click()
    another_tab.get_by_role("link", name="Sign in").first.wait_for()
    sign_in(another_tab, LEARNER)
    answer = watch_and_report(page, 54, 55)
    assert pieces_of(answer.request) == [(50, 53), (54, 55)]
    assert answer.status == 200
    another_tab.close()


def test_six_hundred_jumps_in_one_sitting_are_all_taken_however_little_is_taken_at_once(lesson):
    page = lesson()
    taken = []

    def narrow(route):  # a server that takes less at once than the player thinks
        pieces = pieces_of(route.request)
        if len(pieces) > 150:
            return route.fulfill(status=413, body="")
        taken.append(pieces)
        return route.continue_()

    page.route(REPORT, narrow)
    page.evaluate(
        "for (let n = 0; n < 600; n += 1) { jumpTo(n * 3); watchFilm(n * 3, n * 3 + 1); }"
        "pauseFilm()"
    )
    until(page, f"{KEPT}.length === 0")
    assert [len(pieces) for pieces in taken] == [100] * 6
    assert union_of(chain.from_iterable(taken)) == [(n * 3.0, n * 3.0 + 1) for n in range(600)]


def test_a_hub_that_cannot_save_is_asked_again_only_after_the_time_it_names(lesson):
    page = lesson()
    asked = []

    def busy(route):
        asked.append(route.request)
        route.fulfill(status=503, headers={"Retry-After": "3600"}, body="")

    page.route(REPORT, busy)
    watch(page, 60, 61)
    says(page, "The hub cannot save what you watch just now.")
    watch(page, 62, 63)
    assert kept(page) == [[[60, 61], [62, 63]]]
    assert len(asked) == 1


def test_the_player_joins_what_it_watches_as_the_server_does(lesson):
    page = lesson()
    module = "/static/learning/watched.js"
    chance = random.Random(11)
    pieces = [[n / 2, n / 2 + 0.4] for n in range(501)]  # as jumping about makes them
    scattered = [[s, s + chance.random() * 9] for s in (chance.random() * 2000 for _ in pieces)]
    for given in (pieces, scattered, [[2, 1], [3, 3]], []):
        joined = page.evaluate(f"given => import('{module}').then(m => m.union(given))", given)
        assert joined == [list(segment) for segment in union_of(given)]
    left = page.evaluate(
        f"() => import('{module}').then(m => m.without([[0, 10], [20, 30]], [[4, 5], [8, 22]]))"
    )
    assert left == [[0, 4], [5, 8], [22, 30]]
