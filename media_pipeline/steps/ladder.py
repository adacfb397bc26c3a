"""Which versions a film gets, and how its pictures have to be treated on the way there."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from . import ffmpeg
from .failures import StepFailed
from .film_file import is_cover, open_film, sound_track

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

GOP_SECONDS = 2  # a keyframe on this grid in every rung, so that a player may change between them
SEGMENT_SECONDS = 6
MOST_FRAMES_A_SECOND = 30
FEWEST_FRAMES_A_SECOND = 5
LONGEST_SIDE = 4096  # pixels: what decoders in phones take
CLOCK = 1000  # steps a second: from here on a track's clock says nothing of its frames
STANDARD_RATES = (Fraction(24), Fraction(25), Fraction(30))
SOUND_BITRATE = 96_000  # bits a second, AAC-LC in two channels: speech, and music in passing
FULL_HD = 720  # lines: from here on an unmarked film is taken for BT.709, below for BT.601

# Numbers of ITU-T H.273, as decoders report them.
PQ, HLG, BT2020, UNSPECIFIED = 16, 18, 9, 2


@dataclass(frozen=True)
class Quality:
    """What a rung may cost: x264's constant rate factor and a ceiling in bits a second."""

    shorter_side: int
    crf: int
    ceiling: int


QUALITIES = (
    Quality(360, 26, 700_000),
    Quality(720, 24, 2_500_000),
    Quality(1080, 23, 4_500_000),
)


