"""What a clip says: selections cut no word, and captions show every word of them at its time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.steps.clip_text import width
from media_pipeline.steps.clip_words import Face, compose_captions, snap, timed_words, transcript_of
from media_pipeline.steps.words import Cue, Word

FACE = Face("bold", 66, 888)


def cue(start, *texts, step=0.4, speaker=""):
    words = tuple(
        Word(text, start + number * step, start + number * step + 0.3)
        for number, text in enumerate(" ".join(texts).split())
    )
    return Cue(start, words[-1].end + 0.5, texts, words, speaker)


FILM = [
    cue(1.0, "Before you take anything down,", "ask five questions."),
    cue(6.0, "Keep a record of what it said."),
    cue(10.0, "Then tell the person why."),
]


@st.composite
def films(draw):
    cues, clock = [], draw(st.floats(0, 5))
    for _ in range(draw(st.integers(1, 6))):
        texts = draw(
            st.lists(st.text("abcŵy,.WM", min_size=1, max_size=24), min_size=1, max_size=16)
        )
        step = draw(st.floats(0.05, 0.8))
        cues.append(cue(clock, " ".join(texts), step=step))
        clock = cues[-1].end + draw(st.floats(0, 3))
    return cues


def test_a_selection_moves_to_the_words_it_holds_with_a_little_room():
    assert snap(FILM, 5.9, 8.6, duration=20) == (5.85, 8.95)


def test_a_selection_that_cuts_words_takes_those_that_are_mostly_inside():
    # “Keep” is from 6.0 to 6.3, “a” from 6.4, “said.” from 8.4 to 8.7.
    assert snap(FILM, 6.2, 8.6, duration=20) == (6.3, 8.95)


def test_room_is_left_only_where_nobody_speaks():
    close = [cue(1.0, "one two three four", step=0.3)]
    assert snap(close, 1.3, 1.9, duration=9) == (1.3, 1.9)


def test_a_selection_in_silence_stays_inside_the_film():
    assert snap(FILM, 14.0, 40.0, duration=20) == (14.0, 20)


@given(films(), st.floats(0, 30), st.floats(0.1, 30))
def test_a_selection_never_cuts_a_word(cues, start, length):
    first, last = snap(cues, start, start + length, duration=60)
    words = [word for one in cues for word in timed_words(one)]
    inside = [word for word in words if start <= (word.start + word.end) / 2 <= start + length]
    assert all(first <= word.start + 0.001 and word.end <= last + 0.001 for word in inside)
    if inside:
        outside = [word for word in words if word not in inside]
        assert not any(first + 0.001 < word.start and word.end < last for word in outside)


def test_words_that_a_person_changed_share_their_place():
    changed = Cue(6.0, 9.0, ("Always keep a record.",), FILM[1].words)
    words = timed_words(changed)
    assert [word.text for word in words] == ["Always", "keep", "a", "record."]
    assert all(6.0 <= word.start <= word.end <= 9.0 for word in words)


def test_words_of_an_imported_caption_share_its_length():
    words = timed_words(Cue(2.0, 4.0, ("aa bb",)))
    assert [(word.text, word.start, word.end) for word in words] == [
        ("aa", 2.0, 3.0),
        ("bb", 3.0, 4.0),
    ]


def test_captions_are_timed_from_the_clips_beginning_and_the_first_is_there_at_once():
    captions = compose_captions(FILM, 5.85, 8.95, FACE)
    assert [one.lines for one in captions] == [("Keep a record", "of what it said.")]
    assert captions[0].start == 0.0
    assert captions[0].end == pytest.approx(3.1)


def test_a_long_cue_is_shown_as_several_captions_broken_where_the_language_is():
    long = [
        cue(0.0, "Before you take anything down, ask five questions and keep a record of it all.")
    ]
    captions = compose_captions(long, 0.0, 9.0, FACE)
    assert [" ".join(one.lines) for one in captions] == [
        "Before you take anything down,",
        "ask five questions and keep a record of it all.",
    ]


def test_a_speaker_is_named_where_another_begins():
    talk = [
        cue(0.0, "Who may post?", speaker="Ann"),
        cue(3.0, "Every member.", speaker="Ann"),
        cue(6.0, "Really?", speaker="Bob"),
    ]
    shown = [" ".join(one.lines) for one in compose_captions(talk, 0, 9, FACE)]
    assert shown == ["Ann: Who may post?", "Every member.", "Bob: Really?"]
    assert transcript_of(talk, 0, 9) == "Ann: Who may post? Every member.\nBob: Really?"


@given(films(), st.floats(0, 20), st.floats(2, 40))
def test_every_word_is_shown_once_in_two_lines_that_fit_and_never_two_at_once(cues, start, length):
    captions = compose_captions(cues, start, start + length, FACE)
    shown = "".join("".join(one.lines) for one in captions).replace("-", "").replace(" ", "")
    assert shown == transcript_of(cues, start, start + length).replace("\n", "").replace(" ", "")
    assert all(1 <= len(one.lines) <= 2 for one in captions)
    assert all(width(line, "bold", 66) <= FACE.limit for one in captions for line in one.lines)
    assert all(one.start < one.end for one in captions)
    assert all(before.end <= after.start for before, after in pairwise(captions))
