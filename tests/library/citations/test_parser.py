"""What is read at one place of a text, and which provisions lie between two."""

import pytest

from library.citations.parser import LONGEST_RANGE, Citation, between, read_at


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("Chapter 7 Clauses VIII.3 and 4", Citation(("7.VIII.3", "7.VIII.4"), 0, 30)),
        ("Clauses IX and X of Chapter 2, if any", Citation(("2.IX", "2.X"), 0, 29)),
        ("7.VIII.3.A, and so on", Citation(("7.VIII.3.A",), 0, 10)),
        ("section 3 of Clause IX", Citation((), 0, 22, ("IX.3",))),
        ("Part 2 of the standing orders", Citation(("part-2", "part-II"), 0, 29)),
        ("Rule 2.1 of it", Citation(("2.I",), 0, 8)),
    ],
)
def test_a_citation_says_what_is_meant_and_where_its_words_end(text, citation):
    assert read_at(text, 0) == citation


def test_it_is_read_where_it_begins_and_nowhere_else():
    text = "See 4.II.1."
    assert read_at(text, 4) == Citation(("4.II.1",), 4, 10)
    assert [read_at(text, place) for place in range(4)] == [None] * 4


def test_of_several_readings_the_longest_is_taken():
    alone, with_its_chapter = read_at("Clause 4.2", 0), read_at("Clause 4.2 of Chapter 7", 0)
    assert alone == Citation((), 0, 10, ("IV.2",))
    assert with_its_chapter == Citation(("7.IV.2",), 0, 23)


def test_an_appendix_of_a_chapter_has_the_keys_of_both_ways_to_count_appendices():
    keys = ("appendix-2", "appendix-II", "4.appendix-2", "4.appendix-II")
    assert read_at("Appendix 2 to Chapter 4", 0) == Citation(keys, 0, 23)
    assert read_at("Chapter 4 Appendix 2", 0) == Citation(keys, 0, 20)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("7.VIII.3.A and a comment", 10),
        ("2.I.8, 9 members", 5),
        ("1.IV.B or I am wrong", 6),
        ("2.I.8 and 3.II.2", 5),  # which is a citation of its own
    ],
)
def test_a_list_ends_where_the_sentence_goes_on(text, end):
    assert read_at(text, 0).end == end


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        ("6.I.1", "6.I.4", ["6.I.2", "6.I.3"]),
        ("6.I.4", "6.I.1", ["6.I.2", "6.I.3"]),  # whichever is named first
        ("7.I", "7.IV", ["7.II", "7.III"]),
        ("1.IV.A", "1.IV.C", ["1.IV.B"]),
        ("1.IV.3.A.i", "1.IV.3.A.k", ["1.IV.3.A.j"]),
        ("2", "5", ["3", "4"]),
        ("6.I.1", "6.I.2", []),
        ("6.I.1", "9.II.4", []),  # of two parents
        ("6.I.1", "6.I.A", []),  # which are not counted alike
    ],
)
def test_between_two_provisions_lie_those_of_the_same_parent(first, last, inside):
    assert list(between(first, last)) == inside


def test_a_range_of_too_many_is_its_two_ends():
    assert len(list(between("6.I.1", f"6.I.{LONGEST_RANGE + 1}"))) == LONGEST_RANGE - 1
    assert list(between("6.I.1", f"6.I.{LONGEST_RANGE + 2}")) == []
