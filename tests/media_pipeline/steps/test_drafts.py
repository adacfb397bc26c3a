"""What an editor may send, and what may be shown to viewers."""

import pytest

from ground.refusals import Refused
from media_pipeline.steps.drafts import (
    cues_from_json,
    refuse_unpublishable,
    validated,
    with_word_times,
)
from media_pipeline.steps.words import Cue, Word


def test_cues_come_of_json_with_their_words():
    sent = {"start": 1, "end": 2.5, "text": "a\nb", "speaker": "Ann"}
    found = cues_from_json([{**sent, "words": [["a", 1, 1.5, 0.4], ["b", 1.5, 2, 7]]}])
    words = (Word("a", 1.0, 1.5, 0.4), Word("b", 1.5, 2.0, 1.0))
    assert found == [Cue(1.0, 2.5, ("a", "b"), words, "Ann")]


def test_words_that_are_not_the_text_s_are_made_to_match():
    words = (Word("common", 1.0, 1.5, 0.4), Word("sense", 1.5, 2.0, 0.4))
    [found] = validated([Cue(1, 2, ("comment", "sense"), words)])
    assert found.words == (Word("comment", 1.0, 1.5), words[1])
    backwards = (Word("a", 5.0, 1.0), Word("b", 0.0, 0.0))
    assert validated([Cue(1, 2, ("a b",), backwards)])[0].words == ()


def test_a_text_file_keeps_the_word_times_of_the_cues_it_was_written_from():
    words = tuple(
        Word(text, n, n + 0.9, 0.3) for n, text in enumerate(["one", "two", "three", "four"])
    )
    before = [Cue(0, 4, ("one two", "three four"), words)]
    found = with_word_times([Cue(0, 2, ("one too",)), Cue(2, 4, ("three four",))], before)
    assert found[0].words == (words[0], Word("too", 1, 1.9))
    assert found[1].words == words[2:]


def test_cues_that_touch_may_be_published_and_those_that_overlap_may_not():
    touching = [Cue(0, 1, ("a",)), Cue(1, 2, ("b",))]
    refuse_unpublishable(touching, duration=None)
    with pytest.raises(Refused, match="Cue 1 is still shown when cue 2 begins"):
        refuse_unpublishable([Cue(0, 1.001, ("a",)), touching[1]], duration=None)
