"""What is accepted, and what is found in a film."""

from dataclasses import dataclass, field


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


GENEROUS = Limits()


@dataclass(frozen=True)
class Probe:
    """A film's facts. ``width`` and ``height`` are as shown, after ``rotation`` (degrees).

    ``frames`` is 0 where the file does not tell and was not read through. Colours are named as in
    ITU-T H.273; ``hdr`` is “PQ”, “HLG” or empty. ``notes`` are sentences for the author.
    """

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
    kind: str = ""
    video_profile: str = ""
    pixel_format: str = ""
    bits: int = 8
    pixel_shape: str = "1:1"
    frames: int = 0
    variable_frame_rate: bool = False
    colour_primaries: str = ""
    colour_transfer: str = ""
    colour_space: str = ""
    colour_range: str = ""
    hdr: str = ""
    channels: int = 0
    sample_rate: int = 0
    streams: tuple[str, ...] = ()
    attachments: int = 0
    attached_bytes: int = 0
    notes: tuple[str, ...] = field(default=())
