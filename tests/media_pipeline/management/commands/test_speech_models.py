"""The models that recognise speech, listed on the command line."""

import sys
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.media_pipeline.management.commands.conftest import run
from tests.media_pipeline.steps import tiny_whisper


def test_the_models_are_listed_with_the_one_the_settings_choose(settings, tmp_path: Path) -> None:
    settings.MEDIA_MODEL_CACHE, settings.MEDIA_WHISPER_MODEL = tmp_path, "base"
    out, _beside = run("speech_models")
    rows = {line.split("  ")[0].strip(): line for line in out.splitlines()}
    assert rows["base *"].split("  ")[-1].strip() == "no"
    assert "244 M" in rows["small"]
    assert "which is not here" in out
    assert "pocketsphinx" in out


def test_a_model_that_was_placed_is_verified_and_removed(settings, tmp_path: Path) -> None:
    settings.MEDIA_MODEL_CACHE = tmp_path / "models"
    folder = tiny_whisper.build(tmp_path / "models" / "base")
    out, _beside = run("speech_models", "verify", "base")
    assert out.startswith("model.bin: ")
    assert out.endswith(f"loads; hears English\n“base” in {folder} is whole.\n")
    out, _beside = run("speech_models", "remove", "base", "--yes")
    assert out.startswith("“base” was removed; ")
    assert not folder.exists()


def test_a_model_that_cannot_be_fetched_says_what_to_place_where(settings, tmp_path: Path) -> None:
    settings.MEDIA_MODEL_CACHE = tmp_path
    with pytest.raises(CommandError) as refused:
        run("speech_models", "fetch", "base")
    assert str(refused.value).startswith(
        "Whisper's model “base” is not here and fetching is switched off (HF_HUB_OFFLINE). Where "
        "there is a network, fetch the files of “Systran/faster-whisper-base” (model.bin, "
    )
    with pytest.raises(CommandError, match=r"called “enormous”\. There are tiny\.en, tiny, base"):
        run("speech_models", "fetch", "enormous")


def test_without_whisper_the_command_lists_and_removes_and_says_what_to_install(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)  # as where it is not installed
    settings.MEDIA_MODEL_CACHE, settings.MEDIA_WHISPER_MODEL = tmp_path, "base"
    how = "pip install --require-hashes -r requirements/models.txt"
    tiny_whisper.build(tmp_path / "tiny")
    out, _beside = run("speech_models")
    assert out.splitlines()[-1] == (
        f"* Whisper is not installed (to install it: {how}), so PocketSphinx runs."
    )
    for action in ("fetch", "verify"):
        with pytest.raises(CommandError) as refused:
            run("speech_models", action, "tiny")
        assert str(refused.value) == (
            f"Whisper is not installed (to install it: {how}): no model can be fetched or verified."
        )
    out, _beside = run("speech_models", "remove", "tiny", "--yes")
    assert out.startswith("“tiny” was removed; ")
