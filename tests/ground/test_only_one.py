"""One process at a time is in the block of a folder."""

import subprocess
import sys

import pytest

from ground.only_one import only_one
from ground.refusals import Refused
from tests.conftest import ROOT

HOLD = """
import sys, pathlib
from ground.only_one import only_one
with only_one(pathlib.Path(sys.argv[1]), "taken"):
    print("in", flush=True)
    sys.stdin.read()
"""


def test_the_second_is_refused_until_the_first_is_gone_even_where_it_was_killed(tmp_path):
    folder = tmp_path / "made"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    first = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, **pipes)
    assert first.stdout.readline() == b"in\n"
    with pytest.raises(Refused, match="Somebody is there"), only_one(folder, "Somebody is there."):
        pass
    first.kill()
    first.wait()
    with only_one(folder, "Somebody is there."):
        assert (folder / "lock").exists()
