"""The PDF of rules: all their words on paper, tagged, and nothing of them read as markup."""

import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pytest
from django.conf import settings as hub

from library.rules.rulebooks.printing import Sheet, as_pdf
from library.rules.rulebooks.tree import Node

SHEET = Sheet(
    title="Clause VIII — Removing a comment",
    above="Sample Rule Book · Chapter 7",
    edition="2026 sample",
    standing="In force from 1 January 2026",
    foot="https://hub.example/rules/sample/7/VIII/ · taken on 21 November 2026",
    publisher="Membersnet",
    notices=["This is a sample and binds nobody."],
    introduction="Of these rules.\n\nThey are few.",
)


def printed(tree: Sequence[Node]) -> tuple[str, pypdfium2.PdfDocument]:
    """Return the words of the PDF, without spaces, and the PDF."""
    document = pypdfium2.PdfDocument(as_pdf(tree, SHEET, fonts=hub.TYPEFACE_DIR))
    pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s", "", "".join(pages)), document


def words(tree: Sequence[Node]) -> Iterator[str]:
    for node in tree:
        yield from (node.heading, *re.split(r"\[\^[^\]]+\]|\||\n", node.text))
        yield from words(node.children)


def test_a_clause_is_printed_with_its_numbers_notices_and_where_it_came_from():
    note = Node("footnote", "1", text="See the guidance.")
    table = Node("table", text="Post | Term\nChair | One year")
    third = Node(
        "provision", "3", text="A comment that:", children=[Node("provision", "A", text="harasses")]
    )
    tree = [Node("lead_in", text="A comment is removed.[^1]", children=[note]), third, table]
    text, document = printed([Node("clause", "VIII", "Removing a comment", children=tree)])
    for expected in [*words(tree), "3.", "A.", *SHEET.notices, SHEET.foot, "They are few."]:
        assert re.sub(r"\s", "", expected) in text
    assert document.get_metadata_value("Title") == SHEET.title
    assert document.is_tagged()


@pytest.mark.parametrize(
    "text", ["#set page()", "$x^2$", "*b* _i_ `c`", "= no heading", "@ref <a>"]
)
def test_what_would_be_markup_is_printed_as_it_stands(text):
    printed_text, _document = printed([Node("provision", "1", text=text)])
    assert text.replace(" ", "") in printed_text


def test_a_sign_that_the_typeface_lacks_is_a_question_mark_and_stops_nothing():
    odd = "A \x01\uf0b7 bullet, 中 and 🎉, kept: é€"
    text, _document = printed([Node("provision", "1", text=odd)])
    assert "A?bullet,?and?,kept:é€" in text


def test_the_deepest_rules_are_printed():
    node = Node("provision", "1", text="deepest")
    for depth in range(14):
        node = Node("provision", "a", text=f"level {depth}", children=[node])
    text, _document = printed([node])
    assert "deepest" in text
