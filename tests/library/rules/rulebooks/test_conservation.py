"""What of a source is neither in the tree nor left out is found by counting its letters."""

from library.rules.rulebooks.conservation import UNACCOUNTED, add_unaccounted, letters, unread
from library.rules.rulebooks.tree import Block, ExcludedText, Node, Reading

SOURCE = [
    Block("Meetings", "heading", label="Chapter 1", line=1),
    Block("The quorum is ten.", "item", label="1.", line=2),
    Block("Page 4 of 9", "running", line=3),
]


def reading(**fields) -> Reading:
    rule = Node("provision", "1", text="The quorum is ten.", source_from=1)
    chapter = Node("chapter", "1", "Meetings", children=[rule], source_from=0)
    return Reading(**{"tree": [chapter], "source": list(SOURCE), **fields})


def test_what_is_in_the_tree_or_left_out_is_accounted_for():
    whole = reading(left_out=[ExcludedText(3, "Page 4 of 9", "A page number.")])

    add_unaccounted(whole)

    assert whole.left_out == [ExcludedText(3, "Page 4 of 9", "A page number.")]
    assert whole.warnings == []


def test_what_is_lost_is_listed_with_its_line_and_warned_of():
    lossy = reading()

    add_unaccounted(lossy)

    assert lossy.left_out == [ExcludedText(3, "Page 4 of 9", UNACCOUNTED, None)]
    assert lossy.warnings == [
        "Some of the text has no place in the tree; it is listed as left out."
    ]


def test_lines_of_a_body_that_no_block_holds_become_remarks():
    body = [(1, "Meetings"), (2, "The quorum  is ten."), (5, " A note in the margin. "), (6, " ")]

    (found,) = unread(body, SOURCE)

    assert (found.text, found.style, found.line) == ("A note in the margin.", "comment", 5)
    assert unread(body[:2], SOURCE) == []


def test_letters_are_counted_whatever_their_case_and_the_signs_between():
    assert letters(["Ab–b_", "A 1!"]) == {"a": 2, "b": 2, "1": 1}
