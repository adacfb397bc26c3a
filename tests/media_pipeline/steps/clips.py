"""Small clips made of a real film."""

from dataclasses import replace
from pathlib import Path

import av

from media_pipeline.steps.clip import ClipRequest, make_clip
from media_pipeline.steps.clip_layout import Box
from media_pipeline.steps.words import Cue

FILM = Path(__file__).resolve().parents[3] / "demo" / "films" / "before-you-remove-a-comment.mp4"
SIDE = 270  # pixels of the shorter side: small, so that the tests are quick
RED = (228, 0, 59)
CUES = (Cue(20.0, 21.4, ("Keep a record first.",)), Cue(21.5, 23.0, ("Then take it down.",)))
WANTED = ClipRequest(
    start=20.0,
    end=23.0,
    shape="1:1",
    title="Before you remove a comment",
    imprint="Promoted by A. Person, 1 Example Street, London SW1A 1AA",
    cues=CUES,
)


def clip_of(folder, name="clip.mp4", source=FILM, **changes):
    work = folder / "work"
    work.mkdir(exist_ok=True)
    wanted = replace(WANTED, **changes)
    made = make_clip(source, folder / name, wanted, folder=work, short_side=SIDE)
    assert list(work.iterdir()) == []
    return made


def pictures(path):
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def part(picture, box: Box):
    return picture[box.top : box.bottom, box.left : box.right].astype(int)


def holds(outer: Box, inner: Box) -> bool:
    """Whether the one lies inside the other, edges included."""
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.top <= inner.top and inner.bottom <= outer.bottom


def meets(one: Box, other: Box) -> bool:
    """Whether the two share a pixel."""
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom
