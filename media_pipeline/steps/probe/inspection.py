"""Reads what is known of a film from its file, and refuses what is no film."""

from pathlib import Path
from typing import TYPE_CHECKING

from ground.refusals import Refused

from ..film_file import open_film, sound_track
from .limits import (
    DEFAULT_LIMITS,
    Limits,
    attached,
    megabytes,
    not_a_film,
    refuse_by_duration,
    refuse_by_frame,
    refuse_by_frames,
    refuse_by_promise,
    refuse_by_size,
    refuse_by_tracks,
    tracks,
)
from .media_info import MediaInfo
from .packets import PacketSurvey, has_uneven_frames, survey

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# What a container is called, and the endings that its files go by.
KINDS = {
    "mov,mp4,m4a,3gp,3g2,mj2": (
        "MP4 or QuickTime",
        ("mp4", "m4v", "mov", "qt", "3gp", "3g2", "m4a", "mj2", "f4v"),
    ),
    "matroska,webm": ("Matroska or WebM", ("mkv", "webm", "mka", "mk3d")),
    "avi": ("AVI", ("avi", "divx")),
    "mpegts": ("MPEG transport stream", ("ts", "mts", "m2ts", "m2t")),
    "mpeg": ("MPEG", ("mpg", "mpeg", "vob", "mod", "m2p")),
    "ogg": ("Ogg", ("ogg", "ogv", "ogx")),
    "flv": ("Flash video", ("flv", "f4v")),
    "asf": ("Windows Media", ("asf", "wmv", "wma")),
    "mxf": ("MXF", ("mxf",)),
    "dv": ("DV", ("dv", "dif")),
    "wtv": ("Windows television", ("wtv",)),
}
HDR = {"SMPTE2084": "PQ", "ARIB_STD_B67": "HLG"}


def probe(path: Path, limits: Limits = DEFAULT_LIMITS) -> MediaInfo:
    """Read what the file says of the film; raises Refused with a sentence for the author.

    Nothing is decoded but the first picture, which must be decodable. A sound track that is silent
    throughout is accepted. Use `probe_in_sandbox` for a file that nobody has looked at yet.
    """
    import av

    size = path.stat().st_size
    refuse_by_size(size, limits)
    try:
        film = open_film(path)
    except (av.FFmpegError, ValueError) as error:
        raise not_a_film(path) from error
    with film:
        refuse_by_tracks(film, limits)
        picture, sound = tracks(film, path, limits)
        rate = float(picture.average_rate or picture.guessed_rate or 0)
        refuse_by_promise(film, picture, size, limits)
        refuse_by_frames(picture.frames, 0.0, rate, limits)
        duration, seen = survey(film, picture, sound, limits)
        refuse_by_duration(duration, limits)
        refuse_by_frames(seen.frames, duration, rate, limits)
    with open_film(path) as film:  # anew, for not every container can be wound back to its start
        picture, sound = tracks(film, path, limits)
        frame = _first_picture(film, picture, limits)
        refuse_by_frame(frame.width, frame.height, limits)
        return _media_info(path, film, picture, sound, frame, duration, seen)


def _first_picture(film: "InputContainer", picture: "VideoStream", limits: Limits) -> "VideoFrame":
    import av

    picture.codec_context.thread_count = 1  # one picture is wanted, not one for each core
    picture.codec_context.options = {"max_pixels": str(limits.longest_side**2)}
    try:
        return next(film.decode(picture))
    except (av.FFmpegError, StopIteration) as error:
        raise Refused(
            "The film's pictures cannot be read; the file seems damaged. Export or copy the film "
            "again, then upload it."
        ) from error


def _media_info(
    path: Path,
    film: "InputContainer",
    picture: "VideoStream",
    sound: "AudioStream",
    frame: "VideoFrame",
    duration: float,
    seen: PacketSurvey,
) -> MediaInfo:
    turned = frame.rotation % 180 == 90
    shape = picture.sample_aspect_ratio
    transfer = _colour(frame, "color_trc")
    number, attached_bytes = attached(film)
    return MediaInfo(
        duration=duration,
        width=frame.height if turned else frame.width,
        height=frame.width if turned else frame.height,
        rotation=frame.rotation % 360,
        video_codec=picture.codec_context.name,
        audio_codec=sound.codec_context.name,
        frame_rate=float(picture.average_rate or picture.guessed_rate or 0),
        bytes=path.stat().st_size,
        container=film.format.name,
        kind=_kind(film),
        video_profile=str(picture.codec_context.profile or ""),
        pixel_format=frame.format.name,
        bits=max((part.bits for part in frame.format.components), default=8),
        pixel_shape=f"{shape.numerator}:{shape.denominator}" if shape else "1:1",
        frames=seen.frames,
        variable_frame_rate=has_uneven_frames(seen.times),
        colour_primaries=_colour(frame, "color_primaries"),
        colour_transfer=transfer,
        colour_space=_colour(frame, "colorspace"),
        colour_range=_colour(frame, "color_range"),
        hdr=HDR.get(transfer, ""),
        channels=sound.codec_context.channels,
        sample_rate=sound.codec_context.sample_rate,
        streams=tuple(_stream(track) for track in film.streams),
        attachments=number,
        attached_bytes=attached_bytes,
        notes=tuple(_notes(path, film, seen, HDR.get(transfer, ""))),
    )


def _kind(film: "InputContainer") -> str:
    return KINDS.get(film.format.name, (film.format.name.partition(",")[0].upper(), ()))[0]


def _stream(track: object) -> str:
    """One track in words, such as “audio: aac, eng”."""
    context = getattr(track, "codec_context", None)
    codec = context.name if context else getattr(track, "mimetype", None) or "unknown"
    language = getattr(track, "language", None)
    named = language if language not in (None, "und") else ""
    return f"{getattr(track, 'type', 'data')}: {codec}{', ' + named if named else ''}"


def _colour(frame: "VideoFrame", name: str) -> str:
    """A colour property's name as in ITU-T H.273; empty where the film does not say."""
    from av.video import reformatter

    kinds = {
        "color_primaries": reformatter.ColorPrimaries,
        "color_trc": reformatter.ColorTrc,
        "colorspace": reformatter.Colorspace,
        "color_range": reformatter.ColorRange,
    }
    try:
        label = kinds[name](int(getattr(frame, name))).name
    except ValueError:
        return ""
    return "" if label == "UNSPECIFIED" else label


def _notes(path: Path, film: "InputContainer", seen: PacketSurvey, hdr: str) -> list[str]:
    notes = []
    kind, endings = KINDS.get(film.format.name, ("", ()))
    ending = path.suffix.lower().lstrip(".")
    if ending and kind and ending not in endings:
        notes.append(f"The file is called “.{ending}”, but it is {kind}; that does no harm.")
    if hdr:
        notes.append(f"The film is in high dynamic range ({hdr}).")
    if has_uneven_frames(seen.times):
        notes.append("The number of pictures a second varies, as in films from telephones.")
    if len(film.streams.audio) > 1:
        number = film.streams.audio.index(sound_track(film.streams.audio))
        which = "one marked as default" if number else "first"
        count = len(film.streams.audio)
        notes.append(f"The film has {count} sound tracks; the {which} is used.")
    if len(film.streams.video) > 1:
        notes.append(f"The film has {len(film.streams.video)} picture tracks; the first is used.")
    number, size = attached(film)
    if number:
        notes.append(f"Files packed into the film are left out: {number}, {megabytes(size)}.")
    return notes
