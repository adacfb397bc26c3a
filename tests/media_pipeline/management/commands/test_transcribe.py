"""A sound file is transcribed on the command line."""

import json
from pathlib import Path

from media_pipeline.steps.formats.readers import read_captions
from tests.media_pipeline.management.commands.conftest import run


def test_a_sound_file_is_transcribed(sound: Path, tmp_path: Path) -> None:
    glossary, words = tmp_path / "terms.txt", tmp_path / "words.json"
    glossary.write_text("quorum\nrecord = Record\n")
    target = tmp_path / "captions.srt"
    out, beside = run(
        "transcribe", str(sound), "--engine", "pocketsphinx", "--glossary", str(glossary),
        "--output", str(target), "--words", str(words),
    )  # fmt: skip
    assert out == ""
    assert "good Record" in " ".join(cue.text for cue in read_captions(target)).replace("\n", " ")
    kept = json.loads(words.read_text())
    assert kept["engine"] == "pocketsphinx"
    assert {"text", "start", "end", "confidence"} == set(kept["words"][0])
    assert kept["corrections"][0]["written"] == "Record"
    assert "was put right: “Record”" in beside
    assert "score" in beside
