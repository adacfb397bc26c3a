"""Cues that can be read: what the rules promise for any speech, and how real sentences break."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.steps import captions
from media_pipeline.steps.breaks import ends_sentence
from media_pipeline.steps.captions import RULES, compose_cues
from media_pipeline.steps.formats.vtt import parse_vtt, to_vtt
from media_pipeline.steps.words import Cue, Word

TEXTS = st.one_of(
    st.sampled_from(
        ["the", "and", "comment,", "end.", "Chapter", "7", "I", "Membersnet", "“Why?”", "<b>", "&"]
    ),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzŵŷ’-.,<>&", min_size=1, max_size=60),
)


@st.composite
def speech(draw: st.DrawFn) -> list[Word]:
    """Any words one after the other: quick or slow, with and without pauses, some of no length."""
    words, clock = [], 0.0
    for text in draw(st.lists(TEXTS, max_size=60)):
        clock += draw(st.sampled_from([0.0, 0.0, 0.02, 0.3, 0.9, 5.0]))
        end = clock + draw(st.sampled_from([0.0, 0.1, 0.25, 0.4, 9.0]))
        words.append(Word(text, clock, end, 0.9))
        clock = end
    return words


def said(text: str, *, letters_a_second: float = 14.0, begin: float = 0.0) -> list[Word]:
    """``text`` spoken evenly, with 0.6 s of pause after each sentence."""
    words, clock = [], begin
    for token in text.split():
        end = clock + (len(token) + 1) / letters_a_second
        words.append(Word(token, round(clock, 3), round(end, 3)))
        clock = end + (0.6 if ends_sentence(token) else 0.0)
    return words


@given(speech())
@settings(max_examples=150, deadline=None)
def test_every_word_appears_exactly_once_and_in_order(words: list[Word]) -> None:
    cues = compose_cues(words)
    assert [word.text for cue in cues for word in cue.words] == [word.text for word in words]
    for cue in cues:
        assert " ".join(cue.lines) == " ".join(word.text for word in cue.words)


@given(speech())
@settings(max_examples=150, deadline=None)
def test_no_two_cues_are_ever_shown_at_once(words: list[Word]) -> None:
    cues = compose_cues(words)
    for cue in cues:
        assert 0 <= cue.start < cue.end
    for earlier, later in pairwise(cues):
        assert earlier.end <= later.start


@given(speech())
@settings(max_examples=150, deadline=None)
def test_lines_hold_their_length_and_number(words: list[Word]) -> None:
    for cue in compose_cues(words):
        assert 1 <= len(cue.lines) <= 2
        for line in cue.lines:
            assert len(line) <= 42 or " " not in line


@given(speech())
@settings(max_examples=150, deadline=None)
def test_a_cue_lasts_seven_seconds_at_most_and_gaps_are_closed_or_two_frames(
    words: list[Word],
) -> None:
    cues = compose_cues(words)
    for cue in cues:
        assert cue.end - cue.start <= RULES.most_seconds + 0.001
    for earlier, later in pairwise(cues):
        gap = later.start - earlier.end
        assert gap == 0 or gap >= RULES.least_gap - 0.001


@given(speech())
@settings(max_examples=150, deadline=None)
def test_a_webvtt_file_gives_back_what_was_written(words: list[Word]) -> None:
    cues = compose_cues(words)
    assert parse_vtt(to_vtt(cues)) == [Cue(cue.start, cue.end, cue.lines) for cue in cues]


def lines(text: str) -> list[tuple[str, ...]]:
    return [cue.lines for cue in compose_cues(said(text))]


def test_short_sentences_each_get_a_cue() -> None:
    assert lines(
        "When you do remove a comment, write to its author the same day. Say what you removed, "
        "which rule it broke, and how to appeal."
    ) == [
        ("When you do remove a comment,", "write to its author the same day."),
        ("Say what you removed,", "which rule it broke, and how to appeal."),
    ]


def test_a_long_sentence_breaks_at_clauses_and_before_conjunctions() -> None:
    assert lines(
        "A moderator decides about one comment and somebody else hears the appeal, but a meeting "
        "of the branch can change the house rules because they belong to every member."
    ) == [
        ("A moderator decides about one comment", "and somebody else hears the appeal,"),
        ("but a meeting of the branch", "can change the house rules"),
        ("because they belong to every member.",),
    ]


def test_a_name_stays_together() -> None:
    words = said("Yesterday evening I spoke for a long time with Rosalind Featherstonehaugh")
    assert [cue.lines for cue in compose_cues(words)] == [
        ("Yesterday evening I spoke for a long time", "with Rosalind Featherstonehaugh")
    ]


def test_a_number_stays_together() -> None:
    words = said("If a person may be hurt now, call nine nine nine before you do anything else.")
    for cue in compose_cues(words):
        assert not any(line.endswith("nine") and "nine nine nine" not in line for line in cue.lines)


def test_words_without_punctuation_break_at_pauses() -> None:
    words = said("keep the log in one safe place", letters_a_second=16)
    words += said("do not send it to a group", letters_a_second=16, begin=words[-1].end + 0.8)
    assert [cue.text for cue in compose_cues(words)] == [
        "keep the log in one safe place",
        "do not send it to a group",
    ]


def test_a_cue_stays_long_enough_to_be_read_where_a_pause_allows() -> None:
    words = [Word("Extraordinarily", 1.0, 1.2), Word("quick!", 1.2, 1.3), Word("Next.", 9, 9.5)]
    first, second = compose_cues(words)
    assert (first.start, first.end) == (1.0, pytest.approx(1.0 + 22 / 20, abs=0.03))
    assert (second.start, second.end) == (9.0, pytest.approx(9.9))


def test_ordinary_speech_keeps_the_reading_speed() -> None:
    text = "You can ask the author to change a word. You can pause the thread until the morning. "
    cues = compose_cues(said(text * 20, letters_a_second=17))
    for cue in cues:
        assert len(cue.text) / (cue.end - cue.start) <= RULES.reading_speed


def test_no_words_give_no_cues() -> None:
    assert compose_cues([]) == []
    assert compose_cues([Word("  ", 0, 1)]) == []


def test_composing_takes_as_many_steps_more_as_there_are_words_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For each word a cue's fill of words before it is tried, however long the speech is."""
    steps: list[int] = []
    lines = captions._lines

    def counted(words: list[Word], *places: Any) -> Any:
        steps.append(len(words))
        return lines(words, *places)

    monkeypatch.setattr(captions, "_lines", counted)
    words = said("A good record is short, and it is fair to everybody concerned. " * 800)
    cues = compose_cues(words)
    assert len([word for cue in cues for word in cue.words]) == len(words) == 9600
    assert len(steps) < 25 * len(words)
