"""Caption files of every kind: nothing is lost on the way out and in again."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from media_pipeline.steps.failures import StepFailed
from media_pipeline.steps.formats.vtt import parse_vtt, to_vtt
from media_pipeline.steps.formats.writers import CAPTION_FORMATS, write_captions
from media_pipeline.steps.words import Cue

from .samples import SPOKEN, again, cues


@pytest.mark.parametrize("kind", ["vtt", "ttml"])
def test_a_caption_file_gives_back_text_times_and_speakers(kind: str, folder: Path) -> None:
    @given(cues())
    @settings(max_examples=60, deadline=None)
    def holds(written: list[Cue]) -> None:
        assert again(kind, written, folder) == written

    holds()


def test_what_no_caption_file_can_hold_is_left_out() -> None:
    odd = [Cue(1, 2, ("a\n\nb\x00", " ", "c\u2028d\x0b")), Cue(2, 2, ("late",)), Cue(3, 4, ("\t",))]
    assert parse_vtt(to_vtt(odd)) == [Cue(1, 2, ("a", "b", "c", "d")), Cue(2, 2.001, ("late",))]
    for kind in CAPTION_FORMATS:
        assert write_captions(kind, odd, title="\x07", language="en")


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(StepFailed, match=r"no kind of caption file “pdf”; there are vtt, srt,"):
        write_captions("pdf", SPOKEN, title="", language="en")
