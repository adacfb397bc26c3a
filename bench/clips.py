"""Measures the making of clips: wall time and memory for each shape, from the demonstration's film.

    python bench/clips.py [--seconds 30] [--side 1080] [--film FILM]

Each clip is made in a process of its own, as a worker would. Memory is the most that Python and
ffmpeg had at the same time (resident, sampled), in MB. Seconds of the processor count both, and say
what a busy machine's clock does not.
"""

import argparse
import multiprocessing
import resource
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from media_pipeline.steps import clip  # noqa: E402 - the path is set above
from media_pipeline.steps.clip_layout import SHAPES  # noqa: E402 - as above
from media_pipeline.steps.words import Cue  # noqa: E402 - as above

FILM = ROOT / "demo" / "films" / "before-you-remove-a-comment.mp4"
TITLE = "Before you remove a comment: three questions"
IMPRINT = "Promoted by A. Person on behalf of Membersnet, both at 1 Example Street, London SW1A 1AA"


def resident(pid: int) -> int:
    """The resident bytes of a process and of all below it; 0 for one that is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    own = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0")
    return int(own.split()[1]) * 1024 + sum(resident(int(child)) for child in children)


def make(film: Path, shape: str, seconds: float, side: int, results: multiprocessing.Queue) -> None:
    """Make one clip and say how long it took and how large it is."""
    cues = tuple(
        Cue(at, at + 3.8, ("We must have a record of what was said", "before anything comes down."))
        for at in range(0, int(seconds) + 10, 4)
    )
    begun = time.perf_counter()
    with TemporaryDirectory() as folder:
        wanted = clip.ClipRequest(2.0, 2.0 + seconds, shape, TITLE, IMPRINT, cues)
        target = Path(folder) / "clip.mp4"
        made = clip.make_clip(film, target, wanted, folder=Path(folder), short_side=side)
    took = time.perf_counter() - begun
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    busy = sum(sum(resource.getrusage(one)[:2]) for one in who)
    results.put((took, busy, made.width, made.height, made.bytes))


def measured(film: Path, shape: str, seconds: float, side: int) -> str:
    """One line of the table."""
    results: multiprocessing.Queue = multiprocessing.Queue()
    worker = multiprocessing.Process(target=make, args=(film, shape, seconds, side, results))
    worker.start()
    most, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            most[0] = max(most[0], resident(worker.pid or 0))

    watcher = threading.Thread(target=watch)
    watcher.start()
    worker.join()
    over.set()
    watcher.join()
    took, busy, width, height, size = results.get(timeout=10)
    return (
        f"{shape:>5}  {width} × {height}  {took:6.1f} s  {took / seconds:5.2f} × its length  "
        f"processor {busy:5.1f} s  "
        f"{most[0] / 1e6:5.0f} MB  file {size / 1e6:.1f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--side", type=int, default=clip.SHORT_SIDE, help="pixels, shorter side")
    parser.add_argument("--film", type=Path, default=FILM)
    wanted = parser.parse_args()
    print(f"{wanted.seconds:g} s of {wanted.film.name}, cores as they are now")
    for shape in SHAPES:
        print(measured(wanted.film, shape, wanted.seconds, wanted.side), flush=True)


if __name__ == "__main__":
    main()
