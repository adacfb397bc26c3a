"""Rules from a page, with the numbers that a browser draws."""

import pytest

from library.rules.rulebooks.html.blocks import blocks_of
from library.rules.rulebooks.structure import build
from tests.library.rules.rulebooks.outlines import outline


def read(page: str):
    return build(blocks_of(page, name="rules.html"))


def test_lists_are_numbered_as_their_type_start_and_values_say():
    page = """<h1>Article I. Scope</h1>
    <ol type=A start=3><li>c<ol style="list-style-type: lower-roman"><li>i<li>ii</ol>
    <li>d<ol reversed><li>two<li>one</ol><li value=9>i</ol>"""

    assert outline(read(page).tree) == [
        "article I: Scope",
        "  provision C: c",
        "    provision i: i",
        "    provision ii: ii",
        "  provision D: d",
        "    provision 2: two",
        "    provision 1: one",
        "  provision I: i",
    ]


def test_a_style_sheet_says_how_lists_are_numbered():
    page = """<style>@import url(http://elsewhere.example/x.css); ol ol {list-style: lower-alpha}
    ol.none {list-style-type: none}</style>
    <h2>Rule 1: Words</h2><ol><li>one<ol><li>a</ol></ol>"""

    assert outline(read(page).tree)[1:] == ["  provision 1: one", "    provision a: a"]


def test_numbers_that_counters_draw_are_read_as_they_are_drawn():
    page = """<style>
    body {counter-reset: article}
    h2 {counter-increment: article; counter-reset: rule}
    h2::before {content: "Article " counter(article, upper-roman) ". "}
    ol {counter-reset: item; list-style: none}
    li::before {counter-increment: item; content: counters(item, ".") " "}
    p.rule::before {counter-increment: rule; content: "(" counter(rule, lower-alpha) ")"}
    </style><h2>Name</h2><ol><li>one<ol><li>below</ol><li>two</ol>
    <h2>Aims</h2><p class=rule>first<p class=rule>second"""

    assert outline(read(page).tree) == [
        "article I: Name",
        "  provision 1: one",
        "    provision 1.1: below",
        "  provision 2: two",
        "article II: Aims",
        "  provision a: first",
        "  provision b: second",
    ]


def test_tables_footnotes_and_further_paragraphs_have_their_places():
    page = """<h2>Clause I — Fees</h2><ol><li><p>Pay.<a href="#fn1" id="fnref1"><sup>1</sup></a></p>
    <p>In time.</p><li>Ask.</ol>
    <table><tr><th>Who<th>Fee<tr><td>Student<td>£1</table>
    <section class=footnotes><ol><li id=fn1><p>In cash.<a href="#fnref1">↩</a></p></ol></section>"""

    assert outline(read(page).tree) == [
        "clause I: Fees",
        "  provision 1: Pay.[^1]",
        "    footnote 1: In cash.",
        "    lead_in: In time.",
        "  provision 2: Ask.",
        "  table: Who | Fee\nStudent | £1",
    ]


def test_what_leads_through_the_page_is_hidden_or_deleted_is_left_out_and_listed():
    page = """<nav><a href="/">Home</a></nav>
    <ul><li><a href="#a">Rule 1</a><li><a href="#b">Rule 2</a><li><a href="#c">Rule 3</a></ul>
    <h2 id=a>Rule 1: Be <em>kind</em> <del>or not</del></h2>
    <p style="display:none">Secret.<script>var rule = 2;</script></p>"""
    reading = read(page)

    assert outline(reading.tree) == ["rule 1: Be kind"]
    left = [entry.text for entry in reading.left_out]
    assert sorted(left) == sorted(["Home", "Rule 1", "Rule 2", "Rule 3", "or not", "Secret."])


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


def test_lists_of_a_word_processors_page_keep_their_levels():
    page = """<h1>Rule 1</h1><p style='mso-list:l0 level1 lfo1'>1.<span>&nbsp; </span>one</p>
    <p style='mso-list:l0 level2 lfo1'>a.<span>&nbsp; </span>below</p>"""

    assert outline(read(page).tree)[1:] == ["  provision 1: one", "    provision a: below"]


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
