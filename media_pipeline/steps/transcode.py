"""From the uploaded film to versions every browser plays: H.264 and AAC.

First one small MP4, so that there is something to watch; then the whole HLS ladder in one pass of
ffmpeg (RFC 8216: one fragmented MP4 and one playlist a rung, sound apart), and of its highest rung
an MP4 for download, without encoding again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import ffmpeg
from .ladder import (
    GOP_SECONDS,
    SEGMENT_SECONDS,
    SOUND_BITRATE,
    Rung,
    Source,
    picture_filters,
    read_source,
    rungs,
)
from .loudness import RATE, Loudness, levelling_filters
from .playlist import read_playlist

PRESET = "veryfast"
SPARE_SECONDS = 2.0  # a film may go on this much longer than its probe said
SOUND = "sound"
# Pictures begin at 0, as the sound does. ffmpeg would begin them as late as they are reordered and
# say so in an edit list, which players of fragments do not read: lips would move too late.
ON_THE_CLOCK = (
    *("-avoid_negative_ts", "disabled"),
    *("-hls_segment_options", "movflags=+negative_cts_offsets:avoid_negative_ts=disabled"),
)


@dataclass(frozen=True)
class Version:
    """A finished version. Sizes in bytes and pixels, rates in bits and frames a second.

    ``playlist`` is None for a whole MP4. The sound alone has no width, height and frame rate.
    ``peak_bitrate`` is that of the dearest segment.
    """

    path: Path
    playlist: Path | None
    width: int
    height: int
    bytes: int
    bitrate: int
    peak_bitrate: int
    codecs: str
    frame_rate: float


def room_for(source: Source, duration: float) -> int:
    """The bytes that the ladder and the download may need at most, for ``duration`` seconds."""
    ladder = rungs(source)
    highest = ladder[-1].quality.ceiling + SOUND_BITRATE
    bits = sum(rung.quality.ceiling for rung in ladder) + SOUND_BITRATE + highest
    return int(bits / 8 * (duration + SPARE_SECONDS) * 1.1)


def first_version(
    film: Path,
    target: Path,
    *,
    duration: float,
    loudness: Loudness | None,
    progress: ffmpeg.Progress | None = None,
) -> Version:
    """Write the smallest rung of ``film`` as a fast-start MP4; ``duration`` in seconds.

    yuv420p, even sizes, square pixels, rotation applied, a steady frame rate of at most 30,
    loudness levelled, place and camera data removed. Raises StepFailed with ffmpeg's reason.
    """
    source = read_source(film)
    rung = rungs(source)[0]
    with ffmpeg.replacing(target) as part:
        graph = [f"[0:V:0]{picture_filters(source, rung)}[v0]", *_sound_graph(source, loudness)]
        arguments = [*_opened(film), *_graph(graph), "-map", "[v0]", *_picture(source, rung)]
        if source.has_sound:
            arguments += ["-map", "[sound]", *_sound()]
        arguments += [*_plain(duration), "-movflags", "+faststart", "-f", "mp4", str(part)]
        ffmpeg.run(arguments, duration=duration, progress=progress)
        return measured(part, target)


def ladder(
    film: Path,
    folder: Path,
    *,
    duration: float,
    loudness: Loudness | None,
    progress: ffmpeg.Progress | None = None,
) -> list[Version]:
    """Write every rung of ``film`` into ``folder`` in one pass: smallest first, the sound last.

    Keyframes stand at the same places in all rungs, every segment begins with one. ``duration`` in
    seconds. Raises StepFailed with ffmpeg's reason, or where the disk lacks the room.
    """
    source = read_source(film)
    steps = rungs(source)
    ffmpeg.refuse_without_room(folder, room_for(source, duration))
    arguments = [*_opened(film), *_graph(_ladder_graph(source, steps, loudness))]
    for number, rung in enumerate(steps):
        arguments += ["-map", f"[v{number}]", *_picture(source, rung), *_plain(duration)]
        arguments += [*ON_THE_CLOCK, *_hls(folder, rung.name)]
    if source.has_sound:
        arguments += ["-map", "[sound]", *_sound(), *_plain(duration), *_hls(folder, SOUND)]
    ffmpeg.run(arguments, duration=duration, progress=progress)
    names = [rung.name for rung in steps] + ([SOUND] if source.has_sound else [])
    return [_rung(folder, name) for name in names]


def download(rung: Version, sound: Version | None, target: Path, *, duration: float) -> Version:
    """Write a rung and the sound as one fast-start MP4, without encoding anything again."""
    with ffmpeg.replacing(target) as part:
        arguments = _opened(rung.path) + (_opened(sound.path) if sound else [])
        arguments += ["-map", "0:v:0", *(["-map", "1:a:0"] if sound else []), "-c", "copy"]
        arguments += _plain(duration)
        arguments += ["-movflags", "+faststart", "-f", "mp4", str(part)]
        ffmpeg.run(arguments, duration=duration)
        return measured(part, target)


def measured(file: Path, final: Path | None = None, playlist: Path | None = None) -> Version:
    """What a finished file is, read from the file itself; ``final`` is where it will lie."""
    import av

    size = file.stat().st_size
    with av.open(str(file)) as film:
        codecs = ",".join(_codec(stream.codec_context) for stream in film.streams)
        seconds = (film.duration or 0) / av.time_base
        pictures = film.streams.video[0] if film.streams.video else None
        shape = (pictures.width, pictures.height) if pictures else (0, 0)
        rate = float(pictures.average_rate or 0) if pictures else 0.0
    bitrate = peak = round(size * 8 / seconds) if seconds else 0
    if playlist:
        segments = read_playlist(playlist.read_text())
        bitrate, peak = segments.bitrate, segments.peak_bitrate
    return Version(final or file, playlist, *shape, size, bitrate, peak, codecs, rate)


def _rung(folder: Path, name: str) -> Version:
    return measured(folder / f"rung-{name}.mp4", playlist=folder / f"{name}.m3u8")


def _codec(context: object) -> str:
    """A codec's name as RFC 6381 has it; H.264's from the profile and level in its header."""
    name, extra = getattr(context, "name", ""), getattr(context, "extradata", None) or b""
    return f"avc1.{extra[1:4].hex()}" if name == "h264" else "mp4a.40.2"


def _opened(film: Path) -> list[str]:
    return [*ffmpeg.INPUT_GUARDS, "-i", str(film)]


def _graph(graph: Sequence[str]) -> list[str]:
    threads = str(ffmpeg.thread_count())
    return ["-filter_complex_threads", threads, "-filter_complex", ";".join(graph)]


def _ladder_graph(source: Source, steps: Sequence[Rung], loudness: Loudness | None) -> list[str]:
    """One chain to the largest rung, from which the smaller ones are scaled, and the sound."""
    *smaller, largest = range(len(steps))
    ends = "".join(f"[p{number}]" for number in (*smaller, largest))
    shared = f"[0:V:0]{picture_filters(source, steps[largest])},split={len(steps)}{ends}"
    sized = [
        f"[p{number}]scale={steps[number].width}:{steps[number].height}:flags=bicubic,setsar=1"
        f"[v{number}]"
        for number in smaller
    ]
    return [shared, *sized, f"[p{largest}]null[v{largest}]", *_sound_graph(source, loudness)]


def _sound_graph(source: Source, loudness: Loudness | None) -> list[str]:
    return (
        [f"[0:a:{source.sound_number}]{levelling_filters(loudness)}[sound]"]
        if source.has_sound
        else []
    )


def _picture(source: Source, rung: Rung) -> list[str]:
    ceiling = rung.quality.ceiling
    return [
        "-c:v", "libx264", "-preset", PRESET, "-profile:v", "high", "-crf", str(rung.quality.crf),
        "-maxrate", str(ceiling), "-bufsize", str(ceiling * GOP_SECONDS),
        "-g", str(source.gop), "-keyint_min", str(source.gop), "-sc_threshold", "0",
        "-r", str(source.rate), "-threads", str(ffmpeg.thread_count()),
    ]  # fmt: skip


def _sound() -> list[str]:
    return ["-c:a", "aac", "-b:a", str(SOUND_BITRATE), "-ar", str(RATE), "-ac", "2"]


def _plain(duration: float) -> list[str]:
    """No data of place, camera and chapters; and an end, whatever the film's clock does."""
    return ["-map_metadata", "-1", "-map_chapters", "-1", "-t", f"{duration + SPARE_SECONDS:.3f}"]


def _hls(folder: Path, name: str) -> list[str]:
    return [
        "-f", "hls", "-hls_time", str(SEGMENT_SECONDS), "-hls_playlist_type", "vod",
        "-hls_segment_type", "fmp4", "-hls_flags", "single_file+independent_segments",
        "-hls_segment_filename", str(folder / f"rung-{name}.mp4"), str(folder / f"{name}.m3u8"),
    ]  # fmt: skip
