"""TTML: times of every manner, and who speaks."""

from pathlib import Path

import pytest

from media_pipeline.steps.formats.readers import read_captions
from media_pipeline.steps.words import Cue

from .samples import ttml


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ttml('<p begin="00:00:01:05" end="00:00:02:00">frames</p>'), (1.2, 2.0, ("frames",))),
        (ttml('<p begin="50f" end="75f">frames</p>'), (2.0, 3.0, ("frames",))),
        (ttml('<p begin="15000000t" dur="5000000t">ticks</p>'), (1.5, 2.0, ("ticks",))),
        (
            ttml('<p begin="25t" end="50t">a tick a frame</p>').replace("ttp:tickRate", "ttp:x"),
            (1.0, 2.0, ("a tick a frame",)),
        ),
        (ttml('<p begin="1500ms" end="0.05m">units</p>'), (1.5, 3.0, ("units",))),
        (ttml('<p begin="0.5h" end="1801s">hours</p>'), (1800.0, 1801.0, ("hours",))),
        (
            ttml('<p begin="1s" end="2s">a  <span>b <span>c</span></span><br/>\n d</p>'),
            (1.0, 2.0, ("a b c", "d")),
        ),
        (
            ttml('<p begin="1s" end="9s">nested</p>', body=' begin="10s"', div=' end="4s"'),
            (11.0, 14.0, ("nested",)),
        ),
        (
            ttml('<p><span begin="1s" end="2s">ka</span> <span begin="2s" end="3s">ra</span></p>'),
            (1.0, 3.0, ("ka ra",)),
        ),
        (
            ttml('<p dur="1s"/><p dur="2s">after</p>', div=' timeContainer="seq"'),
            (1.0, 3.0, ("after",)),
        ),
        (
            ttml('<p begin="1s" end="2s">old</p>').replace(
                "http://www.w3.org/ns/ttml", "http://www.w3.org/2006/10/ttaf1"
            ),
            (1.0, 2.0, ("old",)),
        ),
        (
            '<a:tt xmlns:a="http://www.w3.org/ns/ttml"><a:body><a:div><a:p begin="1s" end="2s">'
            "prefixed</a:p></a:div></a:body></a:tt>",
            (1.0, 2.0, ("prefixed",)),
        ),
    ],
)
def test_ttml_of_every_manner_is_read(
    text: str, expected: tuple[float, float, tuple[str, ...]], folder: Path
) -> None:
    path = folder / "captions.srt"  # whatever it is called
    path.write_text(text, encoding="utf-8")
    assert read_captions(path) == [Cue(*expected)]


def test_a_ttml_file_says_who_speaks(folder: Path) -> None:
    path = folder / "captions"
    path.write_text(ttml('<p begin="1s" end="2s" ttm:agent="a">Hello</p>'), encoding="utf-16")
    assert read_captions(path) == [Cue(1, 2, ("Hello",), speaker="Ada & Co")]
