"""Each provision is drawn at its own place, in the order of the book."""

import re

from tests.factories.library import make_edition, make_work
from tests.pages import visible_text


def test_a_chapter_shows_every_provision_at_its_own_place(browser, book):
    html = browser.get("/rules/sample/7/").content.decode()

    places = re.findall(r'<(?:section|div) class="(?:clause|provision)[^"]*" id="([^"]+)"', html)
    assert places == [
        p.anchor for p in book.provisions.filter(path__startswith="7/").order_by("position")
    ]
    for provision in book.provisions.filter(path__startswith="7/", kind="provision"):
        assert f'data-citation="{provision.cited_as}"' in html
        assert f'data-link="/rules/sample/{provision.path}"' in html
        assert f'data-permanent="{provision.get_permanent_url()}"' in html
        assert f'href="#{provision.anchor}"' in html


def test_a_chapter_reads_in_the_order_of_the_book(browser, book):
    text = visible_text(browser.get("/rules/sample/7/"))

    assert (
        "Clause VIII Removing a comment A comment is removed for what it says. "
        "1. Before acting, a moderator keeps a copy, subject to Clause IV.1 . "
        "3. A moderator may remove a comment that: "
        "A. harasses a person, as Chapter 4, Clause II.1 never says; or "
        "B. shows an image: i. of a child."
    ) in text


def test_letters_that_differ_only_in_case_are_different_provisions(browser, db):
    make_edition(make_work(), "## Chapter 1\n### Clause I\n1. x\n  a. small\n  A. capital")

    for letter in ("a", "A"):
        response = browser.get(f"/rules/sample/1/I/1/{letter}")
        assert response.headers["Location"] == f"/rules/sample/1/I/#I.1.{letter}"
