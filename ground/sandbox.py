"""Calls a function in a process of its own, with bounds to its memory and time.

For files that nobody has looked at yet: what brings their reader down brings down a process that
does nothing else and holds none of the site's keys.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ground.refusals import Refused

TICK = 0.2  # seconds between two calls of ``alive``
ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Bounds:
    """``seconds`` by the clock, ``cpu_seconds`` of the processor, ``memory`` in bytes of address
    space.
    """

    seconds: float
    cpu_seconds: int
    memory: int = 2 * 1024**3


class ReaderDied(Exception):
    """The process gave no answer: it ran out of memory or time, or crashed."""


def read_in_subprocess(
    reader: str, request: Any, bounds: Bounds, *, alive: Callable[[], None] | None = None
) -> Any:
    """What ``reader`` (“package.module:function”) returns for ``request``; both as JSON has them.

    ``alive`` is called several times a second; what it raises ends the process and goes through.
    Raises the Refused that the reader raises, and ReaderDied.
    """
    call = json.dumps({"reader": reader, "request": request, "bounds": asdict(bounds)})
    with subprocess.Popen(
        [sys.executable, "-m", "ground.sandbox"],
        cwd=ROOT,
        env={**bare_environment(), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            output = _output(process, call, bounds.seconds, alive)
        finally:
            process.kill()
    try:
        answer = json.loads(output)
    except ValueError:
        raise ReaderDied from None
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer["value"]


def bare_environment() -> dict[str, str]:
    """This process’s environment without the site's keys."""
    return {name: value for name, value in os.environ.items() if name in ENVIRONMENT}


def _output(
    process: "subprocess.Popen[str]",
    call: str,
    seconds: float,
    alive: Callable[[], None] | None,
) -> str:
    """What the process writes to its end; empty where ``seconds`` pass before."""
    until = time.monotonic() + seconds
    unsent: str | None = call
    while (left := until - time.monotonic()) > 0:
        try:
            return process.communicate(unsent, timeout=min(TICK, left))[0]
        except subprocess.TimeoutExpired:
            unsent = None
            if alive:
                alive()
    return ""


def _answer(call: dict[str, Any]) -> dict[str, Any]:
    """Call the reader, inside the process of its own. The bounds hold before it is imported."""
    memory, cpu_seconds = call["bounds"]["memory"], call["bounds"]["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, _, function = call["reader"].partition(":")
    try:
        return {"value": getattr(import_module(module), function)(call["request"])}
    except Refused as refusal:
        return {"refused": refusal.sentence}


if __name__ == "__main__":
    # What a library prints must not get into the answer.
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        json.dump(_answer(json.load(sys.stdin)), answers)
