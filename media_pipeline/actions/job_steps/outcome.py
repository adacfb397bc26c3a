"""What came of a step, and how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass

from media_pipeline.models import Film


def leave(film: Film) -> None:
    """Nothing has changed."""


@dataclass(frozen=True)
class Outcome:
    """What came of a step. `keep` writes it down, inside the transaction that finishes the job."""

    reason: str
    keep: Callable[[Film], None] = leave
    engine: str = ""
    engine_version: str = ""
