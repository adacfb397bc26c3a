"""Where a rule's words refer to other rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.rulebooks.references import Piece, find_references, pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kept under Chapter 7, Clause IV.1.", [("Chapter 7, Clause IV.1", "7.IV.1")]),
        (
            "see Chapter 7 Clause VIII.3.D.ii here",
            [("Chapter 7 Clause VIII.3.D.ii", "7.VIII.3.D.ii")],
        ),
        ("as Chapter 4 says", [("Chapter 4", "4")]),
        ("subject to Clause IV.2.", [("Clause IV.2", "7.IV.2")]),
        ("appeal under Clause VI, or Clause 7", [("Clause VI", "7.VI"), ("Clause 7", "7.VII")]),
        ("in the words of Appendix 1 or", [("Appendix 1", "appendix-1")]),
        ("Appendix 1 paragraph 2.A", [("Appendix 1 paragraph 2.A", "appendix-1.2.A")]),
        ("by Part 3, paragraph 4 it", [("Part 3, paragraph 4", "part-3.4")]),
        ("a clause of a contract, part of it", []),
        ("", []),
    ],
)
def test_references_are_found_as_rules_write_them(text, found):
    references = find_references(text, "7")

    assert [(text[r.start : r.end], r.citation) for r in references] == found


def test_a_reference_says_what_other_work_it_is_in():
    (reference,) = find_references("Chapter 4, Clause II.1 of the Sample Rule Book.", "part-1")

    assert (reference.citation, reference.elsewhere) == ("4.II.1", "Sample Rule Book.")


def test_a_text_is_cut_into_pieces_and_only_known_references_become_links():
    text = "See Clause IV.2 and Clause XL."
    known, _unknown = find_references(text, "7")

    assert pieces(text, {known: "/rules/sample/7/#IV.2"}) == [
        Piece("See "),
        Piece("Clause IV.2", "/rules/sample/7/#IV.2"),
        Piece(" and Clause XL."),
    ]


@given(
    st.text()
    | st.lists(st.sampled_from(["Clause I.2", " of the Book ", "Chapter 3, ", "x "])).map("".join)
)
def test_the_pieces_of_any_text_joined_again_are_the_text(text):
    references = find_references(text, "7")

    joined = "".join(piece.text for piece in pieces(text, dict.fromkeys(references, "/x/")))
    assert joined == text
