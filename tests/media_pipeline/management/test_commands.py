"""The commands on speech and captions: they need no database, and bad input gets one clear line."""

import json
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from media_pipeline.steps import ffmpeg
from media_pipeline.steps.formats.readers import read_captions

ROOT = Path(__file__).resolve().parents[3]
SAID = "A good record is short. It is fair to the person who wrote the comment,"


def run(*arguments: str) -> tuple[str, str]:
    """What a command writes to its standard output and beside it. Any query would fail the test."""
    out, beside = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seconds of a demonstration film's sound: one sentence and a half."""
    target = tmp_path_factory.mktemp("sound") / "narration.m4a"
    film = ROOT / "demo" / "films" / "keeping-a-record.mp4"
    command = [ffmpeg.executable(), "-loglevel", "error", "-i", str(film), "-t", "8", "-vn"]
    subprocess.run([*command, str(target)], check=True, timeout=60)
    return target


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


def test_a_script_is_aligned_to_the_standard_output(sound: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(f"{SAID} Subscriptions fall due on the ninth of October in leap years.")
    out, beside = run("align", str(sound), str(script))
    assert out.startswith("WEBVTT\n\n00:00:00.")
    assert " ".join(SAID.split()[:5]) in out.replace("\n", " ")
    assert "Not found in the sound, at 0:" in beside
    assert "words placed" in beside


def test_captions_are_held_against_the_rules(tmp_path: Path) -> None:
    file = tmp_path / "captions.vtt"
    file.write_text(
        "WEBVTT\n\n00:01.000 --> 00:01.200\nHello there.\n\n00:02.000 --> 00:04.000\nYes.\n"
    )
    out, _beside = run("check_captions", str(file))
    assert out == (
        "1. too_short: It is shown for 0.20 s; at least 0.83.\n"
        "1. reading_speed: It asks for 60.0 characters a second; at most 20.\n"
        "2 captions, 2 rules broken, score 50 of 100.\n"
    )
    check = json.loads(run("check_captions", str(file), "--json")[0])
    assert (check["score"], check["cues"], len(check["broken"])) == (50.0, 2, 2)
    with pytest.raises(CommandError, match="scores 50, below 80"):
        run("check_captions", str(file), "--at-least", "80")


def test_captions_that_players_cannot_show_fail(tmp_path: Path) -> None:
    file = tmp_path / "captions.srt"
    file.write_text(
        "1\n00:00:03,000 --> 00:00:05,000\nA.\n\n2\n00:00:04,000 --> 00:00:06,000\nB.\n"
    )
    with pytest.raises(CommandError, match=r"captions\.srt has 1 faults that players show"):
        run("check_captions", str(file))


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


def test_a_script_of_another_film_writes_nothing(sound: Path, tmp_path: Path) -> None:
    script, target = tmp_path / "script.txt", tmp_path / "captions.vtt"
    script.write_text("Tomatoes want warmth, patience and a sunny windowsill. Sow them thinly.")
    with pytest.raises(CommandError, match=r"Nothing of script\.txt was found in narration\.m4a"):
        run("align", str(sound), str(script), "--output", str(target))
    assert not target.exists()


def test_the_models_are_listed_with_the_one_the_settings_choose(settings, tmp_path: Path) -> None:
    settings.MEDIA_MODEL_CACHE, settings.MEDIA_WHISPER_MODEL = tmp_path, "base"
    out, _beside = run("speech_models")
    rows = {line.split("  ")[0].strip(): line for line in out.splitlines()}
    assert rows["base *"].split("  ")[-1].strip() == "no"
    assert "244 M" in rows["small"]
    assert "which is not here" in out
    assert "pocketsphinx" in out
