"""What came of a step, and how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass

from media_pipeline.models import Film

Progress = Callable[[float], None]
Keep = Callable[[Film], None]


@dataclass(frozen=True)
class Outcome:
    """What came of a step. `keep` writes it down, inside the transaction that finishes the job."""

    reason: str
    keep: Keep
    engine: str = ""
    engine_version: str = ""


def part(progress: Progress, begin: float, end: float) -> Progress:
    """Report a part of a step as that stretch of the whole."""
    return lambda fraction: progress(begin + (end - begin) * fraction)
