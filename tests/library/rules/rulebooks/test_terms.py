"""Which words a rule gives a meaning to, and where they are used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.rules.rulebooks.terms import DefinedWords, find_definitions


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ('"Online space" means a group.', ["Online space"]),
        ("In these rules, “the log” means the record.", ["log"]),
        ("“Branch” and “unit” have the same meaning as in Chapter 3.", ["Branch", "unit"]),
        ('The term "Board" shall mean the directors.', ["Board"]),
        ('"A" means one thing; and "the Fund" means another.', ["Fund"]),
        ("_Officer_ refers to whoever holds a post.", ["Officer"]),
        ("He said “no” and left.", []),
        ("The chair refers to the log.", []),
        ("", []),
    ],
)
def test_definitions_are_found_where_words_are_said_to_mean_something(text, terms):
    found = [definition.term for definition in find_definitions(text)]

    assert [term for term in found if len(term) > 1] == terms


def test_bare_words_are_defined_only_below_a_heading_that_speaks_of_meanings():
    text = "Quorum means the least number."

    assert find_definitions(text, heading="Meetings") == []
    assert [found.term for found in find_definitions(text, heading="Definitions")] == ["Quorum"]


def test_a_meaning_ends_where_the_next_begins():
    first, second = find_definitions('"Log" means a record; and "Fund" means money.')

    assert (first.meaning, second.meaning) == ('"Log" means a record', '"Fund" means money.')


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Each online space has a log.", ["online space", "log"]),
        ("Online spaces and bodies’ logs", ["Online spaces", "bodies", "logs"]),
        ("the log, the log", ["log"]),
        ("analogous blog", []),
        ("the NEC but not nec", ["NEC"]),
        ("the members’ online", []),
        ("The Online Space Policy, and Bodies. The Log", ["Bodies", "Log"]),
        ("each online space Officer, of the NEC Chair", ["online space", "NEC"]),
    ],
)
def test_uses_are_whole_words_longest_first_in_the_plural_too(text, used):
    vocabulary = DefinedWords(["Log", "Online space", "Space", "Body", "NEC"])

    assert [text[use.start : use.end] for use in vocabulary.uses(text)] == used


def test_nothing_is_marked_where_something_is_already():
    assert DefinedWords(["Log"]).uses("the log of logs", taken=[(4, 7)])[0].start == 11


@given(st.text(), st.lists(st.text(min_size=1, max_size=12), max_size=5))
def test_uses_stand_one_after_another_within_any_text(text, terms):
    ends = [0]
    for use in sorted(DefinedWords(terms).uses(text)):
        assert ends[-1] <= use.start < use.end <= len(text)
        assert use.term in terms
        ends.append(use.end)
