"""A short piece of a film for social media, with its captions in the picture.

The selection alone is cut out with plain ffmpeg, the film's only reader; MoviePy composes the
frames from that piece and pictures of our own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ground.refusals import Refused

from . import clip_text, clip_words, ffmpeg, loudness
from .clip_composition import COLOURS, compose
from .clip_layout import Layout, lay_out
from .failures import StepFailed
from .film_file import open_film, sound_number
from .ladder import picture_track
from .words import Cue

SHORT_SIDE = 1080  # pixels
MOST_FRAMES_A_SECOND, LEAST_FRAMES_A_SECOND = 30.0, 15.0
FADE_IN, FADE_OUT = 0.05, 0.15  # seconds: a cut sound must not click
CUT, HEARD = 0.2, 0.25  # shares of the work done once the selection is cut, and its sound levelled
ROUNDING = 0.5  # seconds that a selection may reach beyond the film's own idea of its end


@dataclass(frozen=True)
class ClipLimits:
    """How long a clip may be, in seconds."""

    least_seconds: float = 2.0
    most_seconds: float = 140.0


@dataclass(frozen=True)
class ClipRequest:
    """What a person asks for. ``start`` and ``end`` in seconds of the film, ``cues`` of all of it.

    ``shape`` is one of `clip_layout.SHAPES`.
    """

    start: float
    end: float
    shape: str
    title: str
    imprint: str
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True)
class FinishedClip:
    """A finished clip. ``undrawn`` are the signs that the typeface lacks: each shows as a box."""

    path: Path
    width: int
    height: int
    seconds: float
    bytes: int
    captions: tuple[clip_words.Caption, ...]
    undrawn: tuple[str, ...]


@dataclass(frozen=True)
class _FilmInfo:
    """``seconds`` is 0 where the container does not say; ``shape`` is its width by its height."""

    seconds: float
    shape: float
    frame_rate: float
    has_sound: bool
    sound_number: int


def make_clip(
    source: Path,
    target: Path,
    request: ClipRequest,
    *,
    folder: Path,
    progress: ffmpeg.Progress | None = None,
    limits: ClipLimits = ClipLimits(),
    short_side: int = SHORT_SIDE,
) -> FinishedClip:
    """Write the clip to ``target``: an MP4 of H.264 and AAC that starts before it is all there.

    yuv420p, at most 30 frames a second, the shorter side ``short_side`` pixels, -16 LUFS. Only the
    selection is decoded. Passing files are made in ``folder`` and go again. ``progress`` hears of
    0 to 1 and may raise: then nothing is left behind. Raises Refused for a selection that cannot
    be had, StepFailed where the machinery breaks.
    """
    film = _film_info(source)
    _refuse(request, film, limits)
    layout = lay_out(
        request.shape, film.shape, request.title, request.imprint, short_side=short_side
    )
    cues, seconds = list(request.cues), request.end - request.start
    captions = clip_words.compose_captions(cues, request.start, request.end, layout.canvas.face)
    with (
        _passing(folder, "cut.mp4", "cut.wav", "cut.m4a") as (cut, heard, sound),
        ffmpeg.replacing(target) as part,
    ):
        _cut(source, cut, heard, request, film, layout, _share(progress, 0.0, CUT))
        if film.has_sound:
            _level(heard, sound, seconds, _share(progress, CUT, HEARD))
        compose(
            cut,
            sound if film.has_sound else None,
            part,
            layout,
            captions,
            seconds=seconds,
            frame_rate=film.frame_rate,
            progress=_share(progress, HEARD, 1.0),
        )
        length, size = _checked(part, seconds), part.stat().st_size
    transcript = clip_words.transcript_of(cues, request.start, request.end)
    undrawn = clip_text.undrawn(f"{request.title} {request.imprint} {transcript}")
    return FinishedClip(
        target, layout.canvas.width, layout.canvas.height, length, size, captions, undrawn
    )


@contextmanager
def _passing(folder: Path, *names: str) -> Iterator[list[Path]]:
    """Give the paths of files that are gone again afterwards."""
    paths = [folder / name for name in names]
    try:
        yield paths
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def refuse_by_length(seconds: float, limits: ClipLimits = ClipLimits()) -> None:
    """Raise Refused where a selection is too short or too long for a clip."""
    if seconds < limits.least_seconds:
        raise Refused(
            f"This selection lasts {max(0.0, seconds):.1f} s, and a clip lasts at least "
            f"{limits.least_seconds:g} s. Choose more of the film."
        )
    if seconds > limits.most_seconds:
        raise Refused(
            f"This selection lasts {seconds:.0f} s, and the most a clip may last is "
            f"{limits.most_seconds:g} s. Choose less of the film."
        )


def _refuse(request: ClipRequest, film: _FilmInfo, limits: ClipLimits) -> None:
    if request.start < 0 or (film.seconds and request.end > film.seconds + ROUNDING):
        raise Refused(
            f"This selection reaches beyond the film, which lasts {film.seconds:.1f} s. Choose a "
            "part of the film."
        )
    refuse_by_length(request.end - request.start, limits)


def _film_info(source: Path) -> _FilmInfo:
    """The film's length, its shape as shown, its frame rate, and whether it has sound."""
    import av

    try:
        with open_film(source) as film:
            picture = picture_track(film.streams.video)
            frame = next(film.decode(picture))
            pixel = float(picture.sample_aspect_ratio or 1) or 1.0
            shape = frame.width * pixel / frame.height
            return _FilmInfo(
                seconds=(film.duration or 0) / av.time_base,
                shape=1 / shape if frame.rotation % 180 == 90 else shape,
                frame_rate=_frame_rate(float(picture.average_rate or picture.guessed_rate or 25)),
                has_sound=bool(film.streams.audio),
                sound_number=sound_number(source),
            )
    except (av.FFmpegError, StopIteration) as error:
        raise StepFailed(f"The film could not be read for the clip: {error}.") from error


