"""Where a rule's words refer to other rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.rules.rulebooks.references import find_references


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
        (
            "under Article IV or Section 5.9.",
            [("Article IV", "article-IV"), ("Section 5.9", "section-5-9")],
        ),
        ("by Rule 12(3)(a) and", [("Rule 12(3)(a)", "rule-12.3.a")]),
        ("as in Schedule 2, paragraph 1", [("Schedule 2, paragraph 1", "schedule-2.1")]),
        ("under paragraph 3(b) above", [("paragraph 3(b)", "7.VIII.3.b")]),
        ("a clause of a contract, part of it", []),
        ("under Section 21 Health and Safety Act 1974", []),
        ("in Article IV, Subsection J of these", [("Article IV, Subsection J", "article-IV.J")]),
        ("by subsection J.2 of Article IV", [("subsection J.2 of Article IV", "article-IV.J.2")]),
        ("by Article III, Section 2 or", [("Article III, Section 2", "article-III.section-2")]),
        (
            "as per section 4.2. Not subject to section 4.12.",
            [("section 4.2", "section-4-2"), ("section 4.12", "section-4-12")],
        ),
        (
            "subsection B. above, sub-section 6.e. and Subsection (2)(a)",
            [
                ("subsection B", "7.VIII.B"),
                ("sub-section 6.e", "7.VIII.6.e"),
                ("Subsection (2)(a)", "7.VIII.2.a"),
            ],
        ),
        ("in this subsection a member, or subsections of it, or section 12", []),
        ("by subsection (2)(a) of section 43 of the Companies Act 2006", []),
        ("by section 4.2 of that Act, or of the 1974 Act; subsection (2) says", []),
        ("", []),
    ],
)  # fmt: skip
def test_references_are_found_as_rules_write_them(text, found):
    references = find_references(text, "7", here="7.VIII")

    assert [(text[r.start : r.end], r.citation) for r in references] == found


@pytest.mark.parametrize(
    ("text", "own", "places"),
    [
        ("subsection 6.e.", "article-V.B.7.a", ["B.7.a.6.e", "B.7.6.e", "B.6.e", "6.e"]),
        ("subsection B. above", "article-V.B.6.c", ["B.6.c.B", "B.6.B", "B.B"]),
        ("subsection IV", "article-V.B", ["B.IV", "IV", "B.4", "4"]),
    ],
)
def test_a_subsection_is_looked_for_beside_the_text_first_and_never_is_what_it_stands_in(
    text, own, places
):
    (reference,) = find_references(text, "article-V", here="article-V")

    assert list(reference.places(own)) == [f"article-V.{place}" for place in places]


def test_a_reference_says_what_other_work_it_is_in():
    (reference,) = find_references("Chapter 4, Clause II.1 of the Sample Rule Book.", "part-1")

    assert (reference.citation, reference.elsewhere) == ("4.II.1", "Sample Rule Book.")


@given(
    st.text()
    | st.lists(
        st.sampled_from(["Clause I.2", " of the Book ", "Chapter 3, ", "x ", "paragraph 2 "])
    ).map("".join)
)
def test_references_stand_within_the_text_one_after_another(text):
    references = find_references(text, "7", here="7.I")

    ends = [0]
    for reference in references:
        assert ends[-1] <= reference.start < reference.end <= len(text)
        assert reference.citation
        ends.append(reference.end)
