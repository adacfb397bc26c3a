"""A member finds the rule, the fact, the lesson and the second of the film; each opens there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import until

pytestmark = pytest.mark.browser


def search(page, words):
    page.goto("/")
    page.get_by_role("banner").locator("[name=q]").fill(words)
    page.get_by_role("banner").get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=*")


def kinds(page):
    return set(page.locator("main h2").all_inner_texts())


@pytest.mark.parametrize("words", ["remove a comment", "quorum"])
def test_one_box_finds_rule_fact_lesson_and_film(visit, words):
    page = visit("member@demo.example")
    search(page, words)
    assert kinds(page) >= {"Rules", "Facts", "Lessons", "Said in films"}
    marked = " ".join(page.locator("main mark").all_inner_texts()).lower()
    assert words.split()[-1] in marked


def first_hit(page, kind):
    """Return the address of the first hit below a kind's heading."""
    section = page.locator("section", has=page.get_by_role("heading", name=kind, exact=True))
    return section.locator("h3 a").first


def test_a_rule_opens_at_its_place(visit):
    page = visit("member@demo.example")
    search(page, "7.VIII.3.A")
    link = page.locator("main h2 a").first
    assert link.get_attribute("href") == "/rules/sample/7/VIII/#VIII.3.A"
    link.click()
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text("harasses, threatens or bullies")


def test_a_film_opens_at_the_second_where_the_words_are_said(visit):
    page = visit("member@demo.example")
    search(page, "quorum")
    link = first_hit(page, "Said in films")
    second = float(re.search(r"t=([\d.]+)", link.get_attribute("href")).group(1))
    assert second > 0
    link.click()
    page.wait_for_url("**/courses/**")
    until(page, f"Math.abs(document.querySelector('video').currentTime - {second}) < 0.6")
    line = page.locator(".transcript [aria-current]")
    expect(line).to_be_in_viewport()
    following = page.locator(".transcript a").all_inner_texts()
    place = following.index(line.inner_text())
    assert "quorum" in " ".join(following[place : place + 4]).lower()


def test_a_fact_and_a_lesson_open(visit):
    page = visit("member@demo.example")
    search(page, "remove a comment")
    first_hit(page, "Facts").click()
    expect(page).to_have_url(re.compile("/facts/"))
    page.go_back()
    first_hit(page, "Lessons").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you remove a comment")


def test_the_box_works_without_javascript(visit):
    page = visit("member@demo.example", javascript=False)
    search(page, "quorum")
    assert "Rules" in kinds(page)


def test_what_nothing_holds_is_said_kindly(visit):
    page = visit("member@demo.example")
    search(page, "zyzzyva")
    expect(page.get_by_role("main")).to_contain_text("zyzzyva")
    assert page.locator("main mark").count() == 0


def test_nobody_searches_without_signing_in(visit):
    page = visit()
    page.goto("/search/?q=quorum")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
