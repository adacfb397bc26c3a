"""Who hears a film, and what is heard: speech, and nothing where nobody speaks."""

import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path

import ctranslate2
import numpy
import pytest

from ground.refusals import Refused
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.corrections import correct
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.formats.vtt import to_vtt
from media_pipeline.steps.sound import extract_sound, read_wav
from media_pipeline.steps.speech import Stretch, stretches
from media_pipeline.steps.transcribe.choice import EngineChoice, choose_transcriber
from media_pipeline.steps.transcribe.sphinx import PocketSphinx
from media_pipeline.steps.transcribe.whisper import (
    Whisper,
    _blocks,
    _device,
    _hotwords,
    is_model_folder,
)

from .conftest import word_errors, write_wav

SECONDS = 60
CLOCK = numpy.arange(SECONDS * 16_000) / 16_000
SHORT = CLOCK[: 16_000 * 12]  # plucked strings pass for speech at first, and take their time
CHANCE = numpy.random.default_rng(11)


def coloured(slope: float) -> numpy.ndarray:
    """Noise whose strength falls with the frequency: pink at 0.5, brown at 1."""
    spectrum = numpy.fft.rfft(CHANCE.normal(0, 1, len(CLOCK)))
    spectrum /= numpy.maximum(1, numpy.arange(len(spectrum))) ** slope
    noise = numpy.fft.irfft(spectrum, len(CLOCK))
    return 3000 * noise / noise.std()


NOTHING_SAID = {
    "silence": CLOCK * 0,
    "faint hiss": CHANCE.normal(0, 4, len(CLOCK)),
    "tone": 8000 * numpy.sin(2 * numpy.pi * 440 * CLOCK),
    "white noise": CHANCE.normal(0, 3000, len(CLOCK)),
    "pink noise": coloured(0.5),
    "brown noise": coloured(1.0),
    "beeps": 8000 * numpy.sin(2 * numpy.pi * 700 * CLOCK) * (CLOCK % 1 < 0.4),
    "wavering noise": CHANCE.normal(0, 3000, len(CLOCK)) * (0.5 + 0.5 * numpy.sin(25 * CLOCK)),
    "chords": sum(3000 * numpy.sin(2 * numpy.pi * f * SHORT) for f in (220, 277, 330))
    * numpy.exp(-3 * (SHORT % 0.5)),
}
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
    looks: list[float] = []

    def progress(done: float) -> None:
        seen.append(done)
        looks.append(time.process_time())  # not the wall's time: other tests run beside this one

    heard = PocketSphinx().transcribe(narration, language="en-GB", progress=progress)
    assert max(later - earlier for earlier, later in pairwise(looks)) < 2  # so it can be stopped
    assert word_errors(SAID, " ".join(word.text for word in heard.words)) < 0.25
    assert (heard.language, heard.engine) == ("en", "pocketsphinx")
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert 0.5 < heard.words[0].start < 1.0
    for earlier, later in pairwise(heard.words):
        assert earlier.start < earlier.end <= later.start
        assert 0 <= earlier.confidence <= 1


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


def test_stretches_of_speech_are_found_between_silences(tmp_path: Path, narration: Path) -> None:
    said = read_wav(narration)[16_000 : 16_000 * 5]
    quiet = numpy.zeros(16_000 * 3)
    wav = write_wav(tmp_path / "two.wav", numpy.concatenate([quiet, said, quiet, said, quiet]))
    first, second = stretches(read_wav(wav), longest=6)
    assert 2.7 < first.start < first.end < 7.3
    assert 9.7 < second.start < second.end < 14.3


def test_a_long_stretch_is_cut_without_a_gap_or_an_overlap(narration: Path) -> None:
    found = stretches(read_wav(narration), longest=4, apart=3)
    assert len(found) >= 6
    for earlier, later in pairwise(found):
        assert earlier.end <= later.start
    assert max(stretch.end - stretch.start for stretch in found) <= 4 + 2 * 0.15


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
    monkeypatch.setattr("media_pipeline.steps.transcribe.whisper.stretches", lambda _samples: [])
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
    speech = [Stretch(n * 20.0, n * 20.0 + 18) for n in range(30)]
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


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "tokenizer.json"])
def test_a_model_folder_with_a_file_missing_is_not_taken(
    tmp_path: Path, tiny_whisper: Path, missing: str
) -> None:
    folder = shutil.copytree(tiny_whisper, tmp_path / "model")
    assert is_model_folder(folder)
    (folder / missing).unlink()
    assert not is_model_folder(folder)
    choice = choose_transcriber("auto", model=str(folder), cache=tmp_path)
    assert choice.transcriber.name == "pocketsphinx"
    assert choice.reason == (
        f"Whisper's model “{folder}” is not a folder with a whole model in it, so PocketSphinx ran."
    )


