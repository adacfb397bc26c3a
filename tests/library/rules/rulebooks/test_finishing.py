"""A tree that is known as a whole: notes in their places, nothing too long, doubts said."""

import pytest

from library.rules.rulebooks.finishing import finish, fit
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Block, Node, Reading, every
from tests.library.rules.rulebooks.outlines import items, outline


def note(number: str, text: str) -> Node:
    return Node("footnote", number, text=text)


def finished(*tree: Node, notes: list[Node], introduction: str = "") -> Reading:
    reading = Reading(tree=list(tree))
    finish(reading, [introduction] if introduction else [], notes)
    return reading


def test_footnotes_stand_first_below_what_has_their_marks_in_their_order():
    rule = Node("provision", "1", text="Pay[^1] in time[^2].", children=[Node("table", text="a")])
    chapter = Node("chapter", "1", "Fees[^3]", children=[rule])
    notes = [note("1", "In cash."), note("2", "In May."), note("3", "See below.")]

    assert outline(finished(chapter, notes=notes).tree) == [
        "chapter 1: Fees[^3]",
        "  footnote 3: See below.",
        "  provision 1: Pay[^1] in time[^2].",
        "    footnote 1: In cash.",
        "    footnote 2: In May.",
        "    table: a",
    ]


def test_a_mark_that_stands_twice_has_its_footnote_where_it_stands_first():
    first, second = (Node("provision", n, text="Pay.[^1]") for n in "12")
    part = Node("part", "1", children=[first, second])

    finished(part, notes=[note("1", "In cash.")])

    assert (len(first.children), len(second.children)) == (1, 0)


def test_a_footnote_of_the_introduction_goes_with_it_and_one_without_a_tree_too():
    chapter = Node("chapter", "1", "Fees")
    read = finished(chapter, notes=[note("1", "In May.")], introduction="Adopted.[^1]")

    assert (read.introduction, chapter.children) == ("Adopted.[^1]\n\n[^1] In May.", [])
    assert finished(notes=[note("9", "In May.")]).introduction == "[^9] In May."


def test_a_footnote_without_a_mark_is_kept_at_the_end_and_doubted():
    one, two = Node("chapter", "1", "Names"), Node("chapter", "2", "Fees")
    read = finished(one, two, notes=[note("4", "In cash.")])

    (lost,) = two.children
    assert (lost.text, lost.doubt) == (
        "In cash.",
        "No mark in the text belongs to this footnote.",
    )
    assert read.warnings == ["Line 0: No mark in the text belongs to this footnote."]


def test_a_text_without_any_rule_is_warned_of():
    assert finished(notes=[], introduction="Dear members").warnings == [
        "No chapter, clause or numbered provision was found."
    ]


def test_a_doubt_is_said_with_its_page_or_else_its_line():
    paged = Node("provision", "2", text="a", page=7, line=3)
    lined = Node("provision", "2", text="b", line=9, doubt="Look here.")
    parts = [Node("part", n, children=[rule]) for n, rule in (("1", paged), ("2", lined))]

    assert finished(*parts, notes=[]).warnings == [
        "Page 7: The row begins with “2”.",
        "Line 9: Look here. The row begins with “2”.",
    ]


@pytest.mark.parametrize(
    ("labels", "doubt"),
    [
        (["1.", "3."], "“3” follows “1”: something may be missing between them."),
        (["1.", "2.", "1."], "“1” follows “2”: out of order."),
        (["2."], "The row begins with “2”."),
        (["a.", "c."], "“c” follows “a”: something may be missing between them."),
        (["1.", "1."], "“1” occurs twice here; this one got the address part/1-2."),
        (["1.", "2.", "2a.", "3."], ""),
        (["h.", "i.", "j."], "The row begins with “h”."),
    ],
)
def test_what_is_odd_about_numbers_is_said_where_they_stand(labels, doubt):
    reading = build(items(*labels), levels_certain=True)

    doubts = [node.doubt for node in every(reading.tree) if node.doubt]
    assert any(doubt in found for found in doubts) if doubt else doubts == []
    assert all(any(found in warning for warning in reading.warnings) for found in doubts)


def test_what_cannot_be_stored_goes_on_as_text():
    long = Block("word " * 100, "heading", "1.1.1.1.1.1.1.1.1.1.1.1.1", level=1)
    (node,) = build([long, Block("Words.")]).tree

    assert (len(node.number), len(node.heading) <= 300) == (20, True)
    assert (node.number + node.heading + node.text).count("word") == 100
    assert "longer than" in node.doubt


def test_a_heading_is_cut_between_words_and_a_word_without_end_anywhere():
    words = Node("clause", "1", " ".join(["member"] * 50), "Text.")
    endless = Node("clause", "2", "m" * 301)

    fit([words, endless])

    assert (words.heading, words.text) == (" ".join(["member"] * 42), f"{'member ' * 8}Text.")
    assert (endless.heading, endless.text) == ("m" * 300, "m")


def test_nodes_come_in_reading_order():
    deep = Node("chapter", "1", children=[Node("clause", "2", children=[Node("provision", "3")])])

    assert [node.number for node in every([deep, Node("chapter", "4")])] == ["1", "2", "3", "4"]
