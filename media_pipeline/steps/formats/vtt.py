"""WebVTT, written and read: https://www.w3.org/TR/webvtt1/."""

import html
import re
from collections.abc import Iterator

from ground.refusals import Refused

from ..words import Cue, clean_lines, clean_name

TIMES = re.compile(
    r"^(?P<start>(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+"
    r"(?P<end>(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t]|$)"
)
TAG = re.compile(r"<[^>]*>?")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?(?:[ \t]+(?P<name>[^>]*))?>", re.IGNORECASE)
BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?:[ \t]|$)")


def to_vtt(cues: list[Cue]) -> str:
    """The text of a WebVTT file with these cues; times to the millisecond.

    A speaker is written as the format has it, ``<v Name>``. A cue without text is left out, and
    one that would end before it begins lasts a millisecond: the format knows neither.
    """
    blocks = ["WEBVTT\n"]
    for cue in cues:
        lines = [html.escape(line, quote=False) for line in clean_lines(cue.lines)]
        if not lines:
            continue
        if name := clean_name(cue.speaker):
            lines[0] = f"<v {html.escape(name, quote=False)}>{lines[0]}"
        blocks.append("\n".join([" --> ".join(stamps(cue)), *lines]) + "\n")
    return "\n".join(blocks)


def parse_vtt(text: str) -> list[Cue]:
    """The cues of a WebVTT file, without word times; notes, styles, tags and settings are dropped.

    ``<v Name>`` gives a cue its speaker; where several speak in one cue, each name stands before
    what its bearer says. Raises Refused if the text is no WebVTT file or a cue's times cannot be
    read.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        raise Refused("This is not a WebVTT caption file: its first line is not “WEBVTT”.")
    return [cue for block in _blocks(lines[1:]) if (cue := _cue(block))]


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The file's blocks: parted by empty lines, or by times where a file lacks those."""
    block: list[str] = []
    for line in [*lines, ""]:
        timed = any("-->" in above for above in block[:2])
        if block and (not line or (TIMES.match(line.strip()) and (timed or len(block) > 1))):
            yield block
            block = []
        if line:
            block.append(line)


def _cue(block: list[str]) -> Cue | None:
    """The cue of one block; None for a note, a style sheet, a region or the file's header."""
    if BLOCK.match(block[0]) and "-->" not in block[0]:
        return None
    place = next((at for at, line in enumerate(block[:2]) if "-->" in line), None)
    if place is None:
        return None
    times = TIMES.match(block[place].strip())
    if not times:
        raise Refused(f"The caption file has a time that cannot be read: “{block[place][:80]}”.")
    speaker, text = _voices("\n".join(block[place + 1 :]))
    lines = tuple(html.unescape(TAG.sub("", line)) for line in text.split("\n")) if text else ()
    return Cue(_seconds(times["start"]), _seconds(times["end"]), lines, speaker=speaker)


def _voices(text: str) -> tuple[str, str]:
    """(the one speaker of a cue's text, the text); several speakers are named inside the text.

    What stands for a name and is none, as a dash does, is put before the words.
    """
    names = {clean_name(html.unescape(voice["name"] or "")) for voice in VOICE.finditer(text)}
    names -= {""}
    speaker = names.pop() if len(names) == 1 else ""

    def named(voice: re.Match[str]) -> str:
        name = (voice["name"] or "").strip()
        if not clean_name(html.unescape(name)):
            return f"{name} " if name else ""
        return "" if speaker else f"{name}: "

    return speaker, VOICE.sub(named, text)


def stamps(cue: Cue) -> tuple[str, str]:
    """When a cue begins and ends, as files say it: at least a millisecond later."""
    return stamp(cue.start), stamp(max(max(0.0, round(cue.start, 3)) + 0.001, cue.end))


def stamp(seconds: float) -> str:
    """A time as hours, minutes, seconds: “01:02:03.456”."""
    minutes, rest = divmod(max(0, round(seconds * 1000)), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _seconds(stamp: str) -> float:
    *above, rest = stamp.split(":")
    whole = 0
    for part in above:
        whole = whole * 60 + int(part)
    return (whole * 60_000 + round(float(rest) * 1000)) / 1000
