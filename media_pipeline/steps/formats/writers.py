"""The files that captions leave as, each kind under its name."""

from dataclasses import dataclass

from ..failures import StepFailed
from ..words import Cue
from .srt import to_srt
from .transcript import to_docx, to_text
from .ttml import to_ttml
from .vtt import to_vtt


@dataclass(frozen=True)
class CaptionFormat:
    """One kind of file: the ending of its name (with the full stop), MIME type, name for people."""

    suffix: str
    content_type: str
    label: str


CAPTION_FORMATS = {
    "vtt": CaptionFormat(".vtt", "text/vtt; charset=utf-8", "WebVTT captions"),
    "srt": CaptionFormat(".srt", "application/x-subrip; charset=utf-8", "SRT captions"),
    "ttml": CaptionFormat(".ttml", "application/ttml+xml; charset=utf-8", "TTML captions"),
    "txt": CaptionFormat(".txt", "text/plain; charset=utf-8", "Plain text"),
    "docx": CaptionFormat(
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word transcript with times",
    ),
}


def write_captions(kind: str, cues: list[Cue], *, title: str, language: str) -> bytes:
    """The whole file of a ``kind`` from CAPTION_FORMATS; text in UTF-8.

    ``title`` is the film's, ``language`` a tag like “en”. Raises StepFailed for another kind.
    """
    if kind == "vtt":
        return to_vtt(cues).encode()
    if kind == "srt":
        return to_srt(cues).encode()
    if kind == "ttml":
        return to_ttml(cues, title=title, language=language).encode()
    if kind == "txt":
        return to_text(cues, title=title).encode()
    if kind == "docx":
        return to_docx(cues, title=title, language=language)
    raise StepFailed(
        f"There is no kind of caption file “{kind}”; there are {', '.join(CAPTION_FORMATS)}."
    )
