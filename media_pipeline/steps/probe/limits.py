"""What is accepted of a film, and for the rest a sentence or two that say what to do about it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ground.refusals import Refused

from ..file_kinds import kind_in_words
from ..film_file import is_cover, sound_track

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

LEAST_PICTURE = 4  # bytes: no codec has pictures smaller than that in the mean
HIGHEST_COUNTED = 10_000  # a rate above this is told as “more than”


@dataclass(frozen=True)
class Limits:
    """Upper bounds, but for ``least_seconds`` and ``shortest_side``; sides are in pixels.

    ``frames`` counts the pictures of the whole film, ``frame_rate`` those of a second,
    ``attached_bytes`` what is packed into the file beside its tracks.
    """

    bytes: int = 8 * 1024**3
    seconds: float = 4 * 3600.0
    least_seconds: float = 0.5
    longest_side: int = 8192
    shortest_side: int = 16
    streams: int = 32
    frames: int = 1_500_000
    frame_rate: float = 240.0
    attached_bytes: int = 64 * 1024**2


DEFAULT_LIMITS = Limits()


def refuse_by_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise Refused("This file is empty. Choose the film again and wait until it has been sent.")
    if size > limits.bytes:
        raise Refused(
            f"This file is {megabytes(size)} and the most this site takes is "
            f"{megabytes(limits.bytes)}. Export the film at a lower quality."
        )


def not_a_film(path: Path) -> Refused:
    """The refusal of a file that cannot be opened as a film, naming what it is instead."""
    with path.open("rb") as file:
        kind = kind_in_words(file.read(4096))
    if kind == "an MP4 film":
        return Refused(
            "This MP4 is incomplete: its table of contents is missing, which happens when a "
            "recording or a copy is broken off. Export or copy the film again, then upload it."
        )
    if kind:
        return Refused(
            f"This file is {kind}, not a film. Upload the film itself, for instance an MP4."
        )
    return Refused("This file cannot be read as a film. Export the film as an MP4 and upload that.")


def refuse_by_tracks(film: "InputContainer", limits: Limits) -> None:
    """Refuse too many tracks, and attached files that are too large altogether (bytes)."""
    if len(film.streams) > limits.streams:
        raise Refused(
            f"This file holds {len(film.streams)} tracks; {limits.streams} is the most this site "
            "takes. Export the film with one picture track and one sound track."
        )
    size = attached(film)[1]
    if size > limits.attached_bytes:
        raise Refused(
            f"This film has {megabytes(size)} of other files packed into it; "
            f"{megabytes(limits.attached_bytes)} is the most this site takes. Export the film "
            "without attachments."
        )


def attached(film: "InputContainer") -> tuple[int, int]:
    """How many files are packed into the film beside its tracks, and their bytes."""
    files = [track for track in film.streams if track.type == "attachment"]
    sizes = [len(getattr(track, "data", None) or b"") for track in files]
    return len(sizes), sum(sizes)


def tracks(film: "InputContainer", path: Path, limits: Limits) -> "tuple[VideoStream, AudioStream]":
    """The film's first picture track and its sound track; both have to be there and readable."""
    pictures = [track for track in film.streams.video if not is_cover(track)]
    sounds = list(film.streams.audio)
    if not pictures and not sounds:
        raise not_a_film(path)
    if not pictures:
        raise Refused("This file has sound but no pictures. Upload a film, for instance an MP4.")
    if not sounds:
        raise Refused(
            "This film has no sound track, so there is nothing to caption. Export it again with "
            "its sound, then upload it."
        )
    _refuse_by_codec(pictures[0], "pictures")
    sound = sound_track(sounds)
    _refuse_by_codec(sound, "sound")
    context = pictures[0].codec_context
    refuse_by_frame(context.width, context.height, limits)
    return pictures[0], sound


def refuse_by_frame(width: int, height: int, limits: Limits) -> None:
    if max(width, height) > limits.longest_side or min(width, height) < limits.shortest_side:
        raise Refused(
            f"The film's pictures are {width} × {height} pixels; this site takes films from "
            f"{limits.shortest_side} to {limits.longest_side} pixels a side. Export the film at "
            "1920 × 1080 or 1280 × 720."
        )


def refuse_by_duration(duration: float, limits: Limits) -> None:
    if duration < limits.least_seconds:
        raise Refused("This film is shorter than half a second. Check that it is the right file.")
    if duration > limits.seconds:
        raise Refused(
            f"This film lasts {spoken(duration)} and the most this site takes is "
            f"{spoken(limits.seconds)}. Cut it into parts."
        )


def refuse_by_promise(
    film: "InputContainer", picture: "VideoStream", size: int, limits: Limits
) -> None:
    """Refuse what the file itself says of its length, before it is read on the strength of that."""
    import av

    if picture.frames * LEAST_PICTURE > size:
        raise Refused(
            f"This file says it has {picture.frames:,} pictures, for which it is far too small; it "
            "seems damaged. Export or copy the film again, then upload it."
        )
    declared = film.duration / av.time_base if film.duration else 0.0
    if declared > limits.seconds:
        refuse_by_duration(declared, limits)


def refuse_by_frames(frames: int, duration: float, rate: float, limits: Limits) -> None:
    """Refuse pictures beyond number: in all, or in a second, by the file's word or by count."""
    if frames > limits.frames:
        raise Refused(
            f"This film has more than {limits.frames:,} single pictures, the most this site takes. "
            "Export it at 25 or 30 pictures a second, or cut it into parts."
        )
    rate = max(rate, frames / duration if duration else 0.0)
    if rate > limits.frame_rate:
        counted = f"{rate:,.0f}" if rate <= HIGHEST_COUNTED else f"more than {HIGHEST_COUNTED:,}"
        raise Refused(
            f"This film has {counted} pictures a second; {limits.frame_rate:g} is the most this "
            "site takes. Export it at 25 or 30 pictures a second."
        )


def _refuse_by_codec(track: "Stream", content: str) -> None:
    if track.codec_context is None:
        raise Refused(
            f"The film's {content} are in a form this site cannot read. Export it as an MP4 "
            "(H.264 and AAC), then upload it."
        )


def megabytes(size: int) -> str:
    if size < 1024**2:
        return f"{size:,} bytes"
    return f"{size / 1024**2:,.0f} MB" if size < 10 * 1024**3 else f"{size / 1024**3:,.0f} GB"


def spoken(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
