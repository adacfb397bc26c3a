"""Captions of every kind for the tests of caption files."""

from pathlib import Path

from hypothesis import strategies as st

from media_pipeline.steps.formats.readers import read_captions
from media_pipeline.steps.formats.writers import write_captions
from media_pipeline.steps.words import Cue, clean_name

SIGNS = "abc ÄŵŷÊ 12,.;:!?“”’—-&<>/'\"{}\\|"
LINES = st.text(SIGNS, min_size=1, max_size=30).filter(lambda line: line.strip())
NAMES = st.one_of(st.just(""), st.text("Ada Ŵyn & Co.<>-'", max_size=12)).map(clean_name)
SPOKEN = [
    Cue(7.0, 9.0, ("Good evening.", "Thank you")),
    Cue(9.0, 11.0, ("for coming.",), speaker="Ada"),
    Cue(11.0, 12.0, ("Not at all.",), speaker="Bob\x01"),
    Cue(3700.0, 3701.0, ("Good night.",), speaker="Bob"),
]
TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    ttp:frameRate="25" ttp:tickRate="10000000" xml:lang="en"><head><metadata>
<ttm:agent xml:id="a" type="person"><ttm:name type="full">Ada &amp; Co</ttm:name></ttm:agent>
</metadata></head><body{body}><div{div}>{paragraphs}</div></body></tt>"""


@st.composite
def cues(draw: st.DrawFn, lines: st.SearchStrategy[str] = LINES) -> list[Cue]:
    """Any captions in order of time, to the millisecond."""
    found, clock = [], 0
    for _number in range(draw(st.integers(1, 8))):
        start = clock + draw(st.integers(0, 5_000_000))
        clock = start + draw(st.integers(1, 9_000))
        text = tuple(
            " ".join(line.split()) for line in draw(st.lists(lines, min_size=1, max_size=3))
        )
        found.append(Cue(start / 1000, clock / 1000, text, speaker=draw(NAMES)))
    return found


def again(kind: str, given_cues: list[Cue], folder: Path) -> list[Cue]:
    """The captions written as a file of a kind, and read from it."""
    path = folder / "captions"
    path.write_bytes(write_captions(kind, given_cues, title="A film", language="en"))
    return read_captions(path)


def ttml(paragraphs: str, body: str = "", div: str = "") -> str:
    return TTML.format(paragraphs=paragraphs, body=body, div=div)