@dataclass(frozen=True)
class Source:
    """What the encoder has to know of a film.

    ``width`` and ``height`` (pixels) are as shown: turned upright and with square pixels. ``rate``
    is the steady number of frames a second that its versions get. ``sound_number`` is that of the
    sound track which is heard. ``peak_transfer`` is PQ, HLG or 0; ``wide`` says that its colours
    are BT.2020's; ``matrix`` is how to read unmarked colours. ``seconds`` is the length that the
    container states, or 0.
    """

    width: int
    height: int
    rate: Fraction
    has_sound: bool
    sound_number: int = 0
    interlaced: bool = False
    peak_transfer: int = 0
    wide: bool = False
    matrix: str = "auto"
    seconds: float = 0.0

    @property
    def gop(self) -> int:
        """Frames from one keyframe to the next: never less than `GOP_SECONDS`."""
        return -(-self.rate.numerator * GOP_SECONDS // self.rate.denominator)


@dataclass(frozen=True)
class Rung:
    """One version to make; ``width`` and ``height`` in pixels, both even."""

    width: int
    height: int
    quality: Quality

    @property
    def name(self) -> str:
        return f"{self.height}p"


def read_source(path: Path) -> Source:
    """Read what the encoder has to know from a film's header and first picture.

    Raises StepFailed if the pictures cannot be read, or are larger than this site decodes.
    """
    import av

    try:
        with open_film(path) as film:
            track = picture_track(film.streams.video)
            frame = next(film.decode(track))
            seconds = (film.duration or 0) / av.time_base
            return _source(track, frame, list(film.streams.audio), seconds)
    except (av.FFmpegError, StopIteration) as error:
        reason = getattr(error, "strerror", "") or "no picture was found"
        raise StepFailed(f"The film’s pictures cannot be read: {reason}.") from error


def picture_track(tracks: "Sequence[VideoStream]") -> "VideoStream":
    """The first track that is a film and not a cover picture. Raises StepFailed for none.

    A track whose pictures are larger than ffmpeg may decode here is not decoded at all.
    """
    films = [track for track in tracks if not is_cover(track)]
    if not films:
        raise StepFailed("The film has no pictures.")
    pixels = films[0].codec_context.width * films[0].codec_context.height
    if pixels > ffmpeg.MOST_PIXELS:
        raise StepFailed(f"The film’s pictures have {pixels:,} pixels, too many to decode.")
    return films[0]


def rungs(source: Source) -> list[Rung]:
    """The versions of a film, smallest first; never above the source's size, never none.

    A rung's number is the shorter side, as in “720p”: a film held upright keeps its sharpness.
    """
    shorter, longer = sorted((source.width, source.height))
    fitting = [quality for quality in QUALITIES if quality.shorter_side <= shorter]
    sizes = [(quality, quality.shorter_side) for quality in fitting]
    by_height: dict[int, Rung] = {}
    for quality, side in sizes or [(QUALITIES[0], shorter)]:
        part = min(Fraction(side, shorter), Fraction(LONGEST_SIDE, longer))
        rung = Rung(_even(source.width * part), _even(source.height * part), quality)
        by_height.setdefault(rung.height, rung)
    return list(by_height.values())


def steady_rate(average: Fraction | None, base: Fraction | None) -> Fraction:
    """The frames a second of a film's versions, at most 30.

    ``average`` is what the film shows over its length, ``base`` the finest step of its clock. Where
    they disagree the rate varies, and the next standard rate above the average is taken. A higher
    rate is halved until it fits, so that 50 becomes 25 and movement stays even.
    """
    average = average or base or Fraction(25)
    rate = average
    if base and abs(base - average) <= average / 100:
        rate = base
    elif base and base < CLOCK and (base / average).limit_denominator(20).denominator != 1:
        rate = next(
            (standard for standard in STANDARD_RATES if standard >= average * 99 / 100), average
        )
    rate = rate.limit_denominator(1001)
    while rate > MOST_FRAMES_A_SECOND:
        rate /= 2
    return max(rate, Fraction(FEWEST_FRAMES_A_SECOND))


def picture_filters(source: Source, largest: Rung) -> str:
    """ffmpeg's filters from the film to the largest rung: steady, square, 8 bit, BT.709.

    Rotation has been applied by ffmpeg itself. High dynamic range is brought to what every screen
    shows (tone mapping); interlaced pictures become whole ones.
    """
    steps = ["bwdif=deint=interlaced"] if source.interlaced else []
    steps.append(f"fps=fps={source.rate}:start_time=0")
    size = f"scale={largest.width}:{largest.height}:flags=bicubic"
    if source.peak_transfer:
        steps += [_marked(source), size, *TONE_MAPPING]
    elif source.wide:
        steps += [
            "setparams=color_primaries=bt2020:color_trc=bt2020-10:colorspace=bt2020nc",
            size,
            "zscale=primaries=bt709:transfer=bt709:matrix=bt709:range=limited",
        ]
    else:
        steps.append(f"{size}:in_color_matrix={source.matrix}:out_color_matrix=bt709:out_range=tv")
    return ",".join([*steps, "format=yuv420p", "setsar=1", MARKS])


TONE_MAPPING = (
    "zscale=transfer=linear:npl=203,format=gbrpf32le",
    "zscale=primaries=bt709,tonemap=tonemap=hable:desat=0",
    "zscale=transfer=bt709:matrix=bt709:range=limited",
)
MARKS = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"


def _marked(source: Source) -> str:
    transfer = "smpte2084" if source.peak_transfer == PQ else "arib-std-b67"
    return f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc"


def _source(
    track: "VideoStream", frame: "VideoFrame", sounds: "list[AudioStream]", seconds: float
) -> Source:
    pixel = track.sample_aspect_ratio or Fraction(1)
    width, height = round(frame.width * pixel), frame.height
    if frame.rotation % 180:
        width, height = height, width
    transfer = int(frame.color_trc)
    unmarked = int(frame.colorspace) == UNSPECIFIED
    return Source(
        width=width,
        height=height,
        rate=steady_rate(track.average_rate, track.base_rate),
        has_sound=bool(sounds),
        sound_number=sounds.index(sound_track(sounds)) if sounds else 0,
        interlaced=frame.interlaced_frame,
        peak_transfer=transfer if transfer in (PQ, HLG) else 0,
        wide=int(frame.color_primaries) == BT2020,
        matrix="auto" if not unmarked else "bt709" if frame.height >= FULL_HD else "bt601",
        seconds=seconds,
    )


def _even(size: Fraction | float) -> int:
    return max(2, int(size) // 2 * 2)
