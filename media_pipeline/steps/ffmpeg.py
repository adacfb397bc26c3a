"""Runs the ffmpeg that the imageio-ffmpeg wheel carries, and reads its progress."""

import ctypes
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ground.sandbox import bare_environment

from .failures import StepFailed

Progress = Callable[[float], None]

# Containers that films, sound and nothing else come in. Playlists (hls, concat, sdp …) are left
# out on purpose: they can name other files and addresses, which the server would then open.
FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,ogg,flv,asf,mxf,dv,wtv,"
    "mp3,wav,w64,flac,aac,aiff,caf,amr,ac3,eac3"
)
CLOSING_WORDS = ("Error opening", "Conversion failed")
KEPT_FREE = 200 * 1024**2  # bytes that a step leaves to everybody else on the disk
MOST_PIXELS = 8192 * 8192  # a picture that grows in mid-stream beyond what probe lets through
STALL_SECONDS = 180.0  # without headway; moving a large file's index to its front takes a minute
LIMIT_FLOOR, LIMIT_TIMES = 900.0, 20.0  # seconds by the clock, and times the film's length on top
TICK = 0.5  # seconds between two looks at a silent ffmpeg
SIGNS = ("frame", "out_time_us", "total_size")  # figures of the report that grow while it works
MOST_ERRORS = 64 * 1024  # bytes of ffmpeg's errors that are read: the end says why
PR_SET_PDEATHSIG = 1  # prctl(2)
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
INPUT_GUARDS = (
    *("-protocol_whitelist", "file", "-format_whitelist", FORMATS),
    *("-max_pixels", str(MOST_PIXELS)),
)


def part(progress: Progress | None, begin: float, end: float) -> Progress:
    """Report a part of the work, from 0 to 1, as that stretch of the whole."""
    return lambda done: progress(begin + (end - begin) * done) if progress else None


def executable() -> str:
    """The path of the bundled ffmpeg. Raises StepFailed where the wheel carries none."""
    import imageio_ffmpeg

    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise StepFailed("The bundled ffmpeg is missing; run “make install” again.") from error


def thread_count() -> int:
    """How many threads one ffmpeg may use: the machine's cores, four at the most."""
    return min(4, os.cpu_count() or 1)


def refuse_without_room(folder: Path, bytes_needed: int) -> None:
    """Raise StepFailed where the disk of ``folder`` has less free than ``bytes_needed``."""
    free = shutil.disk_usage(folder).free
    if free < bytes_needed + KEPT_FREE:
        raise StepFailed(
            f"The disk that films are prepared on is too full: this step needs about "
            f"{(bytes_needed + KEPT_FREE) / 1e9:.1f} GB and {free / 1e9:.1f} GB are free. Nothing "
            f"was changed. Make room, then run the step again."
        )


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target``; move it there on success, remove it otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def run(
    arguments: list[str],
    *,
    duration: float | None = None,
    progress: Progress | None = None,
    limit: float | None = None,
    stall: float = STALL_SECONDS,
) -> str:
    """Run ffmpeg with ``arguments`` to its end; returns the end of what it wrote on its errors.

    ``duration`` (seconds of output expected) turns ffmpeg's own report into 0..1 for ``progress``,
    and bounds the time it may take, unless ``limit`` (seconds by the clock) says otherwise. Without
    any headway for ``stall`` seconds it is stopped as well. If ``progress`` raises (a cancelled
    job), ffmpeg is stopped and the exception goes on; if this process dies, ffmpeg dies with it.
    Raises StepFailed with the last useful line of ffmpeg's errors, or with why it was stopped.
    """
    command = [executable(), "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y"]
    command += ["-progress", "pipe:1", *arguments]
    limit = limit or LIMIT_FLOOR + LIMIT_TIMES * (duration or 3600.0)
    with tempfile.TemporaryFile() as errors:
        with _child(command, errors) as process:
            _follow(process, Headway(duration, progress, limit, stall))
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - MOST_ERRORS))
        error_output = errors.read()
    if process.returncode != 0:
        raise StepFailed(f"ffmpeg stopped: {_last_useful_line(error_output)}")
    if progress:
        progress(1.0)
    return error_output.decode(errors="replace")


@contextmanager
def _child(command: list[str], errors: IO[bytes]) -> "Iterator[subprocess.Popen[bytes]]":
    """A child in a process group of its own that does not outlive this process, nor this block."""
    process = subprocess.Popen(  # noqa: S603 - our own ffmpeg, arguments as a list, no shell
        command,
        env=bare_environment(),
        stdout=subprocess.PIPE,
        stderr=errors,
        process_group=0,
        preexec_fn=_die_with(os.getpid()),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout:
            process.stdout.close()


def _die_with(parent: int) -> Callable[[], None] | None:
    """What the child does before it becomes ffmpeg: ask Linux to kill it when its parent dies."""
    if _LIBC is None:
        return None

    def ask() -> None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the request
            os._exit(1)

    return ask


@dataclass
class Headway:
    """How far ffmpeg has come, and whether it is still getting on. Times in seconds."""

    duration: float | None
    progress: Progress | None
    limit: float
    stall: float
    fraction: float = 0.0
    seen: dict[str, str] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)
    moved: float = field(default_factory=time.monotonic)

    def read(self, line: str) -> None:
        """Note one “name=value” of ffmpeg's report; a figure that changes is a sign of headway."""
        key, _, value = line.strip().partition("=")
        if key in SIGNS and self.seen.get(key) != value:
            self.seen[key], self.moved = value, time.monotonic()
        if self.duration and key == "out_time_us" and value.lstrip("-").isdigit():
            part = int(value) / 1_000_000 / self.duration
            self.fraction = max(self.fraction, min(0.999, part))

    def report(self) -> None:
        """Pass the fraction on, so that a cancelled job is noticed even while nothing moves."""
        if self.progress:
            self.progress(self.fraction)
        now = time.monotonic()
        if now - self.moved > self.stall:
            raise StepFailed(
                f"ffmpeg got no further for {now - self.moved:.0f} seconds and was stopped. The "
                "film is kept. Run the step again; if it stops again, export the film anew."
            )
        if now - self.begun > self.limit:
            raise StepFailed(
                f"ffmpeg was still at work after {now - self.begun:.0f} seconds, which is more "
                "than a film of this length may take, and was stopped. The film is kept."
            )


def _follow(process: "subprocess.Popen[bytes]", headway: Headway) -> None:
    """Read ffmpeg's report until it ends."""
    assert process.stdout is not None  # noqa: S101 - it was opened with a pipe
    rest = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while True:
            if waiting.select(timeout=TICK):
                piece = os.read(process.stdout.fileno(), 64 * 1024)
                if not piece:
                    break
                *lines, rest = (rest + piece).split(b"\n")
                for line in lines:
                    headway.read(line.decode(errors="replace"))
            headway.report()
    while process.poll() is None:
        headway.report()
        time.sleep(TICK / 10)


def _last_useful_line(stderr: bytes) -> str:
    """The last line that says why; ffmpeg's closing lines only say that something failed."""
    text = stderr.decode(errors="replace")
    lines = [re.sub(r"^\[[^]]*\] ", "", line.strip()) for line in text.splitlines()]
    reasons = [line for line in lines if line and not line.startswith(CLOSING_WORDS)]
    return (reasons or lines[:1] or ["it gave no reason"])[-1]
