"""Takes the still pictures of a film."""

from pathlib import Path

from django.utils.translation import gettext as _

from media_pipeline.actions.files import original_of, put_in_place
from media_pipeline.actions.performing.outcome import Outcome, Progress
from media_pipeline.models import Job, Recording
from media_pipeline.steps.poster import poster

POSTER_WIDTH = 640  # pixels: a page with a film weighs at most 100 KB, its poster included


def make_poster(job: Job, folder: Path, progress: Progress) -> Outcome:
    recording = job.recording
    made = poster(original_of(recording), folder / "poster.jpg", width=POSTER_WIDTH)

    def keep(recording: Recording) -> None:
        recording.poster = put_in_place(made, f"{recording.folder}/poster.jpg")
        recording.save(update_fields=["poster"])

    return Outcome(_("A still picture was taken from the film."), keep)
