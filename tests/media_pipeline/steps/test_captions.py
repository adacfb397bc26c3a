"""Cues that can be read: what the rules promise for any speech, and how real sentences break."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ground.refusals import Refused
from media_pipeline.steps.breaks import ends_sentence, price
from media_pipeline.steps.captions import Rules, compose_cues
from media_pipeline.steps.formats.vtt import parse_vtt, to_vtt
from media_pipeline.steps.words import Cue, Word

RULES = Rules()
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


def test_an_hour_of_speech_is_composed_within_seconds() -> None:
    words = said("A good record is short, and it is fair to everybody concerned. " * 800)
    begun = time.perf_counter()
    cues = compose_cues(words)
    assert len([word for cue in cues for word in cue.words]) == len(words) == 9600
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    ("text", "is_end"),
    [("go.", True), ("go?”", True), ("wait…", True), ("Mr.", False), ("J.", False), ("a,", False)],
)
def test_an_abbreviation_does_not_end_a_sentence(text: str, is_end: bool) -> None:
    assert ends_sentence(text) is is_end


def test_breaks_are_priced_in_the_broadcasters_order() -> None:
    def after(first: str, second: str) -> float:
        return price([Word(first, 0, 1), Word(second, 1, 2)], 0)

    order = [
        after("done.", "Then"), after("done,", "then"), after("people", "because"),
        after("people", "with"), after("good", "people"), after("the", "people"),
        after("Ada", "Lovelace"),
    ]  # fmt: skip
    assert order == sorted(set(order))


def test_signs_with_a_meaning_in_webvtt_are_written_safely() -> None:
    cue = Cue(3661.5, 3663.0, ("Q&A: 1 < 2 --> true", "<i>as written</i>"))
    text = to_vtt([cue])
    assert text == (
        "WEBVTT\n\n01:01:01.500 --> 01:01:03.000\n"
        "Q&amp;A: 1 &lt; 2 --&gt; true\n&lt;i&gt;as written&lt;/i&gt;\n"
    )
    assert parse_vtt(text) == [cue]


def test_caption_files_of_other_programs_are_read() -> None:
    text = """\ufeffWEBVTT - made elsewhere
Kind: captions

NOTE a remark
00:01 is no time

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start
<v Ada>Hello <00:01.500><b>there</b>

100:00:00.000 --> 100:00:01.000
Late &amp; last""".replace("\n", "\r\n")
    assert parse_vtt(text) == [
        Cue(1.0, 2.5, ("Hello there",), speaker="Ada"),
        Cue(360000.0, 360001.0, ("Late & last",)),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nHi\n", "its first line is not “WEBVTT”"),
        ("WEBVTT\n\n00:01 --> 00:02\nHi\n", "a time that cannot be read: “00:01 --> 00:02”"),
    ],
)
def test_a_file_that_is_no_webvtt_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        parse_vtt(text)
