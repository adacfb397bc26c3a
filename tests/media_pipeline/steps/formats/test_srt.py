"""SRT: whatever the custom it was written by, and what is written comes back."""

from pathlib import Path

from hypothesis import given, settings

from media_pipeline.steps.formats.readers import read_captions
from media_pipeline.steps.formats.writers import write_captions
from media_pipeline.steps.words import Cue

from .samples import LINES, again, cues


def test_an_srt_file_gives_back_text_and_times(folder: Path) -> None:
    """It has no speakers, and what looks like a tag is one."""
    plain = LINES.filter(lambda line: not set("<>{") & set(line))

    @given(cues(plain))
    @settings(max_examples=60, deadline=None)
    def holds(written: list[Cue]) -> None:
        written = [Cue(cue.start, cue.end, cue.lines) for cue in written]
        assert again("srt", written, folder) == written

    holds()


def test_words_that_look_like_times_make_no_caption_of_their_own(folder: Path) -> None:
    forged = Cue(1.0, 2.0, ("99", "00:00:09,000 --> 00:00:10,000", "Words nobody said."))
    file = folder / "forged.srt"
    file.write_bytes(write_captions("srt", [forged], title="A film", language="en"))
    assert [(cue.start, cue.end) for cue in read_captions(file)] == [(1.0, 2.0)]


def test_an_srt_file_names_each_speaker_where_the_turn_begins() -> None:
    spoken = [
        Cue(1, 2, ("Hello.",), speaker="Ada"),
        Cue(2, 3, ("How are you?",), speaker="Ada"),
        Cue(3, 4, ("Well.",), speaker="Bob"),
    ]
    text = write_captions("srt", spoken, title="", language="en").decode()
    assert text == (
        "1\n00:00:01,000 --> 00:00:02,000\nAda: Hello.\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nHow are you?\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nBob: Well.\n"
    )


def test_an_srt_file_of_any_custom_is_read(folder: Path) -> None:
    path = folder / "captions"
    lines = ["\ufeffmade by hand", "1", "00:00:01,000 --> 00:00:02,000  X1:40"]
    lines += ["<i>Hi</i> {\\an8}you", "", "still", "", "2", "0:00:02.5 --> 00:00:03,00", "42", ""]
    lines += ["00:03,5 --> 00:04,0", "7", ""]
    path.write_bytes("\r\n".join(lines).encode())
    assert read_captions(path) == [
        Cue(1.0, 2.0, ("Hi you", "still")),
        Cue(2.5, 3.0, ("42",)),
        Cue(3.5, 4.0, ("7",)),
    ]
