"""A film is probed in a process of its own: whatever becomes of it, an author reads a sentence."""

from dataclasses import replace
from pathlib import Path

import pytest

from ground.refusals import Refused
from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.probe.inspection import probe
from media_pipeline.steps.probe.sandboxed import BOUNDS, probe_in_sandbox

from .conftest import refusal


def test_the_sandbox_finds_and_refuses_the_same(tmp_path: Path, film: Path) -> None:
    assert probe_in_sandbox(film) == probe(film)
    notes = tmp_path / "notes.mp4"
    notes.write_text("These are notes.")
    with pytest.raises(Refused) as caught:
        probe_in_sandbox(notes)
    assert caught.value.sentence == refusal(notes)


def test_a_file_that_takes_too_much_memory_is_refused_and_does_no_harm(film: Path) -> None:
    with pytest.raises(Refused, match="more memory or time to read than any film should"):
        probe_in_sandbox(film, bounds=replace(BOUNDS, memory=60 * 1024**2))


def test_a_file_that_takes_too_long_is_refused(film: Path) -> None:
    with pytest.raises(Refused, match="more memory or time to read than any film should"):
        probe_in_sandbox(film, bounds=replace(BOUNDS, seconds=0.0))


def test_a_film_that_is_gone_is_the_operators_business(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="cannot be read from the disk: No such file"):
        probe_in_sandbox(tmp_path / "gone.mp4")
