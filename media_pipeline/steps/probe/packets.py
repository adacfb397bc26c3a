"""How far a film reaches and how many pictures it has, by its packets; nothing is decoded."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ground.refusals import Refused

from .limits import Limits, refuse_by_frames, spoken

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

TAIL_SECONDS = 10.0
LOST_SECONDS = 1.5  # what may lack at the end of a whole film: a last frame's length, padding
LOST_PART = 0.001  # and what rounding in a header may add to that, as a part of the length
JOINED_SECONDS = 1.0  # by which a track's clock runs back where another recording begins
SAMPLE = 1500  # pictures whose times tell whether the frame rate varies
UNEVEN = 0.2  # by which part a gap differs from the usual one to be another
SOME = 0.05  # the part of gaps that must be others for the rate to vary: not a dropped picture


@dataclass
class PacketSurvey:
    """What the packets say: each track's end in seconds, the pictures counted, some of their times.

    ``frames`` is 0 where only a part of the film was read.
    """

    ends: dict[int, float]
    frames: int = 0
    times: list[float] = field(default_factory=list)
    clocks: dict[int, float] = field(default_factory=dict)  # each track's, in seconds


def survey(
    film: "InputContainer", picture: "VideoStream", sound: "Stream", limits: Limits
) -> tuple[float, PacketSurvey]:
    """The film's length in seconds, having seen that pictures and sound reach its end.

    Where the file keeps an index of its pictures, its beginning and its end are read; any other is
    read through and its pictures are counted. Raises Refused for one that breaks off.
    """
    import av

    declared = film.duration / av.time_base if film.duration else 0.0
    seen = PacketSurvey(ends={picture.index: 0.0, sound.index: 0.0})
    if picture.frames:
        _read_beginning(film, picture, seen, limits)
        seen.ends = _ends(film, picture, sound, limits, after=declared - TAIL_SECONDS)
        seen.frames = picture.frames
    else:
        _read(film.demux(picture, sound), picture, seen, limits)
    start = (film.start_time or 0) / av.time_base
    seen.ends = {index: max(0.0, end - start) for index, end in seen.ends.items()}
    for track, content in ((picture, "pictures"), (sound, "sound")):
        _refuse_broken_off(track, content, seen, declared)
    return max(declared, *seen.ends.values()), seen


def has_uneven_frames(times: list[float]) -> bool:
    """Whether the pictures of a film come at uneven times, as telephones record them."""
    gaps = [after - before for before, after in pairwise(sorted(times))]
    if len(gaps) < 10:
        return False
    usual = median(gaps)
    others = [gap for gap in gaps if abs(gap - usual) > UNEVEN * usual]
    return len(others) > SOME * len(gaps)


def _refuse_broken_off(track: "Stream", content: str, seen: PacketSurvey, declared: float) -> None:
    promised = _promised(track) or (0.0 if max(seen.ends.values()) >= declared else declared)
    if seen.ends[track.index] < promised - LOST_SECONDS - LOST_PART * promised:
        raise Refused(
            f"This film breaks off: it says it lasts {spoken(promised)}, but its {content} end "
            f"after {spoken(seen.ends[track.index])}. Export or copy the film again, then upload "
            "the whole of it."
        )


def _promised(track: "Stream") -> float:
    """How long a track says it lasts, in seconds; 0 where the container keeps no such figure."""
    return float(track.duration * track.time_base) if track.duration and track.time_base else 0.0


def _read_beginning(
    film: "InputContainer", picture: "VideoStream", seen: PacketSurvey, limits: Limits
) -> None:
    import av

    with suppress(av.FFmpegError):
        for packet in film.demux(picture):
            _note(packet, picture, seen, limits)
            if seen.frames >= SAMPLE:
                return


def _ends(
    film: "InputContainer",
    picture: "VideoStream",
    sound: "Stream",
    limits: Limits,
    *,
    after: float,
) -> dict[int, float]:
    """Each track's end by the packets from ``after`` seconds on; by all where those are none."""
    import av

    seen = PacketSurvey(ends={picture.index: 0.0, sound.index: 0.0})
    start = film.start_time or 0
    for begin in (int(after * av.time_base), 0):
        if begin >= 0 and not all(seen.ends.values()):
            with suppress(av.FFmpegError):
                film.seek(start + begin)
                seen.clocks.clear()
                _read(film.demux(picture, sound), picture, seen, limits)
    return seen.ends


def _read(
    packets: "Iterator[Packet]", picture: "VideoStream", seen: PacketSurvey, limits: Limits
) -> None:
    import av

    with suppress(av.FFmpegError):
        for packet in packets:
            _note(packet, picture, seen, limits)


def _note(packet: "Packet", picture: "VideoStream", seen: PacketSurvey, limits: Limits) -> None:
    if not packet.size or packet.is_corrupt:
        return
    index = packet.stream.index
    _refuse_joined(packet, seen)
    if index in seen.ends:
        seen.ends[index] = max(seen.ends[index], _packet_end(packet))
    if index == picture.index:
        seen.frames += 1
        refuse_by_frames(seen.frames, 0.0, 0.0, limits)
        if packet.pts is not None and packet.time_base and len(seen.times) < SAMPLE:
            seen.times.append(float(packet.pts * packet.time_base))


def _refuse_joined(packet: "Packet", seen: PacketSurvey) -> None:
    """Refuse a film whose clock starts again, as it does in files that were put end to end."""
    if packet.dts is None or not packet.time_base:
        return
    index, now = packet.stream.index, float(packet.dts * packet.time_base)
    before = seen.clocks.get(index, now)
    if now < before - JOINED_SECONDS:
        raise Refused(
            f"The clock of this film starts again after {spoken(before - now)}, as where two "
            "recordings were joined. Open it in a video editor, export it as one MP4, then upload "
            "that."
        )
    seen.clocks[index] = now


def _packet_end(packet: "Packet") -> float:
    time = packet.pts if packet.pts is not None else packet.dts
    if time is None or not packet.time_base:
        return 0.0
    return float((time + (packet.duration or 0)) * packet.time_base)
