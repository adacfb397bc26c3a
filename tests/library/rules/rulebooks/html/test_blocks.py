"""Any page that has words gives blocks, and none of the words is lost."""

import pytest

from library.rules.rulebooks.html.blocks import blocks_of
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import NotADocument
from tests.library.rules.rulebooks.outlines import outline


def read(page: str):
    return build(blocks_of(page, name="rules.html"))


@pytest.mark.parametrize(
    "page",
    [
        "<ol><li>a<b>c</li></ol></p></div><ol type=a><li>x<ol><li>y</ol><table><tr><td>1<td>2<p>z",
        "<body>" + "".join(f"<ol><li>level {n}" for n in range(1_500)) + "<p>the end",
        "<!DOCTYPE html [<!ENTITY a 'b'>]><p>1. &a; &amp; <![CDATA[x]]>",
    ],
    ids=["wrongly nested", "deep", "entities"],
)
def test_broken_pages_keep_their_words(page):
    reading = read(page)

    held = " ".join([*outline(reading.tree), *(left.text for left in reading.left_out)])
    for word in ("the end", "level 1499") if "the end" in page else ():
        assert word in held
    assert reading.tree


@pytest.mark.parametrize("page", ["", "  ", "<!-- Chapter 1 -->"])
def test_a_page_without_anything_is_refused(page):
    with pytest.raises(NotADocument, match=r"“rules\.html” has no text; nothing was read\."):
        read(page)


def test_the_name_of_a_page_is_the_title_of_a_book_that_says_none_itself():
    named = "<title>Rule  book</title>"

    assert read(f"{named}<h2>Rule 1: Words</h2>").title == "Rule book"
    assert read(f"{named}<h1>The rules</h1><h2>Rule 1: Words</h2>").title == "The rules"


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><title>Book</title><main><h1>Rule 1</h1><p>Pay.</main>",
        "<style>p {margin: 0}</style><article><h1>Rule 1</h1></article><p>Pay.",
        "<html><meta charset=utf-8><section><h1>Rule 1</h1></section>Pay.",
    ],
)
def test_a_page_that_leaves_out_the_tags_of_head_and_body_is_read_all_the_same(page):
    assert [(block.style, block.text) for block in blocks_of(page, name="rules.html")] == [
        ("heading", "Rule 1"),
        ("paragraph", "Pay."),
    ]


def test_the_words_of_links_between_footnotes_and_marks_are_listed_as_such():
    page = """<p>Pay.<a class=noteref href="#n1" id=r1>note</a>
    <p id=n1>In cash. <a href="#r1">Back</a>"""

    assert [(left.text, left.reason) for left in read(page).left_out] == [
        ("note", "A link between a footnote and its mark."),
        ("Back", "A link between a footnote and its mark."),
    ]
