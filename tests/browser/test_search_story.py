"""A member types, is told what there is, and opens it with keys, a finger or no script at all."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import PHONE, until, violations

pytestmark = pytest.mark.browser


def box(page, landmark="banner"):
    return page.get_by_role(landmark).get_by_role("combobox", name=re.compile("earch|looking"))


def typed(page, words, landmark="banner"):
    """Type some words and return the list that appears below the box."""
    box(page, landmark).press_sequentially(words)
    expect(page.get_by_role("option").first).to_be_visible()
    return page.get_by_role("listbox")


def active(page):
    """Return the option that the box says is the active one; None where it is the box itself."""
    named = page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
    return page.locator(f"#{named}") if named else None


def test_a_member_types_moves_with_arrow_keys_and_opens(visit):
    page = visit("member@demo.example")
    page.goto("/facts/")
    combobox = box(page)
    expect(combobox).to_have_attribute("aria-expanded", "false")
    listed = typed(page, "7.VIII.3.A")

    expect(combobox).to_have_attribute("aria-expanded", "true")
    expect(combobox).to_have_attribute("aria-controls", listed.get_attribute("id"))
    expect(page.locator("header [role=status]")).to_have_text(re.compile(r"^Suggestions: \d\."))
    assert active(page) is None
    assert violations(page) == []

    combobox.press("ArrowDown")
    first = active(page)
    expect(first).to_have_attribute("aria-selected", "true")
    expect(combobox).to_have_value("7.VIII.3.A")  # what was typed stays typed
    combobox.press("Enter")
    page.wait_for_url("**/rules/sample/7/VIII/#VIII.3.A")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("harasses, threatens or bullies")


def test_the_keys_do_what_they_do_in_every_combobox(visit):
    page = visit("member@demo.example")
    combobox = box(page)
    listed = typed(page, "comment")
    options = listed.get_by_role("option")
    last = options.count() - 1

    combobox.press("ArrowUp")
    assert active(page).get_attribute("id") == options.nth(last).get_attribute("id")
    combobox.press("ArrowDown")
    assert active(page).get_attribute("id") == options.nth(0).get_attribute("id")
    combobox.press("Home")
    assert active(page) is None
    assert page.evaluate("document.activeElement.selectionStart") == 0
    combobox.press("End")
    assert page.evaluate("document.activeElement.selectionStart") == len("comment")
    combobox.press("Escape")
    expect(listed).to_be_hidden()
    expect(combobox).to_have_value("comment")
    combobox.press("Alt+ArrowDown")
    expect(listed).to_be_visible()
    assert active(page) is None
    combobox.press("Tab")
    expect(listed).to_be_hidden()
    combobox.focus()
    combobox.press("Escape")
    expect(combobox).to_have_value("")


def test_tab_leads_past_a_list_that_is_long_enough_to_scroll(visit):
    page = visit("member@demo.example")
    page.goto("/search/")
    listed = typed(page, "7.VIII.3", "main")
    assert listed.evaluate("each => each.scrollHeight > each.clientHeight")

    box(page, "main").press("Tab")

    expect(listed).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("button", name="Search")).to_be_focused()


def test_enter_without_an_active_option_asks_as_ever(visit):
    page = visit("member@demo.example")
    typed(page, "quorum")

    box(page).press("Enter")

    page.wait_for_url("**/search/?q=quorum")
    expect(page.get_by_role("heading", name="Rules", exact=True)).to_be_visible()


def test_a_late_answer_to_what_was_typed_before_is_not_shown(visit):
    page = visit("member@demo.example")
    held = []

    def hold(route):
        if 'name="q"\r\n\r\nqu\r\n' in route.request.post_data:
            held.append(route)
        else:
            route.continue_()

    page.route("**/search/suggest/", hold)
    with page.expect_request("**/search/suggest/"):
        box(page).press_sequentially("qu")
    typed(page, "orum")

    with contextlib.suppress(Error):  # the page has given it up already
        held[0].fulfill(json=[{"label": "Late", "title": "Late", "detail": "", "url": "/late/"}])
    page.wait_for_timeout(200)
    assert "Late" not in page.get_by_role("listbox").inner_text()


def test_axe_finds_no_violation_whatever_the_page_shows(visit):
    page = visit("member@demo.example", viewport=PHONE)
    found = []
    for asked in ("7.VIII.3", "Clause+II", "7.VIII.99", "comment&kind=provision&sort=date"):
        page.goto(f"/search/?q={asked}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {each}" for each in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert found == []


def test_on_a_phone_a_tap_opens_and_nothing_moves(visit):
    page = visit("member@demo.example", viewport=PHONE)
    page.goto("/search/")
    before = page.locator("main h2").first.bounding_box()
    options = typed(page, "quorum", "main").get_by_role("option")

    assert page.locator("main h2").first.bounding_box() == before
    assert min(each.bounding_box()["height"] for each in options.all()) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert violations(page) == []
    address = options.first.get_attribute("href")
    options.first.click()
    page.wait_for_url(f"**{address}")


def test_with_data_saving_on_the_box_is_a_plain_one(visit):
    page = visit("member@demo.example")
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    page.goto("/")

    expect(page.get_by_role("banner").get_by_role("searchbox")).to_be_visible()
    assert page.get_by_role("combobox").count() == 0


def test_a_film_found_opens_two_seconds_before_the_words(visit):
    page = visit("member@demo.example")
    page.goto("/search/?q=comment&kind=film")
    link = page.locator("main h3 a").last
    said = re.search(r"at (\d+):(\d\d)", page.locator("main article .meta").last.inner_text())
    told = int(said[1]) * 60 + int(said[2])

    link.click()

    page.wait_for_url("**/courses/**")
    until(page, "document.querySelector('video').currentTime > 0")
    begins = page.evaluate("document.querySelector('video').currentTime")
    assert told - 2.1 <= begins <= told - 0.4


def test_what_is_opened_is_told_to_the_log(visit):
    page = visit("member@demo.example")
    # No other story asks this: a question counts once a day for one person.
    page.goto("/search/?q=comments+that+are+removed+by+moderators")
    second = page.locator("main a[data-result]").nth(1)

    with page.expect_request("**/search/opened/") as told:
        second.click(modifiers=["ControlOrMeta"])
    assert 'name="position"\r\n\r\n2\r\n' in told.value.post_data
    assert told.value.response().status == 204


def test_without_javascript_filters_and_results_are_links_and_forms(visit):
    page = visit("member@demo.example", javascript=False)
    page.goto("/")
    page.get_by_role("banner").get_by_role("searchbox").fill("remove a comment")
    page.get_by_role("banner").get_by_role("button", name="Search").click()

    page.get_by_text("Filter and sort").click()
    page.get_by_label("Dated from").fill("2020-01-01")
    page.get_by_label("Order").select_option("Latest first")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"since=2020-01-01.*sort=date"))
    chips = page.get_by_role("list", name="Filters in use").get_by_role("link")
    assert chips.count() == 2
    chips.first.click()
    expect(page).to_have_url(re.compile(r"q=remove\+a\+comment&sort=date$"))
    page.locator("main h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Search")
