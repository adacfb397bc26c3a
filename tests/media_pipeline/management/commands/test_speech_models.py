"""The models that recognise speech, listed on the command line."""

from pathlib import Path

from tests.media_pipeline.management.commands.conftest import run


def test_the_models_are_listed_with_the_one_the_settings_choose(settings, tmp_path: Path) -> None:
    settings.MEDIA_MODEL_CACHE, settings.MEDIA_WHISPER_MODEL = tmp_path, "base"
    out, _beside = run("speech_models")
    rows = {line.split("  ")[0].strip(): line for line in out.splitlines()}
    assert rows["base *"].split("  ")[-1].strip() == "no"
    assert "244 M" in rows["small"]
    assert "which is not here" in out
    assert "pocketsphinx" in out
