"""Opens a film with PyAV, under the guard that every reader of uploads has."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import ffmpeg

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
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


def sound_track(tracks: "Sequence[AudioStream]") -> "AudioStream":
    """Which of a film's sound tracks is heard: the one marked as default, otherwise the first."""
    from av.stream import Disposition

    marked = [track for track in tracks if track.disposition & Disposition.default]
    return (marked or [*tracks])[0]


def sound_number(path: Path) -> int:
    """The number of that track among the sound tracks; 0 where the file has none, or is no film."""
    import av

    try:
        with open_film(path) as film:
            tracks = list(film.streams.audio)
            return tracks.index(sound_track(tracks)) if tracks else 0
    except (av.FFmpegError, ValueError):
        return 0
