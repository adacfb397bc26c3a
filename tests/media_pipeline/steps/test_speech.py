"""Stretches of speech are found, and nothing where nobody speaks."""

from itertools import pairwise
from pathlib import Path

import numpy

from media_pipeline.steps.sound import read_wav
from media_pipeline.steps.speech import speech_segments

from .conftest import write_wav


def test_stretches_of_speech_are_found_between_silences(tmp_path: Path, narration: Path) -> None:
    said = read_wav(narration)[16_000 : 16_000 * 5]
    quiet = numpy.zeros(16_000 * 3)
    wav = write_wav(tmp_path / "two.wav", numpy.concatenate([quiet, said, quiet, said, quiet]))
    first, second = speech_segments(read_wav(wav), longest=6)
    assert 2.7 < first.start < first.end < 7.3
    assert 9.7 < second.start < second.end < 14.3


def test_a_long_stretch_is_cut_without_a_gap_or_an_overlap(narration: Path) -> None:
    found = speech_segments(read_wav(narration), longest=4, apart=3)
    assert len(found) >= 6
    for earlier, later in pairwise(found):
        assert earlier.end <= later.start
    assert max(stretch.end - stretch.start for stretch in found) <= 4 + 2 * 0.15
