"""A block's own words say whether it is a title, a heading, a number or a line of contents."""

import pytest

from library.rules.rulebooks.numbering import Label
from library.rules.rulebooks.recognition import (
    contents,
    heading_label,
    is_all_heading,
    label_of,
    looks_like_heading,
    titles,
)
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Block
from tests.library.rules.rulebooks.outlines import built


def heading(text: str, level: int = 1, label: str = "") -> Block:
    return Block(text, "heading", label, level)


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        ([Block("Rule Book", "title"), Block("May"), Block("of 2026", "title")], {0, 2}),
        ([Block("Head", "running"), Block("Rule Book", "title"), heading("Rule 1")], {1}),
        ([Block("IV", "title", "Article")], set()),
        ([heading("Rule Book"), heading("Rule 1", 2)], {0}),
        ([heading("Rule Book"), heading("of the Society"), heading("Rule 1")], {0, 1}),
        ([heading("Names"), Block("Words."), heading("Fees")], set()),
        ([heading("Rule 1"), heading("Words", 2)], set()),
        ([Block("Adopted in May."), heading("Rule Book"), heading("Rule 1", 2)], set()),
        ([], set()),
    ],
    ids=[
        *("marked", "below a running head", "numbered", "the only heading", "with a second line"),
        *("one of several", "a rule", "after words", "nothing"),
    ],
)
def test_the_title_is_what_is_marked_as_one_or_the_first_heading_that_is_like_no_other(
    blocks, found
):
    assert titles(blocks) == found


@pytest.mark.parametrize("word", ["Contents", "TABLE OF CONTENTS", "Contents:"])
def test_lines_below_contents_that_end_in_a_page_or_come_again_are_contents(word):
    blocks = [
        Block(word),
        Block("Chapter 1 Names . . . . 3"),
        Block("Chapter 2 Fees\txi"),
        Block("Chapter 3: Votes", "item", "•"),
        Block("The members decide."),
        heading("Chapter 3 Votes"),
    ]

    assert contents(blocks) == {0, 1, 2, 3}


def test_a_heading_named_contents_above_other_text_is_text():
    assert contents([heading("Contents"), Block("The box holds ten ballots.")]) == set()
    assert contents([heading("Contents")]) == set()


@pytest.mark.parametrize(
    ("block", "label", "words"),
    [
        (heading("Article IV. Members"), Label("article", "IV", "article"), "Members"),
        (heading("3 Scope"), Label(None, "3", "%"), "Scope"),
        (heading("Scope", label="3."), Label(None, "3", "%."), "Scope"),
        (heading("ONE Scope", label="Part"), Label("part", "ONE", "part"), "Scope"),
        (heading("V: Fees", label="Clause"), Label("clause", "V", "clause"), "Fees"),
        (heading(" Members "), None, "Members"),
        (heading("Members", label="•"), None, "Members"),
    ],
)
def test_a_headings_number_is_told_from_its_words_wherever_it_is_drawn(block, label, words):
    assert heading_label(block) == (label, words)


@pytest.mark.parametrize(
    ("heading", "kind", "number"),
    [
        ("Article IV. Members", "article", "IV"),
        ("SECTION 3 — MEMBERS", "section", "3"),
        ("Rule 12: Members", "rule", "12"),
        ("Schedule 2. Members", "schedule", "2"),
        ("Appendix A: Members", "appendix", "A"),
        ("Part One — Members", "part", "One"),
        ("Chapter 9 (A) — Members", "chapter", "9(A)"),
        ("§ 7 Members", "section", "7"),
    ],
)
def test_every_name_of_a_division_is_known(heading, kind, number):
    (node,) = build([Block(heading, "heading", level=1), Block("Words.")]).tree

    assert (node.kind, node.number, node.heading.lower()) == (kind, number, "members")


@pytest.mark.parametrize(
    ("block", "label", "drawn"),
    [
        (Block("Pay.", "item", "(iv)"), Label(None, "iv", "(%)"), ""),
        (Block("Pay.", "item", "•"), None, ""),
        (Block("(a) Pay."), Label(None, "a", "(%)"), "(a) "),
        (Block("Section 4"), Label("section", "4", "section"), "Section 4"),
        (Block("Section 4: Fees"), Label("section", "4", "section"), "Section 4: "),
        (Block("SECTION 4 FEES"), Label("section", "4", "section"), "SECTION 4 "),
        (Block("Section 4 Fees", run_in=14), Label("section", "4", "section"), "Section 4 "),
        (Block("Section 4 applies."), None, ""),
        (Block("Section 4: Fees", "item"), None, ""),
        (Block("3 members"), None, ""),
    ],
)
def test_a_paragraphs_number_is_certain_before_it_is_taken_for_one(block, label, drawn):
    assert label_of(block) == (label, drawn)


@pytest.mark.parametrize(
    "text", ["Section 4 applies to all.", "3.5 per cent", "A member may", "Part of it", "No. 5"]
)
def test_a_sentence_that_begins_like_a_number_stays_a_sentence(text):
    assert built(Block("Rules", "heading", level=1), Block("Chapter 1", "heading"), Block(text))[
        -1
    ].strip() == (f"lead_in: {text}")


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("Purpose and Scope.", True),
        ("The members meet", True),
        ("The members meet.", False),
        ("Who may vote?", False),
        ("Fees;", False),
        ("Fees:", False),
        ("A member who has paid the fee for the year may vote at meetings", False),
        ("Duties of the Chair, the Treasurer and the Secretary of the Society", True),
        ("", False),
        (f"Duties {'of the ' * 20}", False),
    ],
)
def test_a_short_line_or_one_in_capitals_looks_like_a_heading(words, heading):
    assert looks_like_heading(words) is heading


def test_a_paragraph_is_all_heading_where_all_of_it_is_bold_and_short():
    assert is_all_heading(Block("Fees", run_in=4))
    assert not is_all_heading(Block("Fees are due.", run_in=4))
    assert not is_all_heading(Block("Fees " * 30, run_in=150))
    assert not is_all_heading(Block(""))
