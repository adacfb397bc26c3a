"""Models of speech recognition: found, checked, removed; and what to do where there are none."""

import hashlib
import shutil
from pathlib import Path

import pytest

from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.transcribe import models


def test_a_folder_of_the_models_name_in_the_cache_is_found(
    tmp_path: Path, tiny_whisper: Path
) -> None:
    assert models.find("base", tmp_path) is None
    shutil.copytree(tiny_whisper, tmp_path / "base")
    assert models.find("base", tmp_path) == tmp_path / "base"
    assert models.find(str(tiny_whisper), tmp_path) == tiny_whisper


def test_a_whole_model_passes(tiny_whisper: Path) -> None:
    lines = models.verify(tiny_whisper)
    assert [line.split(":")[0] for line in lines[:-1]] == [
        "model.bin", "config.json", "tokenizer.json", "vocabulary.json",
    ]  # fmt: skip
    assert lines[-1] == "loads; hears English"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("model.bin", None, "model.bin is missing in"),
        ("vocabulary.json", None, "vocabulary.json or vocabulary.txt is missing in"),
        ("tokenizer.json", b"", "tokenizer.json in .* is empty"),
        ("model.bin", b"damaged", "cannot be loaded"),
    ],
)
def test_a_broken_model_is_told_by_its_file(
    tmp_path: Path, tiny_whisper: Path, name: str, data: bytes | None, sentence: str
) -> None:
    folder = shutil.copytree(tiny_whisper, tmp_path / "model")
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    with pytest.raises(StepFailed, match=sentence):
        models.verify(folder)


def test_a_fetched_file_is_held_against_its_checksum(tmp_path: Path, tiny_whisper: Path) -> None:
    folder = shutil.copytree(tiny_whisper, tmp_path / "snapshot")
    data = (folder / "model.bin").read_bytes()
    blob = tmp_path / hashlib.sha256(data).hexdigest()
    blob.write_bytes(data)
    (folder / "model.bin").unlink()
    (folder / "model.bin").symlink_to(blob)
    assert models.verify(folder)[0].endswith("bytes, checksum right")
    blob.write_bytes(data[:-1] + b"x")
    with pytest.raises(StepFailed, match=r"model\.bin in .* is damaged: fetch the model again"):
        models.verify(folder)


def test_removing_frees_what_is_in_the_cache_and_nothing_else(
    tmp_path: Path, tiny_whisper: Path
) -> None:
    cache, elsewhere = tmp_path / "cache", tmp_path / "elsewhere"
    shutil.copytree(tiny_whisper, cache / "base")
    shutil.copytree(tiny_whisper, elsewhere)
    size = models.bytes_of(elsewhere)
    assert models.remove("base", cache) == size
    assert not (cache / "base").exists()
    for name in ("base", "../elsewhere", str(elsewhere), ".", ""):
        with pytest.raises(StepFailed, match="nothing was removed"):
            models.remove(name, cache)
    assert models.bytes_of(elsewhere) == size


def test_what_cannot_be_fetched_says_what_to_place_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    assert models.find_or_fetch("base", tmp_path) == models.ModelSearch(
        None, "Whisper's model “base” is not here and fetching is switched off (HF_HUB_OFFLINE)"
    )
    advice = models.advice("base", tmp_path)
    for part in ("model.bin", "tokenizer.json", str(tmp_path / "base"), "verify base"):
        assert part in advice


def test_an_unknown_name_is_told_with_those_there_are(tmp_path: Path) -> None:
    search = models.find_or_fetch("enormous", tmp_path)
    assert search == models.ModelSearch(None, "There is no Whisper model called “enormous”")
    assert models.advice("enormous", tmp_path).startswith("There are tiny.en, tiny, base.en,")


def test_a_download_that_hangs_is_ended_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "FETCH", "import time; time.sleep(3600)")
    seen: list[float] = []
    models.download("owner/name", tmp_path, 0.7, 100, seen.append)
    assert set(seen) == {0.0}


def test_a_download_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "FETCH", "import time; time.sleep(3600)")

    def cancel(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        models.download("owner/name", tmp_path, 30, 100, cancel)
