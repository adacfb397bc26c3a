"""WebVTT, written and read: https://www.w3.org/TR/webvtt1/."""

import html
import re
from collections.abc import Iterator

from .refusals import Refused
from .words import Cue

TIMES = re.compile(
    r"^(?P<start>(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+"
    r"(?P<end>(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t]|$)"
)
TAG = re.compile(r"<[^>]*>?")


def to_vtt(cues: list[Cue]) -> str:
    """The text of a WebVTT file with these cues; times to the millisecond."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        lines = [html.escape(line, quote=False) for line in cue.lines]
        blocks.append("\n".join([f"{_stamp(cue.start)} --> {_stamp(cue.end)}", *lines]) + "\n")
    return "\n".join(blocks)


def parse_vtt(text: str) -> list[Cue]:
    """The cues of a WebVTT file, without word times; notes, styles, tags and settings are dropped.

    Raises Refused if the text is no WebVTT file or a cue's times cannot be read.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise Refused("This is not a WebVTT caption file: its first line is not “WEBVTT”.")
    return [cue for block in _blocks(lines[1:]) if (cue := _cue(block))]


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []


def _cue(block: list[str]) -> Cue | None:
    """The cue of one block; None for a note, a style sheet, a region or the file's header."""
    place = next((at for at, line in enumerate(block[:2]) if "-->" in line), None)
    if place is None:
        return None
    times = TIMES.match(block[place].strip())
    if not times:
        raise Refused(f"The caption file has a time that cannot be read: “{block[place][:80]}”.")
    lines = tuple(html.unescape(TAG.sub("", line)) for line in block[place + 1 :])
    return Cue(_seconds(times["start"]), _seconds(times["end"]), lines)


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _seconds(stamp: str) -> float:
    *above, rest = stamp.split(":")
    whole = 0
    for part in above:
        whole = whole * 60 + int(part)
    return (whole * 60_000 + round(float(rest) * 1000)) / 1000
