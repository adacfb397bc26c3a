"""Three versions of captions side by side, and what becomes of the choices."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.steps.comparison import WordRun, merged, passages, spoken_text, word_runs
from media_pipeline.steps.words import Cue


def cues(*rows):
    return [Cue(start, end, tuple(text.split("\n"))) for start, end, text in rows]


BASE = cues((1, 3, "we meet"), (3, 5, "on monday"), (8, 10, "at the hall"))
MINE = cues((1, 3, "We meet"), (3, 5, "on Monday."), (8, 10, "at the hall"))
NEW = cues((1.1, 5.2, "we meet on Sunday"), (8, 10, "in the hall"))


def test_passages_end_where_no_version_is_in_the_middle_of_a_cue():
    found = passages(BASE, MINE, NEW)
    assert [(one.start, one.end, one.change) for one in found] == [
        (1, 5.2, "both"),
        (8, 10, "new"),
    ]
    assert [len(one.mine) for one in found] == [2, 1]


def test_who_changed_a_passage_is_told():
    one = cues((1, 2, "one"))
    two, moved = cues((1, 2, "two")), cues((1.35, 2, "one"))
    assert passages(one, one, one)[0].change == "none"
    assert passages(one, two, one)[0].change == "mine"
    assert passages(one, one, two)[0].change == "new"
    assert passages(one, two, two)[0].change == "none"
    assert passages(one, one, moved)[0].change == "times"
    assert passages([], one, two)[0].change == "both"


def test_what_is_chosen_is_taken_and_the_rest_stays():
    found = passages(BASE, MINE, NEW)
    assert merged(found, {}) == MINE
    assert merged(found, {0: "new", 1: "new"}) == NEW
    assert merged(found, {1: "new", 7: "new"}) == [*MINE[:2], NEW[1]]


def test_where_two_versions_meet_the_earlier_cue_ends_in_time():
    mine, new = cues((1, 3.3, "a"), (3.3, 5, "b")), cues((1, 3, "a"), (3, 5, "c"))
    found = passages([], mine, new)
    assert [cue.end for cue in merged(found, {1: "new"})] == [3, 5]


def test_many_differing_passages_are_put_together():
    mine = cues(*((n * 3, n * 3 + 2, f"mine {n}") for n in range(100)))
    new = cues(*((n * 3, n * 3 + 2, f"new {n}") for n in range(100)))
    found = passages([], mine, new, most=30)
    assert len(found) == 25
    assert merged(found, {}) == mine


def test_what_was_added_and_removed_is_marked_word_by_word():
    assert word_runs("we remove the common", "we remove a comment") == [
        WordRun("we remove"),
        WordRun("the common", "removed"),
        WordRun("a comment", "added"),
    ]


def test_a_speaker_is_named_once():
    spoken = [
        Cue(n, n + 1, (text,), (), who)
        for n, (text, who) in enumerate([("Hello.", "Ann"), ("Again.", "Ann"), ("Yes?", "Bob")])
    ]
    assert spoken_text(spoken) == "Ann: Hello. Again. Bob: Yes?"


@st.composite
def version(draw):
    found, clock = [], 0.0
    for _n in range(draw(st.integers(0, 12))):
        clock += draw(st.sampled_from([0, 0, 0.1, 0.35, 2]))
        end = clock + draw(st.sampled_from([0.3, 1, 2.5, 6]))
        found.append(Cue(round(clock, 3), round(end, 3), (draw(st.sampled_from("abcd")),)))
        clock = end
    return found


@given(base=version(), mine=version(), new=version(), choices=st.sets(st.integers(0, 30)))
def test_no_cue_is_lost_or_doubled_whatever_is_chosen(base, mine, new, choices):
    found = passages(base, mine, new)
    for side in ("base", "mine", "new"):
        assert [cue for one in found for cue in getattr(one, side)] == locals()[side]
    assert merged(found, {}) == mine
    assert merged(found, dict.fromkeys(range(len(found)), "new")) == new
    mixed = merged(found, dict.fromkeys(choices, "new"))
    expected = [
        cue
        for number, one in enumerate(found)
        for cue in (one.new if number in choices else one.mine)
    ]
    assert sorted(cue.lines for cue in mixed) == sorted(cue.lines for cue in expected)
    assert all(one.start <= two.start for one, two in pairwise(mixed))
    assert all(cue.start < cue.end for cue in mixed)
