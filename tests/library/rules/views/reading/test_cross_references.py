"""References are links where they resolve for this reader."""

import re

from library.rules.models import Work
from tests.factories.library import make_edition, make_work


def links_of(response) -> dict[str, str]:
    """Return the links of a page's main part: their words and where they lead."""
    return links_in(re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group())


def links_in(html: str) -> dict[str, str]:
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", " ", words).split()): href for href, words in found}


def test_cross_references_are_links_where_they_resolve_and_words_where_not(browser, db):
    make_edition(
        make_work(),
        "## Chapter 1\n1. See Chapter 2, Clause I.1, and Clause XL.\n"
        "## Chapter 2\n### Clause I\n1. Clause I governs <b>.",
    )

    first = browser.get("/rules/sample/1/")

    assert links_of(first)["Chapter 2, Clause I.1"] == "/rules/sample/2/I/#I.1"
    assert "Clause XL" not in links_of(first)
    second = browser.get("/rules/sample/2/")
    assert links_of(second)["Clause I"] == "/rules/sample/2/I/"
    assert "governs &lt;b&gt;." in second.content.decode()


def test_a_reference_to_another_work_leads_into_that_work_if_the_reader_may(browser, book):
    text = "## Part 1\n1. As in Chapter 4, Clause II.1 of the {title}."
    make_edition(make_work("order"), text.format(title="The sample book"))
    make_edition(make_work("other"), text.format(title="Unknown Book"))

    assert (
        links_of(browser.get("/rules/order/part-1/"))["Chapter 4, Clause II.1"]
        == "/rules/sample/4/II/#II.1"
    )
    assert "Chapter 4, Clause II.1" not in links_of(browser.get("/rules/other/part-1/"))
    Work.objects.filter(slug="sample").update(audience=Work.Audience.EDITORS)
    assert "Chapter 4, Clause II.1" not in links_of(browser.get("/rules/order/part-1/"))
