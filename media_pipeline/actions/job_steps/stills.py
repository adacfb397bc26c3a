"""Takes the still pictures of a film: those to choose a poster from, and those for seeking."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_pipeline.actions.files import (
    original_of,
    put_in_place,
    remove_files_on_commit,
    send_ahead,
    smallest_copy,
)
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.models import Film, Job, Still
from media_pipeline.steps.ffmpeg import Progress
from media_pipeline.steps.poster import Candidate, candidates
from media_pipeline.steps.storyboard import storyboard

POSTER_WIDTH = 640  # pixels: a page with a film weighs at most 100 KB, its poster included
CHOSEN = "poster_second"  # among the film's facts: what a person chose outlives a repetition


def make_poster(job: Job, folder: Path, progress: Progress) -> Outcome:
    film = job.film
    made = candidates(
        original_of(film, folder),
        folder,
        duration=film.duration,
        width=POSTER_WIDTH,
        also_at=film.media_info.get(CHOSEN),
    )
    for one in made:
        send_ahead(one.path, f"{film.folder}/{one.path.name}")
    count = ngettext("%(count)s still picture", "%(count)s still pictures", len(made))
    reason = _("%(pictures)s to choose from; the sharpest is used.") % {
        "pictures": count % {"count": len(made)}
    }
    return Outcome(reason, partial(_keep_stills, made))


def _keep_stills(made: Sequence[Candidate], film: Film) -> None:
    older = {still.file.name for still in film.stills.all() if still.file.name}
    film.stills.all().delete()
    stills = [
        Still.objects.create(
            film=film,
            position=position,
            second=one.second,
            file=put_in_place(one.path, f"{film.folder}/{one.path.name}"),
            is_poster=one.best,
        )
        for position, one in enumerate(made, start=1)
    ]
    remove_files_on_commit(older - {still.file.name for still in stills})
    film.poster = next(still.file.name for still in stills if still.is_poster)
    film.save(update_fields=["poster"])


def make_storyboard(job: Job, folder: Path, progress: Progress) -> Outcome:
    film = job.film
    made = storyboard(
        smallest_copy(film, folder) or original_of(film, folder),
        folder,
        duration=film.duration or settings.MEDIA_MAX_SECONDS,
        progress=progress,
    )
    for path in (made.sheet, made.times):
        send_ahead(path, f"{film.folder}/{path.name}")

    def keep(film: Film) -> None:
        film.storyboard = put_in_place(made.sheet, f"{film.folder}/{made.sheet.name}")
        film.storyboard_map = put_in_place(made.times, f"{film.folder}/{made.times.name}")
        film.save(update_fields=["storyboard", "storyboard_map"])

    pictures = ngettext("%(count)s small picture.", "%(count)s small pictures.", made.count)
    return Outcome(pictures % {"count": made.count}, keep)
