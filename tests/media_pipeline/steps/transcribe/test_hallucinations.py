"""What recognisers invent is left out, and each passage left out is told with its time."""

import pytest

from media_pipeline.steps.speech import SpeechSegment
from media_pipeline.steps.transcribe.hallucinations import (
    RecognisedPassage,
    spoken_share,
    without_hallucinations,
    without_loops,
)
from media_pipeline.steps.words import Word

SPEECH = [SpeechSegment(10.0, 20.0)]


def words(
    text: str, start: float, *, each: float = 0.4, confidence: float = 0.9
) -> tuple[Word, ...]:
    return tuple(
        Word(one, round(start + n * each, 3), round(start + (n + 0.9) * each, 3), confidence)
        for n, one in enumerate(text.split())
    )


def test_what_is_said_is_kept_without_a_word() -> None:
    said = words("A good record is short, and fair to everybody.", 12)
    assert without_hallucinations([RecognisedPassage(said, 0.1)], SPEECH) == (said, ())


@pytest.mark.parametrize(
    ("text", "confidence", "no_speech"),
    [
        ("Thanks for watching!", 0.99, 0.01),  # famous: never believed over silence
        ("Thank you.", 0.99, 0.01),
        ("A sentence out of nowhere", 0.4, 0.01),  # not sure enough
        ("A sentence out of nowhere", 0.95, 0.5),  # the engine doubts that anybody speaks
        ("A sentence out of nowhere", 0.95, None),  # an engine without such an estimate
    ],
)
def test_words_over_silence_are_left_out_and_told(
    text: str, confidence: float, no_speech: float | None
) -> None:
    passage = RecognisedPassage(words(text, 62, confidence=confidence), no_speech)
    kept, warnings = without_hallucinations([passage], SPEECH)
    assert kept == ()
    assert warnings == (f"At 1:02, “{text}” was left out, for nobody speaks there.",)


def test_thanks_are_kept_where_somebody_speaks() -> None:
    said = words("Thanks for watching!", 15)
    assert without_hallucinations([RecognisedPassage(said, 0.1)], SPEECH) == (said, ())


def test_an_engine_that_is_sure_of_its_words_is_believed_over_music() -> None:
    said = words("Solidarity for ever and ever", 40, confidence=0.95)
    assert without_hallucinations([RecognisedPassage(said, 0.02)], SPEECH) == (said, ())


def test_an_engine_that_doubts_itself_altogether_is_not() -> None:
    doubtful = RecognisedPassage(words("mumble mumble", 12, confidence=0.3), 0.9)
    assert without_hallucinations([doubtful], SPEECH)[0] == ()


def test_a_loop_is_said_once() -> None:
    said = words("and so we go on " + "to the vote " * 6 + "and home", 11, each=0.3)
    kept, warnings = without_hallucinations([RecognisedPassage(said, 0.0)], SPEECH)
    assert " ".join(word.text for word in kept) == "and so we go on to the vote and home"
    assert warnings == (
        "At 0:13, “to the vote to the vote to the vote to the vote to the vote” was left out, "
        "for it repeats what stands before.",
    )


def test_a_loop_over_several_passages_is_found() -> None:
    passages = [RecognisedPassage(words("I will be back.", 10 + n * 2), 0.0) for n in range(5)]
    kept, warnings = without_hallucinations(passages, SPEECH)
    assert [word.text for word in kept] == ["I", "will", "be", "back."]
    assert len(warnings) == 1


@pytest.mark.parametrize(
    "text", ["No, no, no, no!", "hear, hear, hear, hear, hear", "one two " * 3]
)
def test_what_people_do_repeat_is_kept(text: str) -> None:
    said = list(words(text, 12))
    assert without_loops(said) == (said, [])


def test_text_that_repeats_itself_with_small_changes_is_left_out() -> None:
    text = " ".join(f"we will win the seat of ward {n % 3} and" for n in range(12))
    kept, warnings = without_hallucinations(
        [RecognisedPassage(words(text, 10, each=0.12), 0.0)], SPEECH
    )
    assert kept == ()
    assert warnings[0].endswith("… was left out, for it repeats itself.".replace("… ", "…” "))


def test_words_faster_than_anybody_speaks_are_left_out() -> None:
    hurried = RecognisedPassage(words("far too many words in one second here", 12, each=0.05), 0.0)
    kept, warnings = without_hallucinations([hurried], SPEECH)
    assert kept == ()
    assert warnings[0].endswith("for nobody speaks as fast as that.")


def test_words_half_in_a_stretch_are_half_spoken() -> None:
    assert spoken_share([Word("over", 19.0, 21.0)], SPEECH) == pytest.approx(0.5)
    assert spoken_share([Word("in", 12.0, 12.0)], SPEECH) == pytest.approx(1.0)
    assert spoken_share([], SPEECH) == 0.0
