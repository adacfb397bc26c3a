"""Opens a film with PyAV, under the guard that every reader of uploads has."""

from pathlib import Path
from typing import TYPE_CHECKING

from . import ffmpeg

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream


def open_film(path: Path) -> "InputContainer":
    """The open file, to be used as a context; only containers of films and sound are read.

    Raises av.FFmpegError.
    """
    import av

    return av.open(str(path), options={"format_whitelist": ffmpeg.FORMATS})


def is_cover(track: "Stream") -> bool:
    """Whether a picture track is the picture of a cover, or thumbnails, and no film."""
    from av.stream import Disposition

    return bool(track.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails))
