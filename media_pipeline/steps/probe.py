"""What an uploaded file is, and whether it is a film this site can use. Decides before all else."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import ffmpeg
from .file_kinds import kind_in_words
from .refusals import Refused

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

TAIL_SECONDS = 10.0
LOST_SECONDS = 1.5  # what may lack at the end of a whole film: a last frame's length, padding
LOST_PART = 0.001  # and what rounding in a header may add to that, as a part of the length


@dataclass(frozen=True)
class Limits:
    """What is accepted. ``seconds`` and ``bytes`` are upper bounds; sides are in pixels."""

    bytes: int = 8 * 1024**3
    seconds: float = 4 * 3600.0
    least_seconds: float = 0.5
    longest_side: int = 8192
    shortest_side: int = 16
    streams: int = 32


@dataclass(frozen=True)
class Probe:
    """A film's facts. ``width`` and ``height`` are as shown, after ``rotation`` (degrees)."""

    duration: float
    width: int
    height: int
    rotation: int
    video_codec: str
    audio_codec: str
    frame_rate: float
    has_sound: bool
    bytes: int
    container: str


def probe(path: Path, limits: Limits = Limits()) -> Probe:
    """Read the film's facts; raises Refused with a sentence for the author.

    Nothing is decoded but the first picture, which must be decodable; the end is checked by
    reading packets near it. A sound track that is silent throughout is accepted.
    """
    import av

    size = path.stat().st_size
    _refuse_by_size(size, limits)
    try:
        film = av.open(str(path), options={"format_whitelist": ffmpeg.FORMATS})
    except (av.FFmpegError, ValueError) as error:
        raise Refused(_not_a_film(path)) from error
    with film:
        picture, sound = _tracks(film, path, limits)
        duration = _whole_duration(film, picture, sound)
        _refuse_by_duration(duration, limits)
        frame = _first_picture(film, picture)
        turned = frame.rotation % 180 == 90
        return Probe(
            duration=duration,
            width=frame.height if turned else frame.width,
            height=frame.width if turned else frame.height,
            rotation=frame.rotation % 360,
            video_codec=picture.codec_context.name,
            audio_codec=sound.codec_context.name,
            frame_rate=float(picture.average_rate or picture.guessed_rate or 0),
            has_sound=True,
            bytes=size,
            container=film.format.name,
        )


def _refuse_by_size(size: int, limits: Limits) -> None:
    if size == 0:
        raise Refused("This file is empty. Choose the film again and wait until it has been sent.")
    if size > limits.bytes:
        raise Refused(
            f"This file is {_megabytes(size)} and the most this site takes is "
            f"{_megabytes(limits.bytes)}. Export the film at a lower quality."
        )


def _not_a_film(path: Path) -> str:
    with path.open("rb") as file:
        kind = kind_in_words(file.read(4096))
    if kind == "an MP4 film":
        return (
            "This MP4 is incomplete: its table of contents is missing, which happens when a "
            "recording or a copy is broken off. Export or copy the film again, then upload it."
        )
    if kind:
        return f"This file is {kind}, not a film. Upload the film itself, for instance an MP4."
    return "This file cannot be read as a film. Export the film as an MP4 and upload that."


def _tracks(
    film: "InputContainer", path: Path, limits: Limits
) -> "tuple[VideoStream, AudioStream]":
    if len(film.streams) > limits.streams:
        raise Refused(
            f"This file holds {len(film.streams)} tracks; {limits.streams} is the most this site "
            "takes. Export the film with one picture track and one sound track."
        )
    pictures = [track for track in film.streams.video if not _is_cover(track)]
    sounds = list(film.streams.audio)
    if not pictures and not sounds:
        raise Refused(_not_a_film(path))
    if not pictures:
        raise Refused("This file has sound but no pictures. Upload a film, for instance an MP4.")
    if not sounds:
        raise Refused(
            "This film has no sound track, so there is nothing to caption. Export it again with "
            "its sound, then upload it."
        )
    _refuse_by_codec(pictures[0], "pictures")
    _refuse_by_codec(sounds[0], "sound")
    _refuse_by_frame(pictures[0], limits)
    return pictures[0], sounds[0]


