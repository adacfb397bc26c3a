"""Looks at a file in a process of its own, with bounds to its memory and time.

What nobody has looked at yet may be made to bring a reader down. Here it brings down a process
that does nothing else, and its author reads a sentence.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ground.refusals import Refused

from ..failures import StepFailed
from ..ffmpeg import plain_environment
from .facts import GENEROUS, Limits, Probe

MOST_MEMORY = 2 * 1024**3  # bytes of address space: a picture of 8192 pixels a side, and room
MOST_CPU = 300  # seconds: packets of 8 GB are read in a tenth of it
MOST_TIME = 3600.0  # seconds by the clock: a file of 8 GB is read through, perhaps from a slow disk
TICK = 0.2  # seconds between two looks
ROOT = Path(__file__).resolve().parents[3]


def probe_apart(
    path: Path,
    limits: Limits = GENEROUS,
    *,
    alive: Callable[[], None] | None = None,
    most_memory: int = MOST_MEMORY,
) -> Probe:
    """What `probe` returns and raises, from a process of its own.

    ``alive`` is called several times a second; what it raises ends the process and goes through.
    A file that takes too much memory or time, or brings the reader down, is refused.
    """
    asked = json.dumps({"path": str(path), "limits": asdict(limits), "memory": most_memory})
    process = subprocess.Popen(  # noqa: S603  our own module
        [sys.executable, "-m", __package__],
        cwd=ROOT,
        env={**plain_environment(), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        said = _wait(process, asked, alive)
    finally:
        process.kill()
        process.wait()
    return _understood(said, process.returncode)


def _wait(process: "subprocess.Popen[str]", asked: str, alive: Callable[[], None] | None) -> str:
    until = time.monotonic() + MOST_TIME
    given: str | None = asked
    while time.monotonic() < until:
        try:
            return process.communicate(given, timeout=TICK)[0]
        except subprocess.TimeoutExpired:
            given = None
            if alive:
                alive()
    return ""


def _understood(said: str, code: int) -> Probe:
    try:
        answer = json.loads(said)
    except ValueError:
        raise Refused(
            "This file takes more memory or time to read than any film should, so it was given "
            "up. Export the film as an MP4 and upload that."
        ) from None
    if "refused" in answer:
        raise Refused(answer["refused"])
    if "failed" in answer:
        raise StepFailed(answer["failed"])
    found = answer["found"]
    return Probe(**{**found, "streams": tuple(found["streams"]), "notes": tuple(found["notes"])})


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Look at the file, inside the process of its own."""
    from .looking import probe

    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU, MOST_CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return {"found": asdict(probe(Path(asked["path"]), Limits(**asked["limits"])))}
    except Refused as refusal:
        return {"refused": refusal.sentence}
    except OSError as error:
        return {"failed": f"The film cannot be read from the disk: {error.strerror or error}."}