def test_a_damaged_model_gives_way_to_pocketsphinx(tmp_path: Path, tiny_whisper: Path) -> None:
    folder = shutil.copytree(tiny_whisper, tmp_path / "model")
    (folder / "model.bin").write_bytes(b"damaged")
    choice = choose_transcriber("auto", model=str(folder), cache=tmp_path)
    assert choice.transcriber.name == "pocketsphinx"
    assert "cannot be loaded" in choice.reason
    with pytest.raises(StepFailed, match=r"cannot be loaded .*Put a folder with model\.bin"):
        choose_transcriber("whisper", model=str(folder), cache=tmp_path)


def test_a_model_in_the_cache_is_taken_without_a_network(
    tmp_path: Path, tiny_whisper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    kept = tmp_path / "models--Systran--faster-whisper-small"
    shutil.copytree(tiny_whisper, kept / "snapshots" / ("a" * 40))
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("a" * 40)
    choice = choose_transcriber("auto", model="small", cache=tmp_path)
    assert choice.transcriber.name == "whisper"
    assert choice.reason == "Whisper's model “small” is in the cache, so Whisper ran."


def test_with_fetching_switched_off_nothing_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    choice = choose_transcriber("auto", model="small", cache=tmp_path)
    assert choice.transcriber.name == "pocketsphinx"
    assert choice.reason == (
        "Whisper's model “small” is not here and fetching is switched off (HF_HUB_OFFLINE), "
        "so PocketSphinx ran."
    )


def chosen_with_hub_at(
    address: str, cache: Path, monkeypatch: pytest.MonkeyPatch, *, timeout: float = 60.0
) -> EngineChoice:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", address)
    template = f"{address}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
    monkeypatch.setattr("huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE", template)
    return choose_transcriber("auto", model="small", cache=cache, network_timeout=timeout)


def test_without_a_network_pocketsphinx_runs_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    choice = chosen_with_hub_at(address, tmp_path, monkeypatch)
    assert choice.transcriber.name == "pocketsphinx"
    assert choice.reason == (
        "Whisper's model “small” is not here and could not be fetched within 60 seconds, "
        "so PocketSphinx ran."
    )


def test_a_network_that_never_answers_is_given_up_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test ends although the connection stays open and nothing ever comes over it."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}"
        choice = chosen_with_hub_at(address, tmp_path, monkeypatch, timeout=1.0)
    assert choice.reason.endswith("could not be fetched within 1 second, so PocketSphinx ran.")


def test_a_hub_without_the_model_is_not_asked_to_send_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class NotFound(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked.append(self.command)
            self.send_error(404)

        def log_message(self, *_words: object) -> None:
            """Keep the test's output clean."""

    with HTTPServer(("127.0.0.1", 0), NotFound) as hub:
        threading.Thread(target=hub.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{hub.server_address[1]}"
        choice = chosen_with_hub_at(address, tmp_path, monkeypatch)
        hub.shutdown()
    assert set(asked) == {"HEAD"}
    assert choice.transcriber.name == "pocketsphinx"


def test_an_engine_or_a_model_of_an_unknown_name_is_named(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match=r"There is no speech engine “vosk”; choose auto,"):
        choose_transcriber("vosk", model="small", cache=tmp_path)
    choice = choose_transcriber("auto", model="enormous", cache=tmp_path)
    assert choice.reason == "There is no Whisper model called “enormous”, so PocketSphinx ran."


def test_pocketsphinx_may_be_asked_for_by_name(tmp_path: Path) -> None:
    choice = choose_transcriber("pocketsphinx", model="small", cache=tmp_path)
    assert choice.transcriber.languages == {"en"}
    assert choice.reason == "PocketSphinx ran, as the settings say."


def test_choosing_does_not_load_the_heavy_libraries_before_it_must() -> None:
    script = (
        "import sys, media_pipeline.steps.transcribe.choice, media_pipeline.steps.align\n"
        "import media_pipeline.steps.probe.sandboxed, media_pipeline.steps.transcode\n"
        "import media_pipeline.steps.poster, media_pipeline.steps.captions\n"
        "heavy = {'numpy', 'av', 'PIL', 'pocketsphinx', 'faster_whisper', 'ctranslate2',"
        "'huggingface_hub', 'ttconv', 'docx'}\n"
        "print(sorted(heavy & set(sys.modules)), 'django' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[] False"
