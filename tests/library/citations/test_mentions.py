"""Citations in every form in which people write them."""

import re
import signal
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from library.citations.mentions import find_citations, find_mentions, normal_form
from library.citations.numerals import to_roman

STEPS = r"(?:\.(?:\d{1,3}[A-Z]?|[A-Z]|[IVXL]{2,8}|[a-z]{1,8}))*"
NORMAL = re.compile(
    rf"\d{{1,2}}[AB]?(?:\.[IVXL]+{STEPS})?"
    rf"|(?:\d{{1,2}}[AB]?\.)?(?:appendix|part)-[0-9A-Z]+{STEPS}"
)
PART = re.compile(rf"[IVXL]+{STEPS}")

PATIENCE = 20.0  # seconds of work; usually a hundredth


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
        ("6.I.3 to 6.I.1", ["6.I.3", "6.I.2", "6.I.1"]),
        ("1.IV.D to B", ["1.IV.D", "1.IV.C", "1.IV.B"]),
        ("7.I–III", ["7.I", "7.II", "7.III"]),
        ("1.IV.B, C and D", ["1.IV.B", "1.IV.C", "1.IV.D"]),
        ("1.IV.A to D", ["1.IV.A", "1.IV.B", "1.IV.C", "1.IV.D"]),
        ("2.I.8 or 3.II.2", ["2.I.8", "3.II.2"]),
        ("6.I.1 to 9.II.4", ["6.I.1", "9.II.4"]),
        ("6.I.1 to 6.I.900", ["6.I.1", "6.I.900"]),
        ("7.VIII.3.A and a comment", ["7.VIII.3.A"]),
        ("Chapter 7 Clauses I-III", ["7.I", "7.II", "7.III"]),
        ("chapter 7 clauses 1 to 3", ["7.I", "7.II", "7.III"]),
        ("Chapter 7 Clause I to Clause III", ["7.I", "7.II", "7.III"]),
        ("Clauses IX and X of Chapter 2", ["2.IX", "2.X"]),
        ("clauses 9, 10 and 12 of chapter 2", ["2.IX", "2.X", "2.XII"]),
        ("Chapters 2 and 3", ["2", "3"]),
        ("chapters 2 to 5", ["2", "3", "4", "5"]),
        ("Chapter 9 (A)", ["9A"]),
        ("Chapter 9 (A) Clause II.3", ["9A.II.3"]),
        ("Ch. 7 cl VIII(3)(A)", ["7.VIII.3.A"]),
        ("ch7 cl8", ["7.VIII"]),
        ("Chapter 1 cl VIII s 3.A", ["1.VIII.3.A"]),
        ("Chapter 7 Clause VIII, paragraph 3", ["7.VIII.3"]),
        ("Chapter 7 Clause VIII 3.A", ["7.VIII.3.A"]),
        ("section 3.A of clause VIII of chapter 1", ["1.VIII.3.A"]),
        ("Chapter 7: Clause VIII", ["7.VIII"]),
        ("Chapter 7 › Clause VIII", ["7.VIII"]),
        ("chapter seven clause eight", ["7.VIII"]),
        ("CHAPTER 7 CLAUSE VIII.3.A", ["7.VIII.3.A"]),
        ("chapter 7.8.3", ["7.VIII.3"]),
        ("rule 2.1", ["2.I"]),
        ("2.1.8", ["2.I.8"]),
        ("6.I.1–4", ["6.I.1", "6.I.2", "6.I.3", "6.I.4"]),
        ("2.I.8, 9 and 10", ["2.I.8", "2.I.9", "2.I.10"]),
        ("rules 2.I.8, 3.II.2 and 3.II.4", ["2.I.8", "3.II.2", "3.II.4"]),
        ("2.I.8, 9 members", ["2.I.8"]),
        ("chapter 7 and 8 members", ["7"]),
        ("7.viii.3.a and i think", ["7.VIII.3.A"]),
        ("7.VIII.3.A and I think", ["7.VIII.3.A"]),
        ("1.IV.B or the other", ["1.IV.B"]),
        # a number with a letter may be one step or two
        ("7.VIII.3A", ["7.VIII.3A", "7.VIII.3.A"]),
        # what stands outside the chapters, numbered as the book does or in the other way
        ("Appendix A", ["appendix-A"]),
        ("Appendix 1", ["appendix-1", "appendix-I"]),
        ("appendix 1 paragraph 2.A", ["appendix-1.2.A", "appendix-I.2.A"]),
        ("Appendix B to Chapter 4", ["appendix-B", "4.appendix-B"]),
        ("Chapter 4 Appendix B", ["appendix-B", "4.appendix-B"]),
        ("Part 1, paragraph 3.A", ["part-1.3.A", "part-I.3.A"]),
        ("standing order part 2", ["part-2", "part-II"]),
        ("what is in part 2 of the standing orders?", ["part-2", "part-II"]),
        ("Standing Orders, Part B paragraph 3", ["part-B.3"]),
    ],
)
def test_every_form_is_read(text, expected):
    assert keys(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "1.5 million", "£1.50", "3.11.2026", "Clause IX", "0.I.3", "1.xls", "Chapter IVX",
     "chapters of a book", "version 10.2", "7.", "I.V. drip", "at 7.30", "1.5.2026", "3.11.26",
     "01.05.26", "7.30 pm", "at 7.30.15", "£1.50.2", "2.5 million", "10.1.2.3", "192.168.1.1",
     "v5.2.1", "python 3.11.4", "version 1.x", "5 May", "I think I know", "chapter and verse",
     "the chapter I should read", "chapter i can't find", "tai chi", "appendix a member wrote",
     "part 1 of the film",
     "standing orders", "standing orders take part in", "s 3.A", "rule 3",
     "1/2/2026", "clause IX.3"],
)  # fmt: skip
def test_what_is_no_citation_is_left_alone(text):
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clause IX", [("Clause IX", ("IX",))]),
        ("which clause 9.3?", [("clause 9.3", ("IX.3",))]),
        ("clause four", [("clause four", ("IV",))]),
        ("clause 3 A", [("clause 3 A", ("III.A",))]),
        ("cl. VIII(3)(A)", [("cl. VIII(3)(A)", ("VIII.3.A",))]),
        ("paragraph 3 of Clause IX", [("paragraph 3 of Clause IX", ("IX.3",))]),
        ("clauses IX and X", [("clauses IX and X", ("IX", "X"))]),
        ("Clauses I to III", [("Clauses I to III", ("I", "II", "III"))]),
        ("clause IX or clause X", [("clause IX or clause X", ("IX", "X"))]),
        ("what does clause i say", [("clause i", ("I",))]),
        ("which clause I should read", []),
        ("which clause i should read", []),
        ("Clause 0", []),
        ("a clause of a contract", []),
        ("santa clause", []),
    ],
)
def test_a_clause_without_its_chapter_is_a_part(text, expected):
    found = find_mentions(text)

    assert [(text[each.start : each.end], each.parts) for each in found] == expected
    assert find_citations(text) == []


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
            "clause {arabic}{rest} in chapter {N}",
            "Ch. {n} cl {roman}{brackets}",
            "ch{n} cl{arabic}{rest}",
            "rule {n}.{arabic}{rest}",
            "{n}.{small}{rest}",
        ]
    ),
    around=st.sampled_from([("", ""), ("what does ", " say"), ("(", ")"), ("“", "”?"), ("", ".")]),
)
def test_all_forms_of_one_provision_have_one_normal_form(chapter, clause, steps, form, around):
    rest = "".join(f".{step}" for step in steps)
    text = form.format(
        n=chapter,
        N=to_roman(chapter),
        roman=to_roman(clause),
        small=to_roman(clause).lower(),
        arabic=clause,
        rest=rest,
        brackets="".join(f"({step})" for step in steps),
    )
    expected = f"{chapter}.{to_roman(clause)}{rest}"

    assert keys(around[0] + text + around[1]) == [expected]
    assert normal_form(text) == expected
    assert normal_form(expected) == expected


