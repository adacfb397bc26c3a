"""What must be set before the hub is served, and what runs from a bare checkout without it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from media_pipeline.steps import ffmpeg
from membersnet.checks import check_environment, require_environment
from tests.conftest import ROOT
from tests.media_pipeline.management.commands.test_align import SAID

BARE = """
import sys
from pathlib import Path
import django
from django.core.management import CommandError, call_command

django.setup()
film, script, captions, rules, folder = sys.argv[1:]
call_command("align", film, script, "--output", captions)
call_command("check_captions", captions)
call_command("speech_models")
call_command("transcribe", film, "--engine", "pocketsphinx", "--output", f"{folder}/heard.srt")
into = ("--work", "none", "--edition", "1", "--in-force", "2026-01-01")
call_command("import_rules", rules, *into, "--dry-run")
Path(folder, "d").write_text('{"id": "a", "title": "Quorum", "text": "Ten members."}')
Path(folder, "q").write_text('{"id": "q", "text": "quorum"}')
Path(folder, "r").write_text("q\\ta\\t1\\n")
from bench.search_eval import main
main(["--documents", f"{folder}/d", "--queries", f"{folder}/q", "--qrels", f"{folder}/r"])
"""


def without_settings(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder as on a new machine: no variable but its data's place."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "MEMBERSNET_DATA_DIR": str(folder / "data")}
    environment["DJANGO_SETTINGS_MODULE"] = "membersnet.settings"
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture
def sound(tmp_path):
    """The first eight seconds of a demonstration film's sound."""
    film, target = ROOT / "demo" / "films" / "keeping-a-record.mp4", tmp_path / "narration.m4a"
    command = [ffmpeg.executable(), "-loglevel", "error", "-i", str(film), "-t", "8", "-vn"]
    subprocess.run([*command, str(target)], check=True, timeout=60)
    return target


def test_commands_on_files_alone_need_no_variable(tmp_path, sound):
    script = tmp_path / "script.txt"
    script.write_text(SAID)
    rules = tmp_path / "rules.md"
    rules.write_text("# Standing orders\n\n## Quorum\n\n1. The quorum is ten members.\n")
    files = map(str, (sound, script, tmp_path / "captions.vtt", rules, tmp_path))
    done = without_settings(tmp_path, "-c", BARE, *files)
    assert done.returncode == 0, done.stderr
    assert "Nothing was written." in done.stdout
    assert "ndcg_at_10: 1" in done.stdout
    assert (tmp_path / "heard.srt").exists()


def test_a_command_that_serves_says_each_variable_that_is_missing(tmp_path):
    done = without_settings(tmp_path, "manage.py", "migrate")
    assert done.returncode != 0
    assert "MEMBERSNET_SECRET_KEY is not set." in done.stderr
    assert "EMAIL_URL is not set, so nobody could reset a password." in done.stderr


def test_a_rule_book_is_not_written_without_settings(tmp_path, settings):
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    settings.UNSET = ["A variable is not set."]
    with pytest.raises(SystemCheckError, match=r"A variable is not set\."):
        call_command("import_rules", "no.md", work="none", edition="1", in_force="2026-01-01")


def test_the_web_server_refuses_to_serve_while_a_variable_is_missing(settings):
    assert check_environment(None) == []
    require_environment()
    settings.UNSET = ["One is not set.", "Another is not set."]
    assert [error.msg for error in check_environment(None)] == settings.UNSET
    with pytest.raises(ImproperlyConfigured, match=r"One is not set\.\nAnother is not set\."):
        require_environment()
