"""Citations in every form in which people write them."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.questions.citations import find_citations, from_roman, normal_form, to_roman

NORMAL = re.compile(r"\d{1,2}[AB]?(?:\.[IVXL]+(?:\.(?:\d{1,3}|[A-Z]|[IVXL]{2,5}|[a-z]{1,5}))*)?")


def keys(text: str) -> list[str]:
    return [key for citation in find_citations(text) for key in citation.keys]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chapter 7 Clause VIII.3.A", ["7.VIII.3.A"]),
        ("7.VIII.3.A", ["7.VIII.3.A"]),
        ("2.I.8", ["2.I.8"]),
        ("Rule 2.I.8", ["2.I.8"]),
        ("Chapter 1, Clause VIII, Section 3.A", ["1.VIII.3.A"]),
        ("Clause 1.IV.1", ["1.IV.1"]),
        ("Chapter I Clause IX", ["1.IX"]),
        ("Chapter 2, Clause 1.9", ["2.I.9"]),
        ("6.I.1 to 6.I.4", ["6.I.1", "6.I.2", "6.I.3", "6.I.4"]),
        ("1.IV.B and C", ["1.IV.B", "1.IV.C"]),
        # and what people make of them
        ("what does 7.viii.3.a say?", ["7.VIII.3.A"]),
        ("7.VIII.3.A.i.a", ["7.VIII.3.A.i.a"]),
        ("7.VIII.3(A)(i)", ["7.VIII.3.A.i"]),
        ("Clause VIII.3 of Chapter 7", ["7.VIII.3"]),
        ("ch. 7 cl. 8", ["7.VIII"]),
        ("Chapter 9(A) Clause II", ["9A.II"]),
        ("9B.I.1", ["9B.I.1"]),
        ("chapter 12", ["12"]),
        ("6.I.1-4", ["6.I.1", "6.I.2", "6.I.3", "6.I.4"]),
        ("7.I–III", ["7.I", "7.II", "7.III"]),
        ("1.IV.B, C and D", ["1.IV.B", "1.IV.C", "1.IV.D"]),
        ("1.IV.A to D", ["1.IV.A", "1.IV.B", "1.IV.C", "1.IV.D"]),
        ("2.I.8 or 3.II.2", ["2.I.8", "3.II.2"]),
        ("6.I.1 to 9.II.4", ["6.I.1", "9.II.4"]),
        ("6.I.1 to 6.I.900", ["6.I.1", "6.I.900"]),
        ("7.VIII.3.A and a comment", ["7.VIII.3.A"]),
    ],
)
def test_every_form_is_read(text, expected):
    assert keys(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "1.5 million", "£1.50", "3.11.2026", "Clause IX", "0.I.3", "1.xls", "Chapter IVX",
     "chapters of a book", "version 10.2", "7.", "I.V. drip", "at 7.30", "Appendix A"],
)  # fmt: skip
def test_what_is_no_citation_is_left_alone(text):
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chapter 7, Clause 8.3.a", "7.VIII.3.A"),
        (" 7.viii ", "7.VIII"),
        ("7.VIII and IX", ""),
        ("see 7.VIII", ""),
        ("", ""),
    ],
)
def test_the_normal_form_is_that_of_one_citation_alone(text, expected):
    assert normal_form(text) == expected


@pytest.mark.parametrize("number", range(1, 90))
def test_roman_numerals_go_there_and_back(number):
    assert from_roman(to_roman(number)) == number


def test_numbers_that_have_no_numeral_here_have_none():
    assert [to_roman(number) for number in (0, -1, 90)] == ["", "", ""]


steps = st.one_of(
    st.just(()),
    st.tuples(st.integers(1, 40).map(str)),
    st.tuples(st.sampled_from("ABCDEFGH")),
    st.tuples(st.integers(1, 40).map(str), st.sampled_from("ABCDEFGH")),
    st.tuples(
        st.integers(1, 40).map(str),
        st.sampled_from("ABCDEFGH"),
        st.sampled_from(["i", "ii", "iii", "iv", "v"]),
        st.sampled_from("abcd"),
    ),
)


@given(
    chapter=st.integers(1, 20),
    clause=st.integers(1, 30),
    steps=steps,
    form=st.sampled_from(
        [
            "{n}.{roman}{rest}",
            "Rule {n}.{roman}{rest}",
            "Chapter {n} Clause {roman}{rest}",
            "Chapter {n}, Clause {arabic}{rest}",
            "chapter {N}, clause {roman}{rest}",
            "Clause {roman}{rest} of Chapter {n}",
        ]
    ),
    around=st.sampled_from([("", ""), ("what does ", " say"), ("(", ")"), ("“", "”?"), ("", ".")]),
)
def test_all_forms_of_one_provision_have_one_normal_form(chapter, clause, steps, form, around):
    rest = "".join(f".{step}" for step in steps)
    text = form.format(
        n=chapter, N=to_roman(chapter), roman=to_roman(clause), arabic=clause, rest=rest
    )
    expected = f"{chapter}.{to_roman(clause)}{rest}"

    assert keys(around[0] + text + around[1]) == [expected]
    assert normal_form(text) == expected
    assert normal_form(expected) == expected


pieces = st.one_of(
    st.sampled_from(
        ["7.VIII.3.A", "Chapter ", "Clause ", "IX", " to ", " and ", "C", "(A)", "-", "."]
    ),
    st.text(max_size=5),
    st.integers(0, 200).map(str),
)


@given(text=st.one_of(st.text(max_size=200), st.lists(pieces, max_size=30).map("".join)))
def test_any_text_has_citations_in_order_and_in_normal_form(text):
    position = 0
    for citation in find_citations(text):
        assert position <= citation.start < citation.end <= len(text)
        position = citation.end
        assert citation.keys
        assert all(NORMAL.fullmatch(key) for key in citation.keys)
        assert len(set(citation.keys)) == len(citation.keys)


@pytest.mark.parametrize(
    "text", ["7." * 500, "7.I." * 250, "Chapter " * 125, "6.I.1-" * 160, "(A)" * 333]
)
def test_hostile_texts_are_read_quickly(text):
    started = time.process_time()
    find_citations(text[:1000])
    assert time.process_time() - started < 0.2
