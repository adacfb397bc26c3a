"""From the uploaded film to renditions every browser plays: H.264 and AAC in a fast-start MP4."""

from dataclasses import dataclass
from pathlib import Path

from . import ffmpeg
from .probe import Probe

RUNGS = (360, 720)
KEYFRAME_SECONDS = 2
MOST_FRAMES_A_SECOND = 30
LOUDNESS = "loudnorm=I=-16:TP=-1.5:LRA=11"


@dataclass(frozen=True)
class Rendition:
    """A finished rendition. ``bytes`` is its size, ``bitrate`` bits a second over its length."""

    path: Path
    width: int
    height: int
    bytes: int
    bitrate: int


def ladder(probe: Probe) -> list[int]:
    """The heights (pixels) to make of a film, smallest first; never above the source's, never none.

    A rung's number is the shorter side, as in “720p”: a film held upright keeps its sharpness.
    """
    shorter = min(probe.width, probe.height)
    rungs = [rung for rung in RUNGS if rung <= shorter] or [shorter]
    return [_even(rung * probe.height / shorter) for rung in rungs]


def transcode(
    source: Path,
    target: Path,
    *,
    height: int,
    progress: ffmpeg.Progress | None = None,
) -> Rendition:
    """Write ``source`` to ``target`` at ``height`` pixels, or the source's height if that is less.

    yuv420p, even sizes, square pixels, rotation applied, a keyframe every 2 s, at most 30 frames a
    second, place and camera data removed. Loudness is brought to -16 LUFS (EBU R128) in a single
    pass, which may pump a little on very uneven sound; two passes come with the HLS ladder.
    Raises StepFailed with ffmpeg's reason.
    """
    with ffmpeg.replacing(target) as part:
        arguments = [*ffmpeg.INPUT_GUARDS, "-i", str(source), "-map", "0:V:0", "-map", "0:a:0"]
        arguments += _picture(height) + _sound(height)
        arguments += ["-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart"]
        ffmpeg.run(
            [*arguments, "-f", "mp4", str(part)], duration=_duration(source), progress=progress
        )
        return _measure(part, target)


def _picture(height: int) -> list[str]:
    threads = str(ffmpeg.thread_count())
    # Evenness by rounding down, so that no rung is above its source; dar is the shape as shown.
    lines = f"max(2,2*trunc(min({height},ih)/2))"
    scale = f"scale=h='{lines}':w='max(2,2*round(oh*dar/2))':flags=bicubic"
    crf, ceiling = ("26", "700k") if height <= 360 else ("24", "2500k")
    return [
        "-vf", f"{scale},setsar=1", "-pix_fmt", "yuv420p",
        "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-crf", crf,
        "-maxrate", ceiling, "-bufsize", ceiling,
        "-force_key_frames", f"expr:gte(t,n_forced*{KEYFRAME_SECONDS})",
        "-fpsmax", str(MOST_FRAMES_A_SECOND), "-threads", threads, "-filter_threads", threads,
    ]  # fmt: skip


def _sound(height: int) -> list[str]:
    bitrate = "64k" if height <= 360 else "128k"
    return ["-af", LOUDNESS, "-c:a", "aac", "-b:a", bitrate, "-ar", "48000", "-ac", "2"]


def _duration(source: Path) -> float | None:
    import av

    with av.open(str(source), options={"format_whitelist": ffmpeg.FORMATS}) as film:
        return film.duration / av.time_base if film.duration else None


def _measure(part: Path, target: Path) -> Rendition:
    import av

    size = part.stat().st_size
    with av.open(str(part)) as film:
        picture = film.streams.video[0]
        seconds = (film.duration or 0) / av.time_base
        bitrate = round(size * 8 / seconds) if seconds else 0
        return Rendition(target, picture.width, picture.height, size, bitrate)


def _even(size: float) -> int:
    return max(2, int(size) // 2 * 2)
