"""A caption file of any kind and name is read, or refused with a sentence; none does harm."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ground.refusals import Refused
from media_pipeline.steps.formats.readers import parse_captions, read_captions
from media_pipeline.steps.words import Cue

from .samples import ttml

BOMB = '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + ttml("<p>&b;</p>")[38:]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "This is not a caption file"),
        ("These are notes.", "This is not a caption file"),
        ("<html><body>tt</body></html>", "This is not a caption file"),
        ("%PDF-1.7", "This is not a caption file"),
        ("WEBVTT\n\nNOTE nothing\n", "has no captions in it"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", "Caption 1 .* does not end after it begins"),
        ("WEBVTT\n\n999:00:00.000 --> 999:00:01.000\nx\n", "ends after more than 100 hours"),
        (ttml("<p begin='1s' end='2s'>x</p>")[:-9], "damaged"),
        (ttml("<p begin='1,5' end='2s'>x</p>"), "a time that cannot be read: “1,5”"),
        (ttml("<p begin='00:61:00' end='2s'>x</p>"), "a time that cannot be read: “00:61:00”"),
        (ttml("<p begin='1s'>x</p>"), "never ends: “x”"),
        (ttml("<p begin='3s' end='2s'>x</p>"), "does not end after it begins"),
        (ttml(""), "has no captions in it"),
        (ttml("<span>" * 2000 + "</span>" * 2000), "damaged"),
        (ttml("<p/>" * 130_000), "too large to be the captions of one film"),
        (BOMB, "declares a document type or entities"),
        ("WEBVTT\n" + "\n" * 6_000_000, "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    content: str, sentence: str, folder: Path
) -> None:
    path = folder / "captions"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=sentence):
        read_captions(path)


def test_bytes_that_are_no_text_are_refused(folder: Path) -> None:
    path = folder / "captions"
    path.write_bytes(b"\x00\x01\x02\x81" * 50)
    with pytest.raises(Refused, match="cannot be read as text"):
        read_captions(path)


@given(st.binary(max_size=200), st.sampled_from([b"WEBVTT\n\n", b"<tt ", b"1\n00:00:01,0 --> "]))
@settings(max_examples=80, deadline=None)
def test_no_file_does_worse_than_be_refused(data: bytes, opening: bytes) -> None:
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else "/tmp") / "captions-of-a-test"
    path.write_bytes(opening + data)
    try:
        for cue in read_captions(path):
            assert cue.start < cue.end
            assert cue.lines
    except Refused:
        pass  # with a sentence; anything else fails this test
    finally:
        path.unlink()


def test_for_checking_the_captions_are_left_as_they_stand(folder: Path) -> None:
    path = folder / "captions"
    path.write_text("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n\n00:00.000 --> 00:01.000\ny\n")
    assert parse_captions(path) == [Cue(2, 1, ("x",)), Cue(0, 1, ("y",))]
