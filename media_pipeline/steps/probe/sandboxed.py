"""Probes a file that nobody has looked at yet, in a process of its own."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ground.refusals import Refused
from ground.sandbox import Bounds, ReaderDied, read_in_subprocess

from ..failures import StepFailed
from .inspection import probe
from .limits import DEFAULT_LIMITS, Limits
from .media_info import MediaInfo

# Memory for a picture of 8192 pixels a side, and room; packets of 8 GB are read in a tenth of the
# processor's time, and from a slow disk within the hour.
BOUNDS = Bounds(seconds=3600.0, cpu_seconds=300, memory=2 * 1024**3)


def probe_in_sandbox(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    alive: Callable[[], None] | None = None,
    bounds: Bounds = BOUNDS,
) -> MediaInfo:
    """What `probe` returns and raises, from a process of its own.

    ``alive`` is called several times a second; what it raises ends the process and goes through.
    A file that takes too much memory or time, or brings the reader down, is refused.
    """
    request = {"path": str(path), "limits": asdict(limits)}
    try:
        answer = read_in_subprocess(f"{__name__}:probe_request", request, bounds, alive=alive)
    except ReaderDied:
        raise Refused(
            "This file takes more memory or time to read than any film should, so it was given "
            "up. Export the film as an MP4 and upload that."
        ) from None
    if "failed" in answer:
        raise StepFailed(answer["failed"])
    info = answer["media_info"]
    return MediaInfo(**{**info, "streams": tuple(info["streams"]), "notes": tuple(info["notes"])})


def probe_request(request: dict[str, Any]) -> dict[str, Any]:
    """Probe a file, inside the process of its own; the answer as JSON has it."""
    try:
        media_info = probe(Path(request["path"]), Limits(**request["limits"]))
    except OSError as error:
        return {"failed": f"The film cannot be read from the disk: {error.strerror or error}."}
    return {"media_info": asdict(media_info)}
