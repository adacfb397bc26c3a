"""Bad input gets one clear line and writes nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.media_pipeline.management.commands.conftest import run


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("transcribe", "nowhere.mp4"), "There is no file nowhere.mp4."),
        (("transcribe", "{folder}"), "is not a file."),
        (("transcribe", "{notes}", "--engine", "pocketsphinx"), "has no sound that can be read"),
        (
            ("transcribe", "{notes}", "--output", "{folder}/x.doc"),
            "captions can be written as .vtt",
        ),
        (("transcribe", "{notes}", "--output", "{notes}.d/x.vtt"), "There is no folder"),
        (("transcribe", "{vtt}", "--output", "{vtt}"), "is what the command reads"),
        (("align", "{notes}", "nowhere.txt"), "There is no file nowhere.txt."),
        (("check_captions", "{notes}"), "This is not a caption file that can be read."),
        (("speech_models", "fetch"), "Say which model to fetch: tiny.en"),
        (("speech_models", "remove", "base"), "Nothing was removed: say --yes"),
        (("speech_models", "verify", "base"), "is not here. Where there is a network, fetch"),
    ],
)
def test_bad_input_gets_one_clear_line_and_writes_nothing(
    arguments: tuple[str, ...], line: str, tmp_path: Path, settings
) -> None:
    settings.MEDIA_MODEL_CACHE = tmp_path / "models"
    notes, vtt = tmp_path / "notes.txt", tmp_path / "notes.vtt"
    notes.write_text("These are notes.")
    vtt.write_text("WEBVTT\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    places = {"folder": tmp_path, "notes": notes, "vtt": vtt}
    with pytest.raises(CommandError) as refused:
        run(*(argument.format(**places) for argument in arguments))
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
