"""Captions are held against the rules on the command line."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.media_pipeline.management.commands.conftest import run


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
