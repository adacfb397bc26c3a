"""Looks at the uploaded file and decides whether it is a film this site can use."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from media_pipeline.actions.files import original_of
from media_pipeline.actions.performing.outcome import Outcome, Progress
from media_pipeline.models import Job, Recording
from media_pipeline.models.playing import spoken_time
from media_pipeline.steps import probe


def look(job: Job, folder: Path, progress: Progress) -> Outcome:
    recording = job.recording
    found = probe.probe(original_of(recording), limits())

    def keep(recording: Recording) -> None:
        recording.duration = found.duration
        recording.width, recording.height = found.width, found.height
        recording.save(update_fields=["duration", "width", "height"])

    reason = _("%(time)s long, %(width)s × %(height)s pixels, with sound.") % {
        "time": spoken_time(found.duration),
        "width": found.width,
        "height": found.height,
    }
    return Outcome(reason, keep)


def limits() -> probe.Limits:
    return probe.Limits(bytes=settings.MEDIA_MAX_BYTES, seconds=settings.MEDIA_MAX_SECONDS)
