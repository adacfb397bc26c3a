"""Processes forked from one: what happens where one is killed, fails, or is left alone."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.media_pipeline.real_workers import ROOT, wait_until

pytestmark = pytest.mark.any_database

SCRIPT = """
import os, sys, time
from functools import partial
from pathlib import Path
from membersnet.forks import end_with, run_forked

folder, parent = Path(sys.argv[1]), os.getpid()

def wait_for_the_end(name):
    (folder / f"{name}-{os.getpid()}").touch()
    while not (folder / f"fail-{name}").exists():
        end_with(parent)
        time.sleep(0.02)
    sys.exit(7)

names = ("films", "index")
sys.exit(run_forked([partial(wait_for_the_end, name) for name in names], again_after=0))
"""


class Forked:
    """The script in a process, and the processes that it forked, by the name of their work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = [sys.executable, "-c", SCRIPT, str(folder)]
        self.parent = subprocess.Popen(command, cwd=ROOT)

    def pids(self, name: str) -> list[int]:
        return sorted(int(path.name.split("-")[1]) for path in self.folder.glob(f"{name}-*"))

    def begun(self) -> list[int]:
        wait_until(lambda: self.pids("films") and self.pids("index"))
        return [*self.pids("films"), *self.pids("index")]


@pytest.fixture
def forked(tmp_path):
    forked = Forked(tmp_path)
    yield forked
    forked.parent.kill()
    forked.parent.wait()


def gone(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return state.exists() and ") Z" in state.read_text()
    return True


def test_a_process_that_is_killed_is_replaced_and_the_other_goes_on(forked):
    films, index = forked.begun()
    os.kill(films, signal.SIGKILL)
    wait_until(lambda: len(forked.pids("films")) == 2)
    assert forked.pids("index") == [index]
    assert not gone(index)
    forked.parent.terminate()
    assert forked.parent.wait(60) == 0
    assert all(map(gone, forked.begun()))


def test_one_that_fails_ends_the_other_and_tells_its_code(forked):
    forked.begun()
    (forked.folder / "fail-films").touch()
    assert forked.parent.wait(60) == 7
    assert all(map(gone, forked.begun()))
    assert len(forked.begun()) == 2


def test_processes_end_with_the_one_that_they_were_forked_from(forked):
    pids = forked.begun()
    forked.parent.kill()
    wait_until(lambda: all(map(gone, pids)))
    assert forked.begun() == pids
