"""Numbers are those that a browser draws before and after an element's text."""

import pytest

from library.rules.rulebooks.html.blocks import blocks_of
from library.rules.rulebooks.structure import build
from tests.library.rules.rulebooks.outlines import outline


def read(page: str):
    return build(blocks_of(page, name="rules.html"))


def drawn(page: str) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in blocks_of(page, name="rules.html")]


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


@pytest.mark.parametrize(
    ("style", "marker"),
    [
        ("upper-latin", "AB."),
        ("lower-roman", "xxviii."),
        ("decimal-leading-zero", "28."),
        ("square", "▪"),
        ("none", ""),
        ("'§'", "§"),
        ("hebrew", "28."),
    ],
)
def test_a_marker_is_written_in_the_style_of_its_list(style, marker):
    page = f'<ol style="list-style-type: {style}" start=28><li>Pay.</ol>'

    assert drawn(page) == [(marker, "Pay.")]


def test_the_style_of_a_list_holds_until_a_list_within_it_has_one():
    page = "<ol type=i><li>one<li type=A>two<ul><li>below<li type=square>square</ul></ol>"

    assert drawn(page) == [("i.", "one"), ("B.", "two"), ("•", "below"), ("▪", "square")]


def test_the_content_of_a_marker_takes_the_place_of_its_number():
    page = """<style>li::marker {content: "Rule " counter(list-item, upper-roman) ": "}</style>
    <ol start=4><li>Pay.<li>Ask.</ol>"""

    assert drawn(page) == [("Rule IV:", "Pay."), ("Rule V:", "Ask.")]


def test_a_counter_ends_with_the_element_in_which_it_began():
    page = """<style>section {counter-reset: rule} p {counter-increment: rule}
    p::before {content: counters(rule, ".")}</style>
    <section><p>one<section><p>below<p>too</section><p>two</section><section><p>one</section>"""

    assert drawn(page) == [
        *(("1", "one"), ("1.1", "below"), ("1.2", "too"), ("2", "two"), ("1", "one")),
    ]


def test_counters_are_set_and_go_in_steps():
    page = """<style>h2 {counter-set: rule 10} p {counter-increment: rule 5}
    p::before {content: counter(rule)}</style><p>a<h2>Fees</h2><p>b<p>c"""

    assert drawn(page) == [("5", "a"), ("", "Fees"), ("15", "b"), ("20", "c")]


def test_what_is_drawn_after_the_text_and_taken_from_attributes_is_read():
    page = """<style>h2::before {content: attr(data-n) " " / "spoken"} p::after {content: " (end)"}
    h3::before {content: "Unseen"; display: none}</style>
    <h2 data-n="Article I">Name</h2><p>Words<h3>Aims</h3>"""

    assert drawn(page) == [("Article I", "Name"), ("", "Words (end)"), ("", "Aims")]


def test_values_that_are_no_numbers_are_passed_over():
    page = "<ol start=first><li>one<li value=''>two<li value=-3>below<li value=1e9>far</ol>"

    assert drawn(page) == [("1.", "one"), ("2.", "two"), ("-3.", "below"), ("-2.", "far")]