@given(first=st.integers(1, 30), count=st.integers(1, 20), chapter=st.integers(1, 20))
def test_a_range_holds_all_from_its_first_to_its_last(first, count, chapter):
    clauses = [to_roman(number) for number in range(first, first + count)]
    expected = [f"{chapter}.{clause}" for clause in clauses]
    if count == 1:
        clauses.append(clauses[0])

    for sign in (" to ", "-", " – "):
        assert keys(f"Chapter {chapter} Clauses {clauses[0]}{sign}{clauses[-1]}") == expected
        assert keys(f"{expected[0]}{sign}{expected[-1]}") == expected
        assert keys(f"clauses {clauses[0]}{sign}{clauses[-1]} of chapter {chapter}") == expected


PIECES = "7.VIII.3.A|Chapter |Clause |IX| to | and |C|(A)|-|.|3A|Appendix |s 3| of |I |i'|9(A)"
pieces = st.one_of(
    st.sampled_from([*PIECES.split("|"), "1.2.3", "part ", "para 2", ", "]),
    st.text(max_size=5),
    st.integers(0, 200).map(str),
)


@given(text=st.one_of(st.text(max_size=200), st.lists(pieces, max_size=30).map("".join)))
@example(text="chapter ı, Chapter İ.3 clause ı of chapter ſ, 7.İ.3 and Kelvin’s chapter \u212a")
def test_any_text_has_citations_in_order_and_in_normal_form(text):
    position = 0
    for citation in find_mentions(text):
        assert position <= citation.start < citation.end <= len(text)
        position = citation.end
        assert bool(citation.keys) != bool(citation.parts)
        assert all(NORMAL.fullmatch(key) for key in citation.keys)
        assert all(PART.fullmatch(part) for part in citation.parts)
        assert len(set(citation.keys)) == len(citation.keys)
    assert find_citations(text) == [each for each in find_mentions(text) if each.keys]


@pytest.mark.parametrize(
    "text",
    ["7.", "7.I.", "Chapter ", "6.I.1-", "(A)", "clause I, ", "1.IV.B, C, ", "Chapter 7 ", "1.1 ",
     "appendix 1 ", "section 3 of ", "cl 1 (1", "chapter 1 clause 1 section ", "Clause 1.(", "a1."],
)  # fmt: skip
def test_hostile_texts_are_read_to_their_end_without_looking_back_for_ever(text):
    def give_up(*_signal: object) -> None:
        raise AssertionError(f"After {PATIENCE} seconds of work “{text}…” was not read.")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)  # of this process, whatever else runs
    try:
        found = find_mentions((text * 8000)[:8000])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    assert all(one.end <= other.start for one, other in pairwise(found))
