"""PocketSphinx: hears most of what is said and when, and nothing where nobody speaks."""

from itertools import pairwise
from pathlib import Path

import pytest

from ground.refusals import Refused
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.corrections import correct
from media_pipeline.steps.formats.vtt import to_vtt
from media_pipeline.steps.sound import extract_sound
from media_pipeline.steps.transcribe.sphinx import PocketSphinx

from ..conftest import word_errors, write_wav
from ..sounds import NOTHING_SAID

SAID = (
    "A good record is short. It is fair to the person who wrote the comment, and to the person it "
    "was about. And in six months, when nobody remembers, it is fair to you. Each entry holds six "
    "facts. When it happened, and where. Who wrote it, and the exact words. The rule that it "
    "broke, and what you did. Then sign it"
)


@pytest.mark.parametrize("kind", NOTHING_SAID)
def test_where_nobody_speaks_for_a_minute_no_cue_is_made(tmp_path: Path, kind: str) -> None:
    """Through the pipeline's own steps, from a sound file to captions."""
    source = write_wav(tmp_path / "film.wav", NOTHING_SAID[kind])
    wav = extract_sound(source, tmp_path / "sound.wav")
    heard = PocketSphinx().transcribe(wav, language="en")
    words, _uses = correct(heard.words, [("a", "b")])
    assert words == []
    assert to_vtt(compose_cues(words)) == "WEBVTT\n"


def test_pocketsphinx_hears_most_of_a_narration_and_when(narration: Path) -> None:
    seen: list[float] = []
    heard = PocketSphinx().transcribe(narration, language="en-GB", progress=seen.append)
    steps = [later - earlier for earlier, later in pairwise([0.0, *seen])]
    assert 26 * max(steps) < 2.0, "it can be stopped every other second of sound"
    assert word_errors(SAID, " ".join(word.text for word in heard.words)) < 0.25
    assert (heard.language, heard.engine) == ("en", "pocketsphinx")
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert 0.5 < heard.words[0].start < 1.0
    for earlier, later in pairwise(heard.words):
        assert earlier.start < earlier.end <= later.start
        assert 0 <= earlier.confidence <= 1


@pytest.mark.nightly
def test_pocketsphinx_keeps_its_measure_on_a_real_speech(
    tmp_path: Path, speech_folder: Path
) -> None:
    wav = extract_sound(speech_folder / "jfk.flac", tmp_path / "jfk.wav")
    heard = PocketSphinx().transcribe(wav, language="en")
    spoken = (speech_folder / "jfk.txt").read_text()
    assert word_errors(spoken, " ".join(word.text for word in heard.words)) <= 0.23


def test_pocketsphinx_says_that_it_knows_no_welsh(narration: Path) -> None:
    with pytest.raises(Refused, match=r"understands only English.*captions as a file"):
        PocketSphinx().transcribe(narration, language="cy")


def test_a_transcription_can_be_cancelled(narration: Path) -> None:
    def cancel(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        PocketSphinx().transcribe(narration, language="en", progress=cancel)
