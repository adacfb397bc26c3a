"""Measures how soon a film can be watched, and how long its whole ladder takes.

    python bench/ladder.py [--seconds 600] [--size 1920x1080] [--rate 25] [--film FILE]

Makes a film with movement and with sound like speech (kept in the system's folder for temporary
files, or where MEMBERSNET_BENCH points, and used again), then does what a worker does with it: the
loudness and the first version, the ladder, the download. Prints a table of seconds and of seconds
over the film's length, on as many cores as the process may use; `taskset -c 0,1` gives it two.
Exits with 1 where a measure is not met: the first version within 0.4 of the film's length, the
whole ladder within 1.2.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from media_pipeline.steps import ffmpeg, storyboard, transcode  # noqa: E402 - the path is set above
from media_pipeline.steps.loudness import measure  # noqa: E402 - as above

FIRST, WHOLE = 0.4, 1.2  # of the film's length
# A voice that comes and goes, over a quiet room.
VOICE = (
    "0.4*sin(2*PI*(140+30*sin(2*PI*0.7*t))*t)*abs(sin(2*PI*2.3*t))*between(mod(t,9),0,7.5)"
    "+0.02*random(0)"
)


def film_of(seconds: int, size: str, rate: int) -> Path:
    """A film whose pictures are half a slow zoom, which repeats, and half a moving test picture."""
    usual = Path(tempfile.gettempdir()) / "membersnet-bench"
    folder = Path(os.environ.get("MEMBERSNET_BENCH", usual))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"film-{size}-{rate}-{seconds}.mp4"
    if target.exists():
        return target
    print(f"Making {target} (once) …", flush=True)
    width, height = map(int, size.split("x"))
    half = f"{width // 2}x{height}"
    quick = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "20"]
    zoom = folder / f"zoom-{half}-{rate}.mp4"
    if not zoom.exists():
        picture = f"mandelbrot=size={half}:rate={rate}:end_scale=0.02:maxiter=400"
        with ffmpeg.replacing(zoom) as part:
            made = ["-f", "lavfi", "-i", picture, "-t", "20", "-pix_fmt", "yuv420p", *quick]
            ffmpeg.run([*made, "-f", "mp4", str(part)], duration=20.0)
    inputs = ["-stream_loop", "-1", "-i", str(zoom)]
    inputs += ["-f", "lavfi", "-i", f"testsrc2=size={half}:rate={rate}"]
    inputs += ["-f", "lavfi", "-i", f"aevalsrc='{VOICE}':s=48000"]
    graph = ["-filter_complex", "[0][1]hstack,format=yuv420p[v]", "-map", "[v]", "-map", "2:a"]
    with ffmpeg.replacing(target) as part:
        made = [*inputs, *graph, "-t", str(seconds), *quick, "-c:a", "aac"]
        made += ["-movflags", "+faststart", "-f", "mp4", str(part)]
        ffmpeg.run(made, duration=float(seconds))
    return target


def duration_of(film: Path) -> float:
    import av

    with av.open(str(film)) as opened:
        return (opened.duration or 0) / av.time_base


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--rate", type=int, default=25)
    parser.add_argument("--film", type=Path, help="measure with this film instead")
    options = parser.parse_args()
    film = options.film or film_of(options.seconds, options.size, options.rate)
    seconds = duration_of(film)
    rows: list[tuple[str, float, float]] = []

    def timed(name, work):
        begun, cost = time.perf_counter(), processor_seconds()
        result = work()
        rows.append((name, time.perf_counter() - begun, processor_seconds() - cost))
        return result

    with tempfile.TemporaryDirectory(dir=film.parent) as name:
        folder = Path(name)
        known = {"duration": seconds}
        loudness = timed("loudness", lambda: measure(film, **known))
        known["loudness"] = loudness
        small = timed(
            "first version", lambda: transcode.first_version(film, folder / "first.mp4", **known)
        )
        made = timed("ladder, one pass", lambda: transcode.ladder(film, folder, **known))
        sound = made[-1] if not made[-1].height else None
        top = [one for one in made if one.height][-1]
        timed(
            "download, copied",
            lambda: transcode.download(top, sound, folder / "whole.mp4", duration=seconds),
        )
        timed("storyboard", lambda: storyboard.storyboard(small.path, folder, duration=seconds))
    return report(film, seconds, rows, made)


def processor_seconds() -> float:
    """What the ffmpegs have cost so far, on all cores together: steadier than the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(film: Path, seconds: float, rows: list[tuple[str, float, float]], made: list) -> int:
    took = {name: spent for name, spent, _ in rows}
    first = took["loudness"] + took["first version"]
    whole = first + took["ladder, one pass"] + took["download, copied"]
    version = subprocess.run([ffmpeg.executable(), "-version"], capture_output=True, text=True)
    print(f"{film.name}: {seconds:.0f} s, {film.stat().st_size / 1e6:.0f} MB")
    print(f"{len(os.sched_getaffinity(0))} cores, preset {transcode.PRESET}, {version.stdout[:21]}")
    print(f"{'':24}{'seconds':>10}{'× length':>10}{'processor':>12}")
    for name, spent, cost in rows:
        print(f"{name:24}{spent:10.1f}{spent / seconds:10.2f}{cost:10.1f} s")
    for name, spent in (("= first to watch", first), ("= whole ladder", whole)):
        print(f"{name:24}{spent:10.1f}{spent / seconds:10.2f}")
    for one in made:
        print(f"{one.path.stem:24}{one.bytes / 1e6:8.1f} MB {one.bitrate / 1000:8.0f} kbit/s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest ffmpeg: {peak:.0f} MB of memory")
    met = first / seconds <= FIRST and whole / seconds <= WHOLE
    print(f"measures ({FIRST} and {WHOLE}): {'met' if met else 'not met'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
