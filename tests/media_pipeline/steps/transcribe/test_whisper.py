"""Whisper: runs from its folder alone, in blocks, and is not believed where nobody speaks."""

from itertools import pairwise
from pathlib import Path

import ctranslate2
import pytest

from ground.refusals import Refused
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.speech import SpeechSegment
from media_pipeline.steps.transcribe.choice import choose_transcriber
from media_pipeline.steps.transcribe.whisper import (
    Whisper,
    _blocks,
    _device,
    _hotwords,
)

from ..conftest import write_wav
from ..sounds import NOTHING_SAID


def test_whisper_runs_from_its_folder_alone(tiny_whisper: Path, narration: Path) -> None:
    seen: list[float] = []
    choice = choose_transcriber("auto", model=str(tiny_whisper), cache=tiny_whisper / "no-cache")
    assert isinstance(choice.transcriber, Whisper)
    assert choice.reason == f"Whisper's model “{tiny_whisper}” is in its folder, so Whisper ran."
    ctranslate2.set_random_seed(3)
    heard = choice.transcriber.transcribe(
        narration, language="en-GB", glossary=["quorum"], progress=seen.append
    )
    assert (heard.language, heard.engine) == ("en", "whisper")
    assert heard.version.endswith(" tiny")
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(heard.words) > 0
    for word in heard.words:
        assert word.text.startswith("word")
        assert 0 <= word.start <= word.end <= 26.1
        assert 0 <= word.confidence <= 1


def test_whisper_is_given_silence_and_says_nothing(tiny_whisper: Path, tmp_path: Path) -> None:
    wav = write_wav(tmp_path / "silence.wav", NOTHING_SAID["silence"])
    assert Whisper(tiny_whisper, "tiny").transcribe(wav, language="en").words == ()


@pytest.mark.parametrize("kind", ["white noise", "brown noise", "tone", "chords"])
def test_whisper_says_nothing_where_nobody_speaks(
    tiny_whisper: Path, tmp_path: Path, kind: str
) -> None:
    wav = write_wav(tmp_path / "sound.wav", NOTHING_SAID[kind][: 16_000 * 20])
    assert Whisper(tiny_whisper, "tiny").transcribe(wav, language="en").words == ()


def test_what_whisper_invents_over_silence_is_left_out_and_told(
    tiny_whisper: Path, narration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model of random weights says something anyway; here nobody is heard to speak."""
    monkeypatch.setattr(
        "media_pipeline.steps.transcribe.whisper.speech_segments", lambda _samples: []
    )
    ctranslate2.set_random_seed(3)
    heard = Whisper(tiny_whisper, "tiny").transcribe(narration, language="en")
    assert heard.words == ()
    assert heard.warnings
    assert all(sentence.startswith("At 0:") for sentence in heard.warnings)


def test_another_language_than_was_said_only_warns(
    tiny_whisper: Path, narration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The small model knows one language: what a larger one would detect is put in its place."""
    monkeypatch.setattr(
        "media_pipeline.steps.transcribe.whisper._detected", lambda *_all: ("cy", 0.9)
    )
    heard = Whisper(tiny_whisper, "tiny").transcribe(narration, language="en")
    assert (heard.language, heard.detected_language) == ("en", "cy")
    assert heard.warnings[0].startswith(
        "The film is said to be in “en”, but it sounds like “cy”. The captions were made for “en”."
    )


def test_a_long_sound_is_heard_in_blocks_cut_where_nobody_speaks() -> None:
    speech = [SpeechSegment(n * 20.0, n * 20.0 + 18) for n in range(30)]
    blocks = _blocks(speech, 600.0)
    assert blocks[0][0] == 0
    assert blocks[-1][1] == 600
    for (_begin, end), (start, _end) in pairwise(blocks):
        assert end == start
        assert not any(stretch.start < end < stretch.end for stretch in speech)
    assert max(end - begin for begin, end in blocks) <= 180
    assert _blocks([], 400.0) == [(0.0, 180.0), (180.0, 360.0), (360.0, 400.0)]


def test_where_there_is_no_graphics_card_whisper_runs_in_eight_bits(tiny_whisper: Path) -> None:
    assert _device("cpu") == ("cpu", "int8")
    assert _device("cuda") == ("cuda", "float16")
    cards = ctranslate2.get_cuda_device_count()
    assert _device("auto") == (("cuda", "float16") if cards else ("cpu", "int8"))
    with pytest.raises(StepFailed, match="Speech cannot run on “tpu”; choose auto, cpu, cuda"):
        choose_transcriber("auto", model="x", cache=tiny_whisper, device="tpu")


def test_an_english_whisper_says_that_it_knows_no_welsh(
    tiny_whisper: Path, narration: Path
) -> None:
    with pytest.raises(Refused, match="“tiny” understands only English"):
        Whisper(tiny_whisper, "tiny").transcribe(narration, language="cy")


def test_whisper_can_be_cancelled(tiny_whisper: Path, narration: Path) -> None:
    def cancel(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        Whisper(tiny_whisper, "tiny").transcribe(narration, language="en", progress=cancel)


def test_a_glossary_is_kept_short_and_whole() -> None:
    assert _hotwords([]) is None
    assert _hotwords([" house  rules ", "", "quorum"]) == "house rules, quorum"
    line = _hotwords([f"term number {n}" for n in range(100)]) or ""
    assert len(line) <= 200
    assert line.split(", ")[-1].startswith("term number ")
