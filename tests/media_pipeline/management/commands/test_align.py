"""A script is aligned on the command line."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.media_pipeline.management.commands.conftest import run

SAID = "A good record is short. It is fair to the person who wrote the comment,"


def test_a_script_is_aligned_to_the_standard_output(sound: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"{SAID} Subscriptions fall due on the ninth of October in leap years.")
    out, beside = run("align", str(sound), str(script))
    assert out.startswith("WEBVTT\n\n00:00:00.")
    assert " ".join(SAID.split()[:5]) in out.replace("\n", " ")
    assert "Not found in the sound, at 0:" in beside
    assert "words placed" in beside


def test_a_script_of_another_film_writes_nothing(sound: Path, tmp_path: Path) -> None:
    script, target = tmp_path / "script.txt", tmp_path / "captions.vtt"
    script.write_text("Tomatoes want warmth, patience and a sunny windowsill. Sow them thinly.")
    with pytest.raises(CommandError, match=r"Nothing of script\.txt was found in narration\.m4a"):
        run("align", str(sound), str(script), "--output", str(target))
    assert not target.exists()
