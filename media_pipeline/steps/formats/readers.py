"""A caption file that an author gives, whatever it is called and whichever program wrote it."""

import re
from pathlib import Path

from ground.refusals import Refused

from ..plain_text import decode
from ..words import Cue, clean_lines, clean_name
from .srt import looks_like_srt, parse_srt
from .ttml import parse_ttml
from .vtt import parse_vtt, stamp

MOST_BYTES = 5 * 1024**2  # an hour of captions is about 100 kB; of word-timed TTML, 2 MB
LONGEST = 100 * 3600.0  # seconds
NO_TEXT = "This caption file cannot be read as text. Save it as WebVTT or SRT in UTF-8."


def read_captions(path: Path) -> list[Cue]:
    """The captions of a WebVTT, SRT or TTML file, in order of time, without word times.

    Each has at least one line of text and ends after it begins. Raises Refused with a sentence for
    the author: too big, none of these formats, damaged, without captions, or times that run
    backwards.
    """
    cues = [cue for cue in parse_captions(path) if cue.lines]
    if not cues:
        raise Refused("This caption file has no captions in it. Choose a file with captions.")
    for number, cue in enumerate(cues, start=1):
        _check_times(number, cue)
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def parse_captions(path: Path) -> list[Cue]:
    """The same in the file's own order, with empty captions and impossible times left in.

    For checking. Raises Refused for a file that is too big, damaged or of another kind.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused("This caption file is larger than 5 MB. Give the captions of this film only.")
    return [_tidied(cue) for cue in _parsed(path.read_bytes())]


def _parsed(data: bytes) -> list[Cue]:
    text = decode(data, otherwise=NO_TEXT)
    opening = text.lstrip("\ufeff \t\r\n")
    if opening.startswith("WEBVTT"):
        return parse_vtt(opening)
    if re.search(r"<(?:[\w.-]+:)?tt[\s>]", opening[:20_000]) and opening.startswith("<"):
        return parse_ttml(opening)
    if looks_like_srt(opening):
        return parse_srt(opening)
    raise Refused("This is not a caption file that can be read. WebVTT, SRT and TTML files can be.")


def _tidied(cue: Cue) -> Cue:
    start, end = round(cue.start, 3), round(cue.end, 3)
    return Cue(start, end, clean_lines(cue.lines), speaker=clean_name(cue.speaker))


def _check_times(number: int, cue: Cue) -> None:
    if not 0 <= cue.start < cue.end:
        raise Refused(
            f"Caption {number} of this file, at {stamp(cue.start)}, does "
            "not end after it begins. Correct its times and choose the file again."
        )
    if cue.end > LONGEST:
        raise Refused(
            f"Caption {number} of this file ends after more than 100 hours. Correct its times and "
            "choose the file again."
        )
