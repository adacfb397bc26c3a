"""Chooses the picture that stands for a film."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from media_pipeline.actions.files import (
    is_here,
    original_of,
    put_in_place,
    remove_files_on_commit,
    send_ahead,
    smallest_copy,
)
from media_pipeline.actions.job_steps.stills import CHOSEN, POSTER_WIDTH
from media_pipeline.models import Film, Still
from media_pipeline.steps.clock import spoken_time
from media_pipeline.steps.poster import poster
from party.models import Member

SAME = 0.05  # seconds: nearer than this, the still that is there is the one meant
MOST_STILLS = 12  # a film; a further one takes the place of the latest that is not chosen


def choose_poster(
    film: Film, *, still: Still | None = None, second: float | None = None, by: Member
) -> Still:
    """Make a still the film's poster, or the picture at a `second`; returns the still.

    What a person chose outlives a repetition of the step that takes the stills. Raises Refused,
    and changes nothing, where the second is outside the film or gives no picture.
    """
    if still is None:
        if second is None or not 0 <= second <= (film.duration or 0.0):
            raise Refused(
                _("The film is %(time)s long. Name a second inside it; nothing was changed.")
                % {"time": spoken_time(film.duration or 0.0)}
            )
        near = film.stills.filter(second__range=(second - SAME, second + SAME))
        still = near.first() or _taken(film, second)
    with transaction.atomic():
        return _choose(film, still, by=by)


def _choose(film: Film, still: Still, *, by: Member) -> Still:
    film = Film.objects.select_for_update(of=("self",)).get(pk=film.pk)
    old = film.stills.filter(is_poster=True).first()
    film.stills.exclude(pk=still.pk).update(is_poster=False)
    if still.pk is None:
        _make_room(film)
    still.is_poster = True
    still.save()
    film.poster = still.file.name
    film.media_info = {**film.media_info, CHOSEN: still.second}
    film.save(update_fields=["poster", "media_info"])
    log(
        film,
        "media_pipeline.choose_poster",
        user=by,
        data={"old": old and old.second, "new": still.second},
    )
    return still


def _taken(film: Film, second: float) -> Still:
    """A new still, not yet saved, its picture already in place under a name of its own."""
    latest = film.stills.aggregate(at=Max("position"))["at"] or 0
    root = Path(settings.MEDIA_WORK_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        source = _readable(film, Path(folder))
        made = poster(source, Path(folder) / "still.webp", at=second, width=POSTER_WIDTH)
        name = f"{film.folder}/still-at-{round(second * 1000)}.webp"
        send_ahead(made, name)
        put_in_place(made, name)
    return Still(film=film, position=latest + 1, second=second, file=name)


def _make_room(film: Film) -> None:
    spare = film.stills.filter(is_poster=False).order_by("-position")
    if film.stills.count() >= MOST_STILLS and (gone := spare.first()):
        remove_files_on_commit([gone.file.name or ""])
        gone.delete()


def _readable(film: Film, folder: Path) -> Path:
    """The film itself where it lies on this machine; from a bucket only a small version."""
    if film.original and is_here(film.original.name or ""):
        return original_of(film, folder)
    small = smallest_copy(film, folder)
    if small is None:
        raise Refused(_("The film is not ready yet. Choose its picture when it is."))
    return small
