"""A lesson's blocks, as they are written in the demonstration and as a page takes them."""

from demo.loader.courses import block


def test_markdown_becomes_the_rich_text_that_wagtail_stores():
    assert block({"type": "text", "value": "Keep **a** *copy*."}) == (
        "text",
        "<p>Keep <b>a</b> <i>copy</i>.</p>\n",
    )
    assert block({"type": "example", "situation": "One", "response": "**Two**"}) == (
        "example",
        {"situation": "<p>One</p>\n", "response": "<p><b>Two</b></p>\n"},
    )


def test_a_rule_is_of_the_sample_book_unless_it_names_another():
    assert block({"type": "provision", "citation": "1.I"}) == (
        "provision",
        {"work": "sample", "citation": "1.I"},
    )
    named = {"type": "provision", "work": "standing-orders", "citation": "1"}
    assert block(named)[1]["work"] == "standing-orders"


def test_a_heading_is_taken_as_it_is_written():
    assert block({"type": "heading", "value": "What *is* it"}) == ("heading", "What *is* it")
