"""Which engine hears a film, and the sentence that says why."""

import shutil
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.transcribe.choice import EngineChoice, choose_transcriber
from media_pipeline.steps.transcribe.whisper import (
    is_model_folder,
)


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
    assert choice.transcriber.name == "pocketsphinx"
    assert choice.reason == "PocketSphinx ran, as the settings say."


def test_without_whisper_pocketsphinx_runs_and_says_what_to_install(
    tmp_path: Path, tiny_whisper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)  # as where it is not installed
    how = "pip install --require-hashes -r requirements/models.txt"
    choice = choose_transcriber("auto", model=str(tiny_whisper), cache=tmp_path)
    assert choice.transcriber.name == "pocketsphinx"
    assert choice.reason == (
        f"Whisper is not installed (to install it: {how}), so PocketSphinx ran."
    )
    with pytest.raises(StepFailed) as failed:
        choose_transcriber("whisper", model=str(tiny_whisper), cache=tmp_path)
    assert str(failed.value) == (
        f"Whisper is not installed (to install it: {how}). Install it, or choose PocketSphinx."
    )


def test_choosing_does_not_load_the_heavy_libraries_before_it_must() -> None:
    script = (
        "import sys, media_pipeline.steps.transcribe.choice, media_pipeline.steps.align\n"
        "import media_pipeline.steps.probe.sandboxed, media_pipeline.steps.transcode\n"
        "import media_pipeline.steps.poster, media_pipeline.steps.captions\n"
        "heavy = {'numpy', 'av', 'PIL', 'pocketsphinx', 'faster_whisper', 'ctranslate2',"
        "'huggingface_hub', 'ttconv', 'docx'}\n"
        "print(sorted(heavy & set(sys.modules)), 'django' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[4]
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[] False"
