"""Words and phrases as they stand in a question."""

from hypothesis import given
from hypothesis import strategies as st

from search.questions.parsing import (
    parse,
    unquoted_citations,
    without,
)
from search.questions.pieces import pieces_of

HOSTILE = [
    "CLP ", "clause ", "IX", "7.VIII.3", " to ", "-", '"', "OR ", "NOT ", "(", "]", "A ", "i ", "'",
    "’", "C.L.P. ", "\u202e", "\ud800", "\0", "\U0001f600", "é", "…", "/", "*", "~2", "AND ", "+",
]  # fmt: skip


@given(st.text(max_size=300) | st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join))
def test_every_piece_stands_where_it_says(text):
    readable = parse(text).text
    blanked = without(readable, unquoted_citations(readable))

    assert len(blanked) == len(readable)
    position = 0
    for piece in pieces_of(blanked):
        assert position <= piece.start < piece.end <= len(readable)
        position = piece.end
        assert piece.term.text.replace(".", "") in readable[piece.start : piece.end].replace(
            ".", ""
        )
