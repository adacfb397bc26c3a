"""SubRip (SRT): numbered captions with a comma in their times. There is no standard, only custom.

Read leniently: numbers, empty lines and full hours may be missing, a full stop may stand for the
comma. The format has neither speakers nor a way to write “<i>” as text.
"""

import re
from itertools import pairwise

from ..words import Cue, clean_lines, clean_name
from .vtt import stamps

CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
TIMES = re.compile(rf"^[ \t]*{CLOCK}[ \t]*-->[ \t]*{CLOCK}[^\n]*$", re.MULTILINE)
TAGS = re.compile(r"</?(?:b|i|u|s|font)(?:\s[^>]*)?>|\{\\[^}]*\}", re.IGNORECASE)
NUMBER = re.compile(r"\s*\d+\s*")


def looks_like_srt(text: str) -> bool:
    """Whether a caption's times stand near the beginning of ``text``."""
    return TIMES.search(text[:20_000].replace("\r", "\n")) is not None


def parse_srt(text: str) -> list[Cue]:
    """The captions of an SRT file in the file's order; tags for italics and the like are dropped.

    What stands before the first times is dropped as well. Never raises.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    all_times = list(TIMES.finditer(text))
    ends = [*(times.start() for times in all_times[1:]), len(text)]
    cues = []
    for times, end in zip(all_times, ends, strict=True):
        lines = text[times.end() : end].split("\n")
        if end < len(text):
            lines = _without_number(lines)
        text_lines = clean_lines(TAGS.sub("", line) for line in lines)
        clock = times.groups()
        cues.append(Cue(_seconds(*clock[:4]), _seconds(*clock[4:]), text_lines))
    return cues


def to_srt(cues: list[Cue]) -> str:
    """The text of an SRT file. A speaker's name stands before the first words of each turn."""
    blocks: list[str] = []
    speakers = ["", *(clean_name(cue.speaker) for cue in cues)]
    for cue, (before, speaker) in zip(cues, pairwise(speakers), strict=True):
        # An arrow in the words would be read as the times of a caption of its own.
        lines = [line.replace("-->", "→") for line in clean_lines(cue.lines)]
        if not lines:
            continue
        if speaker and speaker != before:
            lines[0] = f"{speaker}: {lines[0]}"
        times = " --> ".join(stamps(cue)).replace(".", ",")
        blocks.append("\n".join([str(len(blocks) + 1), times, *lines]) + "\n")
    return "\n".join(blocks)


def _without_number(lines: list[str]) -> list[str]:
    """The lines without the next caption's number, which stands right above its times."""
    above = lines[:-1]  # the text breaks off at the start of the line with the times
    return above[:-1] if above and NUMBER.fullmatch(above[-1]) else above


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str) -> float:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole + int(fraction.ljust(3, "0")) / 1000
