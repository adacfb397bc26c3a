"""A long script is heard a part at a time."""

from pathlib import Path

import pytest

from media_pipeline.steps import guided_recognition
from media_pipeline.steps.align import align
from media_pipeline.steps.words import Word

from .conftest import CLOSING, OPENING


def test_a_long_script_is_heard_a_part_at_a_time(
    narration: Path, whole: tuple[Word, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same film with a script far longer than itself, and parts of a few seconds."""
    monkeypatch.setattr(guided_recognition, "SHORT_SCRIPT", 20)
    monkeypatch.setattr(guided_recognition, "WINDOW", 5.0)
    unsaid = "Tomatoes want warmth and patience, sow them thinly and water them sparingly. " * 8
    found = align(narration, f"{OPENING} {unsaid} {CLOSING}")
    placed = {word.text: word.start for word in found.words}
    assert len(found.words) >= 0.95 * len(whole)
    assert placed["facts."] == pytest.approx(
        next(w.start for w in whole if w.text == "facts."), abs=0.3
    )
    assert " ".join(unsaid.split()[5:-5]) in " ".join(lost.text for lost in found.unmatched)
