"""What is doubtful in a tree is found in the tree alone."""

import pytest

from library.rules.rulebooks.doubts import doubts
from library.rules.rulebooks.outline_text import read_outline


def found(text: str) -> list[str]:
    """Return the doubts of an outline below a chapter, in no order."""
    return list(doubts(read_outline(f"## Chapter 1\n{text}").tree).values())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("1. a\n2. b\n3. c", []),
        ("h. a\ni. b\nj. c", ["The row begins with “h”."]),
        ("i. a\nii. b\niii. c", []),
        ("3.1. a\n3.2. b", []),
        ("1. a\nWords between.\n2. b", []),
        ("1. a\n3. b", ["“3” follows “1”: something may be missing between them."]),
        (
            "1. a\n2. b\n1. c",
            [
                "“1” occurs twice here; this one got the address 1/1-2. "
                "“1” follows “2”: out of order."
            ],
        ),
        ("2. a", ["The row begins with “2”."]),
        ("1. a\n2.", ["Number 2 has no text."]),
        ("1. a[^1]\n  [^1]: b", []),
        ("1. a\n  [^1]: b", ["No mark in the text belongs to this footnote."]),
        (
            "### Clause I\n### Clause IV",
            ["“IV” follows “I”: something may be missing between them."],
        ),
        ("1. a\n  5. b\n2. c", ["The row begins with “5”."]),
    ],
)
def test_what_is_odd_about_a_row_of_numbers(text, sentences):
    assert found(text) == sentences