def _is_cover(track: "Stream") -> bool:
    from av.stream import Disposition

    return bool(track.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails))


def _refuse_by_codec(track: "Stream", what: str) -> None:
    if track.codec_context is None:
        raise Refused(
            f"The film's {what} are in a form this site cannot read. Export it as an MP4 "
            "(H.264 and AAC), then upload it."
        )


def _refuse_by_frame(picture: "VideoStream", limits: Limits) -> None:
    width, height = picture.codec_context.width, picture.codec_context.height
    if max(width, height) > limits.longest_side or min(width, height) < limits.shortest_side:
        raise Refused(
            f"The film's pictures are {width} × {height} pixels; this site takes films from "
            f"{limits.shortest_side} to {limits.longest_side} pixels a side. Export the film at "
            "1920 × 1080 or 1280 × 720."
        )


def _refuse_by_duration(duration: float, limits: Limits) -> None:
    if duration < limits.least_seconds:
        raise Refused("This film is shorter than half a second. Check that it is the right file.")
    if duration > limits.seconds:
        raise Refused(
            f"This film lasts {_spoken(duration)} and the most this site takes is "
            f"{_spoken(limits.seconds)}. Cut it into parts."
        )


def _whole_duration(film: "InputContainer", picture: "VideoStream", sound: "Stream") -> float:
    """The film's length in seconds, having seen that pictures and sound reach its end."""
    import av

    declared = film.duration / av.time_base if film.duration else 0.0
    ends = _ends(film, picture, sound, after=declared - TAIL_SECONDS)
    for track, what in ((picture, "pictures"), (sound, "sound")):
        promised = _promised(track) or (0.0 if max(ends.values()) >= declared else declared)
        if ends[track.index] < promised - LOST_SECONDS - LOST_PART * promised:
            raise Refused(
                f"This film breaks off: it says it lasts {_spoken(promised)}, but its {what} end "
                f"after {_spoken(ends[track.index])}. Export or copy the film again, then upload "
                "the whole of it."
            )
    return max(declared, *ends.values())


def _promised(track: "Stream") -> float:
    """How long a track says it lasts, in seconds; 0 where the container keeps no such figure."""
    return float(track.duration * track.time_base) if track.duration and track.time_base else 0.0


def _ends(
    film: "InputContainer", picture: "Stream", sound: "Stream", *, after: float
) -> dict[int, float]:
    """Each track's last whole packet's end, in seconds from the film's start.

    Reads the packets from ``after`` seconds on; all of them where that finds nothing.
    """
    import av

    start = film.start_time or 0
    ends = {picture.index: 0.0, sound.index: 0.0}
    for begin in (int(after * av.time_base), 0):
        if begin >= 0 and not all(ends.values()):
            with suppress(av.FFmpegError):
                film.seek(start + begin)
                _read_ends(film, picture, sound, ends)
    film.seek(start)
    return {index: max(0.0, end - start / av.time_base) for index, end in ends.items()}


def _read_ends(
    film: "InputContainer", picture: "Stream", sound: "Stream", ends: dict[int, float]
) -> None:
    for packet in film.demux(picture, sound):
        if packet.size and not packet.is_corrupt:
            index = packet.stream.index
            ends[index] = max(ends[index], _packet_end(packet))


def _packet_end(packet: "Packet") -> float:
    time = packet.pts if packet.pts is not None else packet.dts
    if time is None or not packet.time_base:
        return 0.0
    return float((time + (packet.duration or 0)) * packet.time_base)


def _first_picture(film: "InputContainer", picture: "VideoStream") -> "VideoFrame":
    import av

    try:
        return next(film.decode(picture))
    except (av.FFmpegError, StopIteration) as error:
        raise Refused(
            "The film's pictures cannot be read; the file seems damaged. Export or copy the film "
            "again, then upload it."
        ) from error


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.0f} MB" if size < 10 * 1024**3 else f"{size / 1024**3:,.0f} GB"


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [(hours, "h"), (minutes, "min"), (rest, "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"
