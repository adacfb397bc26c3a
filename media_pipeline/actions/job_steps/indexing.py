"""Hands the finished film over to those who watch and those who search."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from media_pipeline import listeners
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.models import Film, Job
from media_pipeline.steps.ffmpeg import Progress


def index_film(job: Job, folder: Path, progress: Progress) -> Outcome:
    def keep(film: Film) -> None:
        film.state = Film.State.READY
        film.ready_at = film.ready_at or timezone.now()
        film.save(update_fields=["state", "ready_at"])
        listeners.announce(film)

    return Outcome(_("Ready to watch, and handed over to search."), keep)
