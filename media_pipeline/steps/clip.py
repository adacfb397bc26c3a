"""A short piece of a film for social media, with its captions in the picture.

The selection alone is cut out with plain ffmpeg, the film's only reader; MoviePy composes the
frames from that piece and pictures of our own.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ground.refusals import Refused

from . import clip_text, clip_words, ffmpeg, loudness
from .clip_composition import COLOURS, compose
from .clip_layout import Layout, lay_out
from .failures import StepFailed
from .ladder import Source, read_source
from .words import Cue

SHORT_SIDE = 1080  # pixels
LEAST_FRAMES_A_SECOND = 15.0
LEAST_SECONDS, MOST_SECONDS = 2.0, 140.0
FADE_IN, FADE_OUT = 0.05, 0.15  # seconds: a cut sound must not click
CUT, HEARD = 0.2, 0.25  # shares of the work done once the selection is cut, and its sound levelled
ROUNDING = 0.5  # seconds that a selection may reach beyond the film's own idea of its end


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


def make_clip(
    source: Path,
    target: Path,
    request: ClipRequest,
    *,
    folder: Path,
    progress: ffmpeg.Progress | None = None,
    most_seconds: float = MOST_SECONDS,
    short_side: int = SHORT_SIDE,
) -> FinishedClip:
    """Write the clip to ``target``: an MP4 of H.264 and AAC that starts before it is all there.

    yuv420p, at most 30 frames a second, the shorter side ``short_side`` pixels, -16 LUFS. Only the
    selection is decoded. Passing files are made in ``folder`` and go again. ``progress`` hears of
    0 to 1 and may raise: then nothing is left behind. Raises Refused for a selection that cannot
    be had, StepFailed where the machinery breaks.
    """
    film = read_source(source)
    _refuse(request, film, most_seconds)
    rate = max(LEAST_FRAMES_A_SECOND, round(float(film.rate), 2))
    shape = film.width / film.height
    layout = lay_out(request.shape, shape, request.title, request.imprint, short_side=short_side)
    cues, seconds = list(request.cues), request.end - request.start
    captions = clip_words.compose_captions(cues, request.start, request.end, layout.canvas.face)
    with TemporaryDirectory(dir=folder) as passing, ffmpeg.replacing(target) as part:
        cut, heard, sound = (Path(passing, f"cut.{ending}") for ending in ("mp4", "wav", "m4a"))
        _cut(source, cut, heard, request, film, rate, layout, ffmpeg.part(progress, 0.0, CUT))
        if film.has_sound:
            _level(heard, sound, seconds, ffmpeg.part(progress, CUT, HEARD))
        compose(
            cut,
            sound if film.has_sound else None,
            part,
            layout,
            captions,
            seconds=seconds,
            frame_rate=rate,
            progress=ffmpeg.part(progress, HEARD, 1.0),
        )
        length, size = _checked(part, seconds), part.stat().st_size
    transcript = clip_words.transcript_of(cues, request.start, request.end)
    undrawn = clip_text.undrawn(f"{request.title} {request.imprint} {transcript}")
    return FinishedClip(
        target, layout.canvas.width, layout.canvas.height, length, size, captions, undrawn
    )


def refuse_by_length(seconds: float, most_seconds: float) -> None:
    """Raise Refused where a selection is too short or too long for a clip."""
    if seconds < LEAST_SECONDS:
        raise Refused(
            f"This selection lasts {max(0.0, seconds):.1f} s, and a clip lasts at least "
            f"{LEAST_SECONDS:g} s. Choose more of the film."
        )
    if seconds > most_seconds:
        raise Refused(
            f"This selection lasts {seconds:.0f} s, and the most a clip may last is "
            f"{most_seconds:g} s. Choose less of the film."
        )


def _refuse(request: ClipRequest, film: Source, most_seconds: float) -> None:
    if request.start < 0 or (film.seconds and request.end > film.seconds + ROUNDING):
        raise Refused(
            f"This selection reaches beyond the film, which lasts {film.seconds:.1f} s. Choose a "
            "part of the film."
        )
    refuse_by_length(request.end - request.start, most_seconds)


def _cut(
    source: Path,
    cut: Path,
    heard: Path,
    request: ClipRequest,
    film: Source,
    rate: float,
    layout: Layout,
    progress: ffmpeg.Progress,
) -> None:
    """Cut the selection out: its pictures at the size and rate they are needed, its sound apart."""
    seconds = request.end - request.start
    size = f"{layout.film.width}:{layout.film.height}"
    filters = f"scale={size}:flags=bicubic:out_color_matrix=bt709:out_range=tv,setsar=1"
    arguments = [*ffmpeg.INPUT_GUARDS, "-ss", f"{request.start:.3f}", "-t", f"{seconds:.3f}"]
    arguments += ["-i", str(source), "-map", "0:V:0", "-an", "-sn", "-dn"]
    arguments += ["-vf", f"fps={rate}:start_time=0,{filters}", "-pix_fmt", "yuv420p"]
    arguments += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", *COLOURS]
    arguments += ["-threads", str(ffmpeg.thread_count()), "-f", "mp4", str(cut)]
    if film.has_sound:
        arguments += ["-map", f"0:a:{film.sound_number}", "-vn", "-af", loudness.SAME_SOUND]
        arguments += ["-f", "wav", str(heard)]
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