def _frame_rate(rate: float) -> float:
    """Frames a second of the clip: the film's own, halved where that is beyond what we make."""
    if rate > MOST_FRAMES_A_SECOND + 0.01:
        rate = min(MOST_FRAMES_A_SECOND, rate / 2)
    return round(max(LEAST_FRAMES_A_SECOND, rate), 2)


def _cut(
    source: Path,
    cut: Path,
    heard: Path,
    request: ClipRequest,
    film: _FilmInfo,
    layout: Layout,
    progress: ffmpeg.Progress,
) -> None:
    """Cut the selection out: its pictures at the size and rate they are needed, its sound apart."""
    seconds = request.end - request.start
    size = f"{layout.film.width}:{layout.film.height}"
    filters = f"scale={size}:flags=bicubic:out_color_matrix=bt709:out_range=tv,setsar=1"
    arguments = [*ffmpeg.INPUT_GUARDS, "-ss", f"{request.start:.3f}", "-t", f"{seconds:.3f}"]
    arguments += ["-i", str(source), "-map", "0:V:0", "-an", "-sn", "-dn"]
    arguments += ["-vf", f"fps={film.frame_rate}:start_time=0,{filters}", "-pix_fmt", "yuv420p"]
    arguments += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", *COLOURS]
    arguments += ["-threads", str(ffmpeg.thread_count()), "-f", "mp4", str(cut)]
    if film.has_sound:
        arguments += [
            "-map",
            f"0:a:{film.sound_number}",
            "-vn",
            "-af",
            loudness.SAME_SOUND,
            "-f",
            "wav",
            str(heard),
        ]
    ffmpeg.run(arguments, duration=seconds, progress=progress)


def _level(heard: Path, sound: Path, seconds: float, progress: ffmpeg.Progress) -> None:
    """Bring the cut sound to the loudness of every film, with short fades at both ends."""
    filters = loudness.levelling_filters(loudness.measure(heard))
    fades = f"afade=in:d={FADE_IN},afade=out:st={max(0.0, seconds - FADE_OUT):.3f}:d={FADE_OUT}"
    arguments = [*ffmpeg.INPUT_GUARDS, "-i", str(heard), "-af", f"{filters},{fades}"]
    arguments += ["-c:a", "aac", "-b:a", "128k", "-t", f"{seconds:.3f}", "-f", "mp4", str(sound)]
    ffmpeg.run(arguments, duration=seconds, progress=progress)


def _checked(part: Path, seconds: float) -> float:
    """The written film's length in seconds. Raises StepFailed where it is not what was wanted."""
    import av

    try:
        with av.open(str(part)) as film:
            length = (film.duration or 0) / av.time_base
    except av.FFmpegError as error:
        raise StepFailed(f"The clip could not be written whole: {error}.") from error
    if abs(length - seconds) > ROUNDING:
        raise StepFailed(f"The clip lasts {length:.1f} s instead of {seconds:.1f} s.")
    return length


def _share(progress: ffmpeg.Progress | None, begin: float, end: float) -> ffmpeg.Progress:
    """Report a part of the work as that stretch of the whole."""
    return lambda done: progress(begin + (end - begin) * done) if progress else None
