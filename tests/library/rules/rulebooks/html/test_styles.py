"""What a page's own style sheets say holds as in a browser; nothing is fetched for it."""

import pytest
from lxml import html

from library.rules.rulebooks.html import styles
from library.rules.rulebooks.html.blocks import blocks_of
from library.rules.rulebooks.html.styles import Styles
from library.rules.rulebooks.structure import build
from tests.library.rules.rulebooks.outlines import outline


def read(page: str):
    return build(blocks_of(page, name="rules.html"))


def display(sheet: str, page: str = "<p class=rule id=first>Words") -> str:
    """Return what is said of the display of a page's first paragraph."""
    root = html.document_fromstring(f"<style>{sheet}</style>{page}")
    return Styles(root).word(root.find(".//p"), "display")


def test_a_style_sheet_says_how_lists_are_numbered():
    page = """<style>@import url(http://elsewhere.example/x.css); ol ol {list-style: lower-alpha}
    ol.none {list-style-type: none}</style>
    <h2>Rule 1: Words</h2><ol><li>one<ol><li>a</ol></ol>"""

    assert outline(read(page).tree)[1:] == ["  provision 1: one", "    provision a: a"]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("p {display: none} p {display: block}", "block"),
        ("p.rule {display: none} p {display: block}", "none"),
        ("#first {display: none} p.rule {display: block}", "none"),
        ("p {display: NONE !important} #first {display: block}", "none"),
        ("p {display: block /* none */}", "block"),
        ("div p {display: none}", ""),
    ],
)
def test_the_stronger_declaration_holds_and_of_two_alike_the_later(sheet, said):
    assert display(sheet) == said


def test_what_an_element_says_itself_is_stronger_than_a_sheet_but_for_what_is_important():
    page = '<p style="display: block">Words'

    assert display("p {display: none}", page) == "block"
    assert display("p {display: none !important}", page) == "none"


@pytest.mark.parametrize(
    "sheet",
    [
        "p:hover, p, p:::wrong {display: none}",
        "p:is(.a, .rule) {display: none}",
        "@media screen {p {display: none}}",
        "@media screen, print {p {display: none}}",
        "}} p {display: none}</style><style>p {display: none}",
    ],
    ids=["unknown selectors", "a list within", "a screen", "screen and print", "damaged"],
)
def test_what_is_known_of_a_sheet_is_read_beside_what_is_not(sheet):
    assert display(sheet) == "none"


@pytest.mark.parametrize(
    "sheet",
    ["@media print {p {display: none}}", "@import url(http://elsewhere.example/x.css);", "p {"],
)
def test_sheets_for_printers_and_from_elsewhere_say_nothing(sheet):
    assert display(sheet) == ""


def test_a_list_style_is_a_name_or_a_string():
    root = html.document_fromstring(
        """<ol style="list-style: inside lower-roman"><li style="list-style-type: '§ '">
        <li style="list-style: outside">"""
    )
    said = Styles(root)

    lists = [said.list_style(each) for each in root.iter("ol", "li")]
    assert lists == [("lower-roman", ""), ("", "§ "), None]


def test_rules_beyond_what_any_rule_book_has_are_not_read(monkeypatch):
    monkeypatch.setattr(styles, "MOST_SELECTORS", 2)

    assert display("a, b {display: none} p {display: none}") == ""
    assert display("a {display: none} p {display: none}") == "none"
