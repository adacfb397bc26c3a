"""ffmpeg as a child: it dies with its worker, is stopped where it stands still, and says why."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from media_pipeline.steps import ffmpeg
from media_pipeline.steps.failures import StepFailed

ENDLESS = ["-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10", "-f", "null", "-"]
WORKER = f"""
import sys
from media_pipeline.steps import ffmpeg
ffmpeg.run({ENDLESS!r}, progress=lambda done: print("going", flush=True))
"""


def children_of(pid: int) -> list[int]:
    """The children of a process's first thread, by proc(5)."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def wait_for(what: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not what() and time.monotonic() < deadline:
        time.sleep(0.05)
    return what()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_ffmpeg_dies_with_a_worker_that_is_killed() -> None:
    worker = subprocess.Popen([sys.executable, "-c", WORKER], stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "going\n"
        (child,) = children_of(worker.pid)
        assert is_alive(child)
        assert os.getpgid(child) == child, "Ctrl-C at a terminal is the worker's to answer"
        worker.send_signal(signal.SIGKILL)
        assert wait_for(lambda: not is_alive(child)), "ffmpeg outlived its worker by a minute"
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def test_ffmpeg_that_gets_no_further_is_stopped(tmp_path: Path) -> None:
    """It opens a pipe into which nobody ever writes."""
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    with pytest.raises(StepFailed) as caught:
        ffmpeg.run(["-i", str(pipe), "-f", "null", "-"], duration=10.0, stall=1.0)
    assert caught.value.sentence.startswith("ffmpeg got no further for ")
    assert caught.value.sentence.endswith("if it stops again, export the film anew.")
    assert children_of(os.getpid()) == []


def test_ffmpeg_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(StepFailed, match="more than a film of this length may take, and was"):
        ffmpeg.run(ENDLESS, limit=1.5)
    assert children_of(os.getpid()) == []


def test_a_cancelled_job_is_noticed_while_ffmpeg_stands_still(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)

    def cancel(_done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        ffmpeg.run(["-i", str(pipe), "-f", "null", "-"], duration=10.0, progress=cancel)
    assert children_of(os.getpid()) == []


def test_what_ffmpeg_says_last_is_the_reason_given() -> None:
    with pytest.raises(StepFailed, match=r"^ffmpeg stopped: .*No such file or directory"):
        ffmpeg.run(["-i", "/nowhere/film.mp4", "-f", "null", "-"])


def test_progress_never_runs_backwards() -> None:
    headway = ffmpeg.Headway(10.0, None, 60.0, 60.0)
    said = ("out_time_us=N/A", "out_time_us=-1", "out_time_us=5000000", "out_time_us=2000000")
    seen = []
    for line in said:
        headway.read(line)
        seen.append(headway.fraction)
    assert seen == [0.0, 0.0, 0.5, 0.5]


def test_a_disk_with_room_is_no_obstacle_and_a_full_one_says_what_is_missing(
    tmp_path: Path,
) -> None:
    ffmpeg.refuse_without_room(tmp_path, 1)
    with pytest.raises(StepFailed) as caught:
        ffmpeg.refuse_without_room(tmp_path, 10**18)
    assert "this step needs about 1000000000.2 GB" in caught.value.sentence
    assert "Make room, then run the step again." in caught.value.sentence


def test_what_reads_uploads_is_not_told_the_sites_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look is taken at a child that would go on for ever, which is then told to stop."""
    monkeypatch.setenv("MEMBERSNET_SECRET_KEY", "a key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    told: list[bytes] = []

    def look_and_cancel(_done: float) -> None:
        (child,) = children_of(os.getpid())
        told.append(Path(f"/proc/{child}/environ").read_bytes())
        raise InterruptedError

    with pytest.raises(InterruptedError):
        ffmpeg.run(ENDLESS, progress=look_and_cancel)
    (environment,) = told
    assert b"PATH=" in environment
    assert b"KEY" not in environment
