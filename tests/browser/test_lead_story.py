"""A regional digital lead sees her region's posts, whom to ring, and no other region."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
REGION = "/regions/yorkshire-and-the-humber/"
STATES = ["Trained", "Expiring", "In progress", "Expired", "Never trained", "Vacant"]


def counts(page):
    """Return the number of posts by state, as the page shows them."""
    found = {}
    for entry in page.locator(".states li").all():
        number, state = entry.inner_text().split("\n", 1)
        found[state.strip()] = int(number)
    return found


def test_every_state_occurs_and_the_numbers_add_up(visit):
    page = visit("lead@demo.example")
    page.goto("/regions/")
    expect(page).to_have_url(re.compile(REGION))
    found = counts(page)
    assert list(found) == STATES
    assert all(number > 0 for number in found.values())
    assert sum(found.values()) == page.locator("tbody tr").count() == 54
    assert page.locator("polygon.hex").count() == 54
    sentence = page.get_by_text(re.compile(r"\d+ of 54 posts are held by")).inner_text()
    assert int(sentence.split()[0]) == found["Trained"] + found["Expiring"]


def test_a_state_can_be_looked_at_alone(visit):
    page = visit("lead@demo.example")
    page.goto(REGION)
    vacant = counts(page)["Vacant"]
    page.locator(".states a", has_text="Vacant").click()
    assert page.locator("tbody tr").count() == vacant
    assert set(page.locator("tbody .badge").all_inner_texts()) == {"Vacant"}


def test_she_is_told_whom_to_ring_and_why(visit):
    page = visit("lead@demo.example")
    page.goto(REGION)
    calls = page.locator(".calls li")
    assert calls.count() == 5
    expect(calls.first).to_contain_text("ran out on")
    expect(calls.first.get_by_role("link", name=re.compile("Ring 07700 900"))).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/regions/london/", "/units/hexham/", "/regions/no-such-region/"]
)
def test_what_is_not_theirs_answers_404(visit, address):
    page = visit("lead@demo.example")
    assert page.goto(address).status == 404
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()


@pytest.mark.parametrize("person", ["officer", "member", "author"])
def test_nobody_else_sees_the_region(visit, person):
    page = visit(f"{person}@demo.example")
    assert page.goto(REGION).status == 404


def test_the_national_team_sees_every_region(visit):
    page = visit("national@demo.example")
    page.goto("/regions/")
    assert page.locator(".card-list h2").count() == 12
