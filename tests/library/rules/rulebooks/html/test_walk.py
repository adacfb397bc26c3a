"""A page is written down as a browser draws it: headings, items, tables, and what is silent."""

import pytest

from library.rules.rulebooks.html.blocks import blocks_of
from library.rules.rulebooks.structure import build
from tests.library.rules.rulebooks.outlines import outline


def read(page: str):
    return build(blocks_of(page, name="rules.html"))


def shown(page: str) -> list[tuple[str, int, str, str]]:
    blocks = blocks_of(page, name="rules.html")
    return [(block.style, block.level, block.label, block.text) for block in blocks]


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


def test_lists_of_a_word_processors_page_keep_their_levels():
    page = """<h1>Rule 1</h1><p style='mso-list:l0 level1 lfo1'>1.<span>&nbsp; </span>one</p>
    <p style='mso-list:l0 level2 lfo1'>a.<span>&nbsp; </span>below</p>"""

    assert outline(read(page).tree)[1:] == ["  provision 1: one", "    provision a: below"]


def test_lists_of_a_page_from_google_docs_keep_their_levels():
    page = '<ul class="lst-kix_a1-0"><li>one</ul><ul class="lst-kix_a1-1"><li>below</ul>'

    assert shown(page) == [("item", 1, "•", "one"), ("item", 2, "•", "below")]


def test_paragraphs_within_an_item_stand_below_it_and_lists_within_it_deeper():
    page = "<ol><li><p>one<p>more<ol><li>below</ol><p>after<li>two</ol><p>outside"

    assert shown(page) == [
        ("item", 1, "1.", "one"),
        ("paragraph", 2, "", "more"),
        ("item", 2, "1.", "below"),
        ("paragraph", 2, "", "after"),
        ("item", 1, "2.", "two"),
        ("paragraph", 0, "", "outside"),
    ]


def test_an_item_that_begins_with_a_heading_gives_it_its_number():
    page = "<ol><li><h3>Names</h3><p>It is called so.<li><h3>Fees</h3></ol>"

    assert shown(page) == [
        ("heading", 3, "1.", "Names"),
        ("paragraph", 2, "", "It is called so."),
        ("heading", 3, "2.", "Fees"),
    ]


@pytest.mark.parametrize(
    ("heading", "block"),
    [
        ("<div role=heading aria-level=4>Names</div>", ("heading", 4, "", "Names")),
        ("<div role=heading>Names</div>", ("heading", 2, "", "Names")),
        ("<h1 class=title>Names</h1>", ("title", 1, "", "Names")),
        ("<h6>Na<em>m</em>es<br>here</h6>", ("heading", 6, "", "Names here")),
    ],
)
def test_a_heading_is_what_is_marked_as_one(heading, block):
    assert shown(f"{heading}<p>Words.") == [block, ("paragraph", 0, "", "Words.")]


@pytest.mark.parametrize(
    ("page", "run_in"),
    [
        ("<p><b>Names.</b> It is called so.", len("Names.")),
        ("<p><span style='font-weight: 600'>Names.</span> So.", len("Names.")),
        ("<p><span style='font-weight: bolder'>Names.</span> So.", len("Names.")),
        ("<p><span style='font-weight: 500'>Names.</span> So.", 0),
        ("<p>It is <strong>called</strong> so.", 0),
    ],
)
def test_the_bold_beginning_of_a_paragraph_is_measured_in_characters(page, run_in):
    (block,) = blocks_of(page, name="rules.html")

    assert block.run_in == run_in


def test_a_table_is_rows_with_its_caption_before_them():
    page = """<table><caption>Fees</caption><thead><tr><th>Who<th>Fee</thead>
    <tr><td>A <b>student</b><td>£1<script>1</script></table>"""
    caption, table = blocks_of(page, name="rules.html")

    assert (caption.style, caption.text) == ("paragraph", "Fees")
    assert (table.style, table.rows) == ("table", [["Who", "Fee"], ["A student", "£1"]])


def test_a_table_that_only_puts_things_beside_each_other_is_read_through():
    page = "<table><tr><td><h2>Fees</h2><td><ol><li>Pay.</ol></table>"

    assert shown(page) == [("heading", 2, "", "Fees"), ("item", 1, "1.", "Pay.")]


def test_scripts_forms_and_drawings_are_silent_and_pictures_say_what_stands_for_them():
    page = """<p>Pay<script>ten()</script> <img alt="ten pounds" src=ten.png>
    <textarea>Ask</textarea><svg><text>£</text></svg> now."""

    assert shown(page) == [("paragraph", 0, "", "Pay ten pounds now.")]
