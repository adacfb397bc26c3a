"""Runs the ffmpeg that the imageio-ffmpeg wheel carries, and reads its progress."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .refusals import StepFailed

Progress = Callable[[float], None]

# Containers that films, sound and nothing else come in. Playlists (hls, concat, sdp …) are left
# out on purpose: they can name other files and addresses, which the server would then open.
FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,ogg,flv,asf,mxf,dv,wtv,"
    "mp3,wav,w64,flac,aac,aiff,caf,amr,ac3,eac3"
)
CLOSING_WORDS = ("Error opening", "Conversion failed")
MOST_PIXELS = 8192 * 8192  # a picture that grows in mid-stream beyond what probe lets through
INPUT_GUARDS = (
    *("-protocol_whitelist", "file", "-format_whitelist", FORMATS),
    *("-max_pixels", str(MOST_PIXELS)),
)


def executable() -> str:
    """The path of the bundled ffmpeg. Raises StepFailed where the wheel carries none."""
    import imageio_ffmpeg

    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise StepFailed("The bundled ffmpeg is missing; run “make install” again.") from error


def thread_count(most: int = 4) -> int:
    """How many threads one ffmpeg may use: the machine's cores, bounded by ``most``."""
    return max(1, min(most, os.cpu_count() or 1))


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
) -> None:
    """Run ffmpeg with ``arguments`` to its end.

    ``duration`` (seconds of output expected) turns ffmpeg's own report into 0..1 for ``progress``.
    If ``progress`` raises (a cancelled job), ffmpeg is stopped and the exception goes on.
    Raises StepFailed with the last useful line of ffmpeg's error output.
    """
    command = [executable(), "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-y"]
    command += ["-progress", "pipe:1", *arguments]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own ffmpeg, arguments as a list, no shell
            command, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            for line in process.stdout or ():
                _report(line, duration, progress)
            process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
        if process.returncode != 0:
            errors.seek(0)
            raise StepFailed(f"ffmpeg stopped: {_last_useful_line(errors.read())}")
    if progress:
        progress(1.0)


def _report(line: str, duration: float | None, progress: Progress | None) -> None:
    key, _, value = line.strip().partition("=")
    if progress and duration and key == "out_time_us" and value.lstrip("-").isdigit():
        progress(min(0.999, max(0.0, int(value) / 1_000_000 / duration)))


def _last_useful_line(stderr: bytes) -> str:
    """The last line that says why; ffmpeg's closing lines only say that something failed."""
    text = stderr.decode(errors="replace")
    lines = [re.sub(r"^\[[^]]*\] ", "", line.strip()) for line in text.splitlines()]
    reasons = [line for line in lines if line and not line.startswith(CLOSING_WORDS)]
    return (reasons or lines[:1] or ["it gave no reason"])[-1]
