"""One goes from chapter to chapter, and sees where one is."""

import re

import pytest


def links_of(response) -> dict[str, str]:
    """Return the links of a page's main part: their words and where they lead."""
    return links_in(re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group())


def links_in(html: str) -> dict[str, str]:
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", " ", words).split()): href for href, words in found}


def test_the_side_shows_the_chapters_with_the_present_one_and_its_clauses(browser, book):
    response = browser.get("/rules/sample/7/")

    links = links_of(response)
    assert links["Chapter 4 — Meetings"] == "/rules/sample/4/"
    assert links["Clause IV The log"] == "/rules/sample/7/IV/"
    assert "Clause II Quorum" not in links
    assert re.findall(r'href="([^"]+)" aria-current="page"', response.content.decode()) == [
        "/rules/sample/7/"
    ]


@pytest.mark.parametrize(
    ("chapter", "previous", "following"),
    [
        ("4", None, "/rules/sample/7/"),
        ("7", "/rules/sample/4/", "/rules/sample/appendix-1/"),
        ("appendix-1", "/rules/sample/7/", None),
    ],
)
def test_one_turns_from_chapter_to_chapter(browser, book, chapter, previous, following):
    html = browser.get(f"/rules/sample/{chapter}/").content.decode()

    found = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', html))
    assert (found.get("prev"), found.get("next")) == (previous, following)
