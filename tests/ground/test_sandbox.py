"""A reader in a process of its own: its answer comes through, its death does no harm."""

from dataclasses import replace
from pathlib import Path

import pytest

from ground.refusals import Refused
from ground.sandbox import ENVIRONMENT, Bounds, ReaderDied, read_in_subprocess

BOUNDS = Bounds(seconds=60.0, cpu_seconds=60, memory=512 * 1024**2)
READERS = "tests.ground.sandbox_readers"


def test_the_answer_comes_back_whatever_the_reader_prints() -> None:
    request = {"path": "/a “film”.mp4", "limits": [1, 2.5, None]}
    assert read_in_subprocess(f"{READERS}:echo", request, BOUNDS)["request"] == request


def test_the_site_s_keys_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEMBERSNET_SECRET_KEY", "a secret")
    environment = read_in_subprocess(f"{READERS}:echo", None, BOUNDS)["environment"]
    assert "MEMBERSNET_SECRET_KEY" not in environment
    assert set(environment) <= {*ENVIRONMENT, "PYTHONPATH", "LC_CTYPE"}


def test_a_refusal_goes_through_with_its_sentence() -> None:
    with pytest.raises(Refused, match=r"^“page” cannot be read\.$"):
        read_in_subprocess(f"{READERS}:refuse", "page", BOUNDS)


@pytest.mark.parametrize("reader", ["crash", "fail"])
def test_a_reader_that_breaks_gives_no_answer(reader: str) -> None:
    with pytest.raises(ReaderDied):
        read_in_subprocess(f"{READERS}:{reader}", None, BOUNDS)


def test_memory_is_bounded() -> None:
    size = 300 * 1024**2
    assert read_in_subprocess(f"{READERS}:fill_memory", size, BOUNDS) == size
    with pytest.raises(ReaderDied):
        read_in_subprocess(f"{READERS}:fill_memory", size, replace(BOUNDS, memory=size))


def test_the_processor_s_time_is_bounded() -> None:
    """It would go on for ever; the clock's bound is sixty times as long."""
    with pytest.raises(ReaderDied):
        read_in_subprocess(f"{READERS}:spin", None, replace(BOUNDS, cpu_seconds=1))


def test_the_time_by_the_clock_is_bounded() -> None:
    with pytest.raises(ReaderDied):
        read_in_subprocess(f"{READERS}:sleep", 3600.0, replace(BOUNDS, seconds=0.5))


def test_what_the_sign_of_life_raises_ends_the_process() -> None:
    class Cancelled(Exception):
        pass

    calls: list[int] = []

    def alive() -> None:
        calls.append(len(calls))
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_in_subprocess(f"{READERS}:sleep", 3600.0, BOUNDS, alive=alive)
    assert calls == [0, 1, 2]
    assert _children() == []


def _children() -> list[str]:
    """The processes that this one has left behind, as Linux lists them."""
    tasks = Path("/proc/self/task").glob("*/children")
    pids = [pid for task in tasks for pid in task.read_text().split()]
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in pids}
    return [pid for pid, command in commands.items() if "ground.sandbox" in command]
