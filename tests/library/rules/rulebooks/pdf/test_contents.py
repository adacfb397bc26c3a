"""Contents are contents, however they are set."""

import re

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG, styled


def test_contents_in_two_columns_are_contents(pdf):
    entries = "\n\n".join(
        f"Chapter {n} The rules of {word} #box(width: 1fr, repeat[.]) {n + 2}"
        for n, word in enumerate(("entry", "leave", "fees", "posts", "votes", "ends"), start=1)
    )
    blocks = blocks_of(pdf(f"*Contents* #columns(2)[{entries}] #pagebreak() {LONG}"))

    contents = styled(blocks, "contents")
    assert [re.sub(r"[\s.]+", " ", text) for _, text in contents] == [
        "Contents",
        "Chapter 1 The rules of entry 3",
        "Chapter 2 The rules of leave 4",
        "Chapter 3 The rules of fees 5",
        "Chapter 4 The rules of posts 6",
        "Chapter 5 The rules of votes 7",
        "Chapter 6 The rules of ends 8",
    ]
    assert styled(blocks, "paragraph") == [(2, LONG)]
