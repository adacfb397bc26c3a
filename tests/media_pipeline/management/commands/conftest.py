"""The commands need no database: any query would fail the test."""

import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from media_pipeline.steps import ffmpeg

ROOT = Path(__file__).resolve().parents[4]


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
