"""The outline: what is written is read as the same tree; what cannot be read is named."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.outline_text import (
    MARK,
    Unreadable,
    as_markdown,
    is_outline,
    read_outline,
    write_outline,
)
from library.rules.rulebooks.tree import Kind, Node
from tests.library.rules.rulebooks.trees import trees

CONTENT = Path(__file__).resolve().parents[4] / "demo" / "content"

# --- the identity ----------------------------------------------------------------------------
SIGNS = [
    *"ab1.*\\{}[]|<>#:-—& \t\nIiV~;é\u00a0\u2028\r",
    *("<br>", "&#10;", "&#92;", "**", "1. ", "(a) ", "- ", ": ", " | ", "[^1]: ", "\\", "> "),
    *("Chapter 7", "## ", "{clause 3} ", "---", "| a |", "<!--", "No. "),
]
odd_text = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join)
usual = [
    "",
    "1",
    "A",
    "a",
    "i",
    "IV",
    "9A",
    "1A",
    "aa",
    "1.1",
    "3.2.1",
    "9 (A)",
    "9(A)",
    "é?",
    "iii",
]
numbers = st.sampled_from(usual) | odd_text
kinds = st.sampled_from(get_args(Kind))


def any_node(below: st.SearchStrategy) -> st.SearchStrategy[Node]:
    return st.builds(Node, kinds, numbers, odd_text, odd_text, below)


any_tree = st.lists(
    st.recursive(
        any_node(st.just([])), lambda inner: any_node(st.lists(inner, max_size=3)), max_leaves=8
    ),
    max_size=3,
)


@settings(max_examples=400, deadline=None)
@given(any_tree, odd_text, odd_text)
def test_any_tree_of_any_kinds_and_words_comes_back_the_same(tree, title, introduction):
    title = title if title.strip() else ""
    text = as_markdown(tree, title=title, introduction=introduction)
    reading = read_outline(text)

    assert (reading.title, reading.introduction, reading.tree) == (title, introduction, tree)


@settings(max_examples=100, deadline=None)
@given(trees())
def test_what_comes_back_is_written_letter_by_letter_the_same(tree):
    text = write_outline(tree, introduction="Of these rules.")
    reading = read_outline(text)

    assert write_outline(reading.tree, introduction=reading.introduction) == text


@settings(max_examples=50, deadline=None)
@given(trees())
def test_an_exported_file_is_imported_as_the_same_tree(tmp_path_factory, tree):
    path = tmp_path_factory.mktemp("export") / "data.md"
    path.write_text(as_markdown(tree, title="A book", introduction="Of these."), encoding="utf-8")
    reading = read_file(path, name="data.md")

    assert (reading.title, reading.introduction, reading.tree) == ("A book", "Of these.", tree)
    assert reading.left_out == []


@pytest.mark.parametrize("name", ["rulebook.md", "standing-orders.md"])
def test_the_demonstrations_books_come_back_without_doubt(tmp_path, name):
    first = read_file(CONTENT / name, name=name)
    (tmp_path / "data.md").write_text(
        as_markdown(first.tree, title=first.title, introduction=first.introduction)
    )
    again = read_file(tmp_path / "data.md", name="data.md")

    assert again.tree == first.tree
    assert (again.introduction, again.warnings) == (first.introduction, [])


# --- how it looks ----------------------------------------------------------------------------
def test_a_book_looks_as_people_would_write_it():
    table = Node("table", text="Post | Term\nChair | One year")
    note = Node("footnote", "1", text="See the guidance.")
    tree = [
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
                        Node("provision", "1", "Posts", "There are posts.[^1]", [table, note]),
                        Node("provision", "2", text="A moderator may:"),
                    ],
                ),
                Node("lead_in", text="This closes the chapter."),
            ],
        ),
        Node("section", "4", text="The board meets.\nIt adjourns."),
        Node("part", heading="Money"),
    ]
    assert as_markdown(tree, title="Book", introduction="An introduction.") == (
        f"{MARK}\n\n# Book\n\nAn introduction.\n\n"
        "## Chapter 7 — Online groups\n\n"
        "### Clause VIII — Removing a comment\n\n"
        "A comment is removed for what it says.\n\n"
        "1. **Posts** There are posts.[^1]\n\n"
        "  | Post | Term |\n  | --- | --- |\n  | Chair | One year |\n\n"
        "  [^1]: See the guidance.\n\n"
        "2. A moderator may:\n\n"
        "##\n\n"
        "This closes the chapter.\n\n"
        "## Section 4\n: The board meets.<br>It adjourns.\n\n"
        "## Money\n"
    )


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (Node("provision", "1A", text="a"), "1A. a"),
        (Node("provision", "aa", text="a"), "aa. a"),
        (Node("provision", "9 (A)", text="a"), "{provision 9 (A)} a"),
        (Node("provision", text="a"), "- a"),
        (Node("provision", "1", text="**a** b"), "1. \\**a** b"),
        (Node("provision", "1", text="2. a"), "1. 2. a"),
        (Node("provision", "1", "Quorum"), "1. **Quorum**"),
        (Node("lead_in", text="1. is the first number"), "\\1. is the first number"),
        (Node("lead_in", text="(a) and (b) apply"), "\\(a) and (b) apply"),
        (Node("lead_in", text="# of members"), "\\# of members"),
        (Node("lead_in", text="[Reserved]"), "[Reserved]"),
        (Node("lead_in", text="<insert name of branch>"), "<insert name of branch>"),
        (Node("lead_in", text="one\ntwo"), "one<br>two"),
        (Node("lead_in", text="one<br>two"), "one\\<br>two"),
        (Node("lead_in", "3", text="a"), "{lead_in 3} a"),
        (Node("footnote", "1", text="a"), "[^1]: a"),
        (Node("part", heading="Chapter 7"), "## Part — Chapter 7"),
        (Node("schedule", heading="Posts"), "## Schedule — Posts"),
        (Node("chapter", "9 (A)", "Posts"), "## {chapter 9 (A)} **Posts**"),
    ],
)
def test_each_kind_of_line(node, line):
    below = node.kind not in ("part", "schedule", "chapter")
    tree = [Node("chapter", "1", children=[node])] if below else [node]
    text = write_outline(tree)

    assert text.removeprefix("## Chapter 1\n\n") == f"{line}\n"
    assert read_outline(text).tree == tree


# --- as people type it -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("(a) text", "a. text"),
        ("1) text", "1. text"),
        ("3.1 Text", "3.1. Text"),
        ("## chapter 7: Groups", "## Chapter 7 — Groups"),
        ("## Chapter 7 - Groups", "## Chapter 7 — Groups"),
        ("## Chapter VII Groups", "## Chapter VII — Groups"),
        ("1. a\n\t2. b", "1. a\n  2. b"),
        ("1. a\n      A. deep\n  B. less deep\n2. b", "1. a\n  A. deep\n  B. less deep\n2. b"),
        ("|a|b|\n|c|d|", "| a | b |\n| --- | --- |\n| c | d |"),
        ("1. a\r\n2. b", "1. a\n2. b"),
    ],
)
def test_other_ways_of_typing_are_read_and_written_in_one(typed, written):
    above = "" if typed.startswith("#") else "## Chapter 1\n\n"
    assert write_outline(read_outline(above + typed).tree) == f"{above}{written}\n"


def test_a_node_knows_the_line_it_stands_on():
    tree = read_outline("Words.\n\n## Chapter 1\n\n1. a\n\n2. b").tree
    assert [tree[0].line, *(child.line for child in tree[0].children)] == [3, 5, 7]


def test_every_line_that_cannot_be_read_is_named_with_the_reason():
    with pytest.raises(Unreadable) as refusal:
        read_outline("## Chapter 1\n1. a\n: b\n##### Clause 2\n# Title\n{verse 3} c\n#######")
    assert refusal.value.problems == [
        (3, "A line that begins with a colon belongs directly below a heading."),
        (4, "Nothing above has 4 #, so nothing can stand below that."),
        (5, "A single # is the title’s alone. Chapters begin with ##."),
        (6, "“verse” is no kind of provision."),
        (7, "Nothing above stands so high that it could go on here."),
    ]


def test_a_hundred_levels_are_the_most():
    lines = "\n".join(" " * depth + f"{depth % 9 + 1}. a" for depth in range(150))
    with pytest.raises(Unreadable) as refusal:
        read_outline(f"## Chapter 1\n{lines}")
    assert refusal.value.problems[0] == (102, "It stands deeper than 100 levels.")


# --- which files are outlines ----------------------------------------------------------------
def test_an_older_export_without_the_mark_is_known_by_its_letters():
    text = (
        "# Membership\n\n## Clause 3 — Membership\n\n3.1. **Classes**\n  1. Student Member\n"
        "    a. They show a card.\n3.2. **Eligibility**\n"
    )
    assert is_outline(text)
    assert [node.number for node in read_outline(text).tree[0].children] == ["3.1", "3.2"]


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n## B\n\n1. a line that was\nbroken\n  1. b\n",
        "# A\n\n## B\n\n1. a\n   1. b\n",
        "# A\n\n## B\n\n1. *a*\n  1. b\n",
        "# A\n\n## B\n\n1. a\n2. b\n",
    ],
)
def test_other_markdown_is_left_to_its_own_reader(text):
    assert not is_outline(text)


def test_a_damaged_export_is_read_as_any_markdown_and_says_so(tmp_path):
    path = tmp_path / "data.md"
    path.write_text(f"{MARK}\n\n# Book\n\n## Chapter 1\n\n1. a\n\n###### b\n")
    reading = read_file(path, name="data.md")

    assert reading.tree[0].children[0] == Node("provision", "1", text="a")
    assert reading.warnings[0] == (
        "It begins like an outline, but could not be read as one. Line 9: Nothing above has 5 #, "
        "so nothing can stand below that."
    )
