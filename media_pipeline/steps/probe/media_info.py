"""What is known of a film's file: length, pictures, sound, codecs."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class MediaInfo:
    """Length in seconds, sizes in bytes and pixels.

    ``width`` and ``height`` are as shown, after ``rotation`` (degrees). ``frames`` is 0 where the
    file does not tell and was not read through. Colours are named as in ITU-T H.273; ``hdr`` is
    “PQ”, “HLG” or empty. ``notes`` are sentences for the author.
    """

    duration: float
    width: int
    height: int
    rotation: int
    video_codec: str
    audio_codec: str
    frame_rate: float
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
