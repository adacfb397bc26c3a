"""Reading rules written in Markdown: what stands where, and that nothing is lost."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.rules.rulebooks.markdown import blocks_of, levels_certain
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Node, Reading, places

CONTENT = Path(__file__).resolve().parents[4] / "demo" / "content"

BOOK = """\
# Book of Rules

An introduction.

A second paragraph of it.

## Chapter 7 — Online groups

### Clause VIII — Removing a comment

A comment is removed for what it says.

1. Before acting, keep a copy.
2. A moderator may remove a comment that:
  A. harasses a person; or
  B. shows an image:
    i. of a child; or
      a. of anyone else.
  In either case the log is kept.
3. The author is told.

## Appendix 1 — House rules

1. Argue about ideas.
"""


def read_rules(text: str) -> Reading:
    blocks = blocks_of(text)
    return build(blocks, levels_certain=levels_certain(blocks))


def test_a_book_becomes_a_tree_of_chapters_clauses_and_numbered_provisions():
    assert read_rules(BOOK) == Reading(
        title="Book of Rules",
        introduction="An introduction.\n\nA second paragraph of it.",
        tree=[
            Node(
                "chapter",
                "7",
                "Online groups",
                children=[
                    Node(
                        "clause",
                        "VIII",
                        "Removing a comment",
                        children=[
                            Node("lead_in", text="A comment is removed for what it says."),
                            Node("provision", "1", text="Before acting, keep a copy."),
                            Node(
                                "provision",
                                "2",
                                text="A moderator may remove a comment that:",
                                children=[
                                    Node("provision", "A", text="harasses a person; or"),
                                    Node(
                                        "provision",
                                        "B",
                                        text="shows an image:",
                                        children=[
                                            Node(
                                                "provision",
                                                "i",
                                                text="of a child; or",
                                                children=[
                                                    Node("provision", "a", text="of anyone else.")
                                                ],
                                            )
                                        ],
                                    ),
                                    Node("lead_in", text="In either case the log is kept."),
                                ],
                            ),
                            Node("provision", "3", text="The author is told."),
                        ],
                    )
                ],
            ),
            Node(
                "appendix",
                "1",
                "House rules",
                children=[Node("provision", "1", text="Argue about ideas.")],
            ),
        ],
    )


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("Chapter 7 — Online groups", "7", "Online groups"),
        ("Chapter 7 – Online groups", "7", "Online groups"),
        ("Chapter 7: Online groups", "7", "Online groups"),
        ("Chapter 7. Online groups", "7", "Online groups"),
        ("Chapter VII Online groups", "VII", "Online groups"),
        ("chapter 7", "7", ""),
        ("CHAPTER 9A — ONLINE GROUPS", "9A", "ONLINE GROUPS"),
    ],
)
def test_chapters_are_recognised_in_the_usual_ways_of_writing_them(heading, number, title):
    reading = read_rules(f"## {heading}\n1. A rule.")

    assert reading.tree == [
        Node("chapter", number, title, children=[Node("provision", "1", text="A rule.")])
    ]
    assert reading.warnings == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("1. text", "1"),
        ("1) text", "1"),
        ("(1) text", "1"),
        ("12a. text", "12a"),
        ("XIV. text", "XIV"),
        ("xiv. text", "xiv"),
        ("B. text", "B"),
        ("(b) text", "b"),
    ],
)
def test_numbers_may_be_arabic_roman_or_letters(line, number):
    assert read_rules(f"## Chapter 1\n{line}").tree[0].children == [
        Node("provision", number, text="text")
    ]


@pytest.mark.parametrize("line", ["No. 5 is void.", "Mr. Smith", "e.g. this", "3.5 per cent"])
def test_a_sentence_that_merely_begins_like_a_number_is_a_lead_in(line):
    assert read_rules(f"## Chapter 1\n{line}").tree[0].children == [Node("lead_in", text=line)]


def test_deeper_indentation_than_expected_still_hangs_below_the_line_above():
    tree = read_rules("## Chapter 1\n1. one\n      A. deep\n  B. less deep\n2. two").tree

    one, two = tree[0].children
    assert [child.number for child in one.children] == ["A", "B"]
    assert two == Node("provision", "2", text="two")


def test_rules_without_any_chapter_are_kept_in_a_part_without_a_name():
    reading = read_rules("# Title\nWords.\n1. A rule.\n2. Another.")

    assert reading.tree == [
        Node(
            "part",
            children=[
                Node("provision", "1", text="A rule."),
                Node("provision", "2", text="Another."),
            ],
        )
    ]
    assert reading.introduction == "Words."
    assert reading.warnings == [
        "Line 3: Rules before any chapter were put into a part without a name."
    ]


def test_what_is_not_text_is_listed_as_left_out_with_its_line():
    reading = read_rules("# Title\n\n---\n# Second title\n## \n## Chapter 1\n1. A rule.")

    assert [(left.line, left.text) for left in reading.left_out] == [
        (3, "---"),
        (5, "##"),
    ]
    assert all(left.reason for left in reading.left_out)


def test_a_second_title_below_the_first_is_the_beginning_of_the_introduction():
    reading = read_rules("# Title\n# Second title\n## Chapter 1\n1. A rule.")

    assert (reading.title, reading.introduction) == ("Title", "Second title")
    assert [node.number for node in reading.tree] == ["1"]


def test_a_number_used_twice_gets_an_address_of_its_own_and_a_warning():
    reading = read_rules("## Chapter 1\n1. A rule.\n1. Another.")

    assert [place.path for place in places(reading.tree)] == ["1", "1/1", "1/1-2"]
    assert reading.warnings == ["Line 3: “1” occurs twice here; this one got the address 1/1-2."]


def test_an_empty_text_gives_an_empty_tree_and_says_so():
    assert read_rules(" \n\n") == Reading(
        warnings=["No chapter, clause or numbered provision was found."]
    )


def test_a_thousand_levels_of_indentation_end_in_a_tree_and_warnings():
    lines = ["  " * depth + f"1. level {depth}" for depth in range(1000)]

    reading = read_rules("\n".join(["## Chapter 1", *lines]))

    assert len(places(reading.tree)) == 1001
    assert any("levels" in warning for warning in reading.warnings)


# --- invariants ------------------------------------------------------------------------------
def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]", text.casefold()))


def letters_of(reading: Reading) -> Counter[str]:
    """Return every letter and digit that a reading holds, wherever it holds it."""
    parts = [reading.title, reading.introduction, *(left.text for left in reading.left_out)]
    for place in places(reading.tree):
        node = place.node
        parts.extend([node.kind, node.number, node.heading, node.text])
    return letters("\n".join(parts))


prose = (
    st.text(  # without what begins a tag, an entity or a link: markup, of which no letter is kept
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="<&]"), max_size=40
    )
)
headings = ["# ", "## ", "### ", "#### ", "## Chapter ", "## Part I: ", "### Clause II "]
items = ["1. ", "  A. ", "    i. ", "(b) ", "  ii) ", "IV. ", "\t3. "]
marks = st.sampled_from([*headings, *items, "", "## Chapter 3 — ", "---", "<!--", "  ", "No. "])
any_text = st.lists(st.builds(str.__add__, marks, prose), max_size=25).map("\n".join)


@given(any_text)
def test_every_letter_of_any_text_is_in_the_tree_or_in_the_list_of_what_was_left_out(text):
    assert not letters(text.removeprefix("\ufeff")) - letters_of(read_rules(text))


@given(any_text)
def test_no_two_provisions_of_any_text_share_an_address(text):
    paths = [place.path for place in places(read_rules(text).tree)]

    assert len(paths) == len(set(paths))


# --- the demonstration's own texts -----------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "tops", "provisions"), [("rulebook.md", 8, 74), ("standing-orders.md", 3, 16)]
)
def test_the_demonstrations_texts_are_read_without_loss_or_doubt(name, tops, provisions):
    text = (CONTENT / name).read_text(encoding="utf-8")
    reading = read_rules(text)

    assert (reading.left_out, reading.warnings) == ([], [])
    assert not letters(text) - letters_of(reading)
    kinds = Counter(place.node.kind for place in places(reading.tree))
    assert (len(reading.tree), kinds["provision"]) == (tops, provisions)
