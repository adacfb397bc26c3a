"""Processes that are killed at the worst moment, and processes that work at once.

Real ones: each is started, works on a database file and an index, and some are killed.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from search.engines.embedded import EmbeddedEngine
from search.engines.engine import WriterBusy

pytestmark = pytest.mark.nightly

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.search.second_process"


class Folder:
    """A folder that the processes share."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def holds(self, **shelf: str) -> None:
        (self.path / "shelf.json").write_text(json.dumps(shelf))

    def start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", MODULE, str(self.path), *command],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str) -> dict:
        process = self.start(*command)
        out, _err = process.communicate(timeout=120)
        assert process.returncode == 0
        return json.loads(out.splitlines()[-1])

    def killed(self, *command: str) -> None:
        process = self.start(*command)
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL


@pytest.fixture
def folder(tmp_path) -> Folder:
    folder = Folder(tmp_path)
    folder.holds()
    folder.run("prepare")
    return folder


@pytest.mark.parametrize(
    ("moment", "indexed"), [("die_before_commit", False), ("die_after_commit", True)]
)
def test_a_kill_between_index_and_database_loses_nothing(folder, moment, indexed):
    folder.holds(a="tuba", b="oboe")
    folder.run("mark", "a", "b")
    folder.killed("index", moment)

    both = [["a", "tuba"], ["b", "oboe"]]
    after_the_kill = folder.run("state")
    assert after_the_kill == {"documents": both if indexed else [], "waiting": ["a", "b"]}
    assert folder.run("index") == {"documents": both, "waiting": []}


def test_a_kill_before_the_commit_leaves_what_was_indexed_before(folder):
    folder.holds(a="tuba")
    folder.run("mark", "a")
    folder.run("index")
    folder.holds(a="oboe")
    folder.run("mark", "a")
    folder.killed("index", "die_before_commit")

    assert folder.run("state") == {"documents": [["a", "tuba"]], "waiting": ["a"]}
    assert folder.run("index") == {"documents": [["a", "oboe"]], "waiting": []}


def test_a_kill_during_a_rebuild_leaves_the_old_index_and_no_litter(folder):
    folder.holds(a="tuba")
    folder.run("mark", "a")
    folder.run("index")
    folder.killed("rebuild_and_die")

    assert folder.run("state") == {"documents": [["a", "tuba"]], "waiting": []}
    assert len(list(folder.path.glob("index/index-*"))) == 2
    folder.run("prepare")
    assert len(list(folder.path.glob("index/index-*"))) == 1


def test_a_second_process_is_refused_at_once_and_let_in_when_the_first_dies(folder):
    holder = folder.start("hold")
    assert holder.stdout.readline() == "held\n"
    engine = EmbeddedEngine(folder.path / "index")
    with pytest.raises(WriterBusy, match="Another process is writing the index"):
        engine.write([], [])
    with pytest.raises(WriterBusy):
        engine.rebuild([])

    holder.kill()
    holder.communicate(timeout=60)
    engine.write([], [])


def test_a_reader_sees_what_another_process_commits(folder):
    engine = EmbeddedEngine(folder.path / "index")
    assert engine.count() == 0

    folder.holds(a="tuba")
    folder.run("mark", "a")
    folder.run("index")
    assert engine.count() == 1

    folder.run("prepare")  # a rebuild, which puts another directory in the place of the first
    assert [document.key for document in engine.documents()] == ["a"]


def test_three_workers_at_once_index_everything_once(folder):
    shelf = {f"k{n:02}": f"tuba {n}" for n in range(30)}
    folder.holds(**shelf)
    folder.run("mark", *shelf)
    workers = [folder.start("work") for _worker in range(3)]
    for worker in workers:
        worker.communicate(timeout=120)

    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert folder.run("state") == {"documents": [[k, v] for k, v in shelf.items()], "waiting": []}
