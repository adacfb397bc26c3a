"""Looks at the uploaded file and decides whether it is a film this site can use."""

import hashlib
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ground.refusals import Refused
from media_pipeline.actions.files import original_of
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.actions.resumable_uploads import settle_original
from media_pipeline.models import Film, Job
from media_pipeline.steps.clock import spoken_time
from media_pipeline.steps.ffmpeg import Progress, part
from media_pipeline.steps.probe.limits import Limits
from media_pipeline.steps.probe.media_info import MediaInfo
from media_pipeline.steps.probe.sandboxed import probe_in_sandbox

PIECE = 4 * 1024**2  # bytes read at a time for the checksum
PROBED = 0.5  # of the step's progress: looking, then reading the file through


def look(job: Job, folder: Path, progress: Progress) -> Outcome:
    """Find the film's facts in a process apart, then its checksum; keep both."""
    film = job.film
    settle_original(film)
    source = original_of(film, folder)
    found = probe_in_sandbox(source, limits(), alive=lambda: progress(0.0))
    sha256 = _checksum(source, part(progress, PROBED, 1.0))
    _refuse_another_file(film, sha256)
    reason = _("%(time)s long, %(width)s × %(height)s pixels, with sound.") % {
        "time": spoken_time(found.duration),
        "width": found.width,
        "height": found.height,
    }
    return Outcome(" ".join([reason, *found.notes]), partial(_keep, found, sha256))


def limits() -> Limits:
    """What this site takes, by its settings."""
    return Limits(
        bytes=settings.MEDIA_MAX_BYTES,
        seconds=settings.MEDIA_MAX_SECONDS,
        longest_side=settings.MEDIA_MAX_SIDE,
        streams=settings.MEDIA_MAX_STREAMS,
        frames=settings.MEDIA_MAX_FRAMES,
        frame_rate=settings.MEDIA_MAX_FRAME_RATE,
        attached_bytes=settings.MEDIA_MAX_ATTACHED,
    )


def _keep(found: MediaInfo, sha256: str, film: Film) -> None:
    film.duration = found.duration
    film.width, film.height = found.width, found.height
    film.sha256 = sha256
    film.media_info = {**film.media_info, "file": asdict(found)}
    film.save(update_fields=["duration", "width", "height", "sha256", "media_info"])


def _checksum(source: Path, progress: Progress) -> str:
    """The SHA-256 of the whole file, which no request could wait for."""
    digest = hashlib.sha256()
    size, done, reported = source.stat().st_size, 0, time.monotonic()
    with source.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            done += len(piece)
            if time.monotonic() - reported > 0.5:
                reported = time.monotonic()
                progress(done / size)
    return digest.hexdigest()


def _refuse_another_file(film: Film, sha256: str) -> None:
    """Compare with what the sender announced, or what was stored when it came."""
    if film.sha256 and film.sha256 != sha256:
        raise Refused(
            _(
                "The file was damaged on its way: its checksum is not the one it was sent with. "
                "Upload the film again."
            )
        )
