"""Links are told apart: marks of footnotes, the ways back to them, and all others."""

import pytest
from lxml import html

from library.rules.rulebooks.html.blocks import blocks_of
from library.rules.rulebooks.html.notes import Notes


def shown(page: str) -> list[tuple[str, str, str]]:
    return [(block.style, block.label, block.text) for block in blocks_of(page, name="rules.html")]


@pytest.mark.parametrize("mark", ["1", "[1]", "(a)", "*", "†", "iv"])
@pytest.mark.parametrize("back", ["↩", "↩︎", "^", "Back", "1", "[1]", "a", "*"])
def test_a_note_that_links_back_to_its_mark_is_a_footnote(mark, back):
    page = f"""<p>Pay.<sup id=r1><a href="#n1">{mark}</a></sup>
    <p id=n1><a href="#r1">{back}</a> In cash."""

    found = [each for each in shown(page) if each[0] != "comment"]
    assert found == [("paragraph", "", "Pay.[^1]"), ("footnote", "1", "In cash.")]


def test_a_note_that_is_marked_more_than_once_has_one_number_and_a_way_back_to_each():
    page = """<p>Pay.<a href="#n1" id=r1>[1]</a> Ask.<a href="#n1" id=r2>[1]</a>
    Vote.<a href="#n2" id=r3>[2]</a>
    <ol><li id=n1>^ <a href="#r1">a</a> <a href="#r2">b</a> In cash.
    <li id=n2><a href="#r3">^</a> By hand.</ol>"""

    notes = Notes(html.document_fromstring(page))

    assert list(notes.marks.values()) == ["1", "1", "2"]
    assert list(notes.bodies.values()) == ["1", "2"]
    assert {link.text for link in notes.back} == {"a", "b", "^"}


@pytest.mark.parametrize("named", ["class=footnote-ref", "role=doc-noteref", 'class="endnote x"'])
def test_a_link_that_is_marked_as_a_footnotes_needs_no_way_back(named):
    page = f'<p>Pay.<a {named} href="#n1">see the note</a><aside id=n1>In cash.</aside>'

    assert shown(page)[:2] == [("paragraph", "", "Pay.[^1]"), ("footnote", "1", "In cash.")]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#n1">1</a>',
        '<a href="#n1" id=r1>the rule on cash</a>',
        '<a href="#lost" id=r1>1</a>',
        '<a href="/notes#n1" id=r1>1</a>',
        '<a href="#p" id=r1>1</a>',
    ],
    ids=["no way back", "words", "leads nowhere", "another page", "its own paragraph"],
)
def test_other_links_are_words_and_what_they_lead_to_is_text(link):
    page = f'<p id=p>Pay {link}.<p id=n1><a href="#r1">↩</a> In cash.'

    assert [style for style, _label, _text in shown(page)] == ["paragraph", "paragraph"]
