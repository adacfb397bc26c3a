"""Small pictures of the whole film on one sheet, which the player shows while a viewer seeks."""

import math
from dataclasses import dataclass
from pathlib import Path

from . import ffmpeg
from .formats.vtt import to_vtt
from .ladder import read_source
from .words import Cue

SHEET, TIMES = "storyboard.jpg", "storyboard.vtt"
MOST_PICTURES = 120
COLUMNS = 10
SHORTEST_STEP = 2.0  # seconds: the first version has a keyframe this often
AREA = (160, 160)  # pixels: the longer side of a picture on the sheet


@dataclass(frozen=True)
class Storyboard:
    """The sheet of pictures (JPEG), and the times of each as WebVTT with “#xywh=” addresses."""

    sheet: Path
    times: Path
    count: int


def storyboard(
    film: Path, folder: Path, *, duration: float, progress: ffmpeg.Progress | None = None
) -> Storyboard:
    """Write ``storyboard.jpg`` and ``storyboard.vtt`` into ``folder``; ``duration`` in seconds.

    At most `MOST_PICTURES`, evenly spread. Only keyframes are decoded, so ``film`` is best the
    first version, which has one every 2 s. Raises StepFailed with ffmpeg's reason.
    """
    step = max(SHORTEST_STEP, duration / MOST_PICTURES)
    count = max(1, math.ceil(duration / step))
    width, height = _size(film)
    rows = math.ceil(count / COLUMNS)
    sheet, times = folder / SHEET, folder / TIMES
    chain = (
        f"fps=fps=1/{step:.6f}:round=down:eof_action=pass:start_time=0,scale={width}:{height}:flags=area,"
        f"setsar=1,tpad=stop=-1:stop_mode=clone,trim=end_frame={count},"
        f"tile={min(COLUMNS, count)}x{rows}"
    )
    with ffmpeg.replacing(sheet) as part:
        arguments = ["-skip_frame", "nokey", *ffmpeg.INPUT_GUARDS, "-i", str(film)]
        arguments += ["-map", "0:V:0", "-an", "-vf", chain, "-frames:v", "1", "-q:v", "6"]
        arguments += ["-f", "image2", "-c:v", "mjpeg", "-update", "1", str(part)]
        ffmpeg.run(arguments, duration=duration, progress=progress)
    with ffmpeg.replacing(times) as part:
        part.write_text(_times(count, step, duration, width, height), encoding="utf-8")
    return Storyboard(sheet, times, count)


def _size(film: Path) -> tuple[int, int]:
    source = read_source(film)
    scale = min(AREA[0] / source.width, AREA[1] / source.height)
    return max(2, round(source.width * scale)), max(2, round(source.height * scale))


def _times(count: int, step: float, duration: float, width: int, height: int) -> str:
    cues = []
    for number in range(count):
        start, end = number * step, min((number + 1) * step, duration)
        x, y = number % COLUMNS * width, number // COLUMNS * height
        cues.append(Cue(start, end, (f"{SHEET}#xywh={x},{y},{width},{height}",)))
    return to_vtt(cues)
