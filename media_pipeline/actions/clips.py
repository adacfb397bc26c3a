"""Has clips made of a film, and takes them away."""

import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline.actions.clip_selection import choose
from media_pipeline.actions.queue import enqueue
from media_pipeline.models import Clip, Film, Job
from media_pipeline.steps import clip_text
from party.models import Member

MOST_OPEN = 3  # clips a person may have in the making at once
MOST_A_DAY = 20  # clips a person may ask for within 24 hours
ASKED = "media_pipeline.clip"  # in the audit log, which also knows of clips deleted since
POSITION = 100  # of a clip's job: after every step of its film


def request_clip(
    film: Film,
    *,
    start: float,
    end: float,
    shape: str,
    title: str,
    imprint: str,
    by: Member,
    now: datetime.datetime,
) -> Clip:
    """Write down a clip that a person wants and put its making in the queue.

    `start` and `end` in seconds of the film; they move a little so that no word is cut. Raises
    Refused with a sentence, and keeps nothing, where the selection, the words or the clips they
    have already do not allow it.
    """
    if film.state != Film.State.READY:
        raise Refused(_("This film is not ready, so no clip can be made of it yet."))
    if shape not in Clip.Shape.values:
        raise Refused(_("Choose one of the three shapes."))
    clip = Clip(film=film, shape=shape, made_by=by, created_at=now)
    clip.title, clip.imprint = (" ".join(text.split()) for text in (title, imprint))
    refuse_by_words(clip.title, clip.imprint)
    chosen = choose(film, start, end)
    clip.start, clip.end = chosen.start, chosen.end
    with transaction.atomic():
        _refuse_by_number(by, now)
        clip.save()
        job = Job(film=film, clip=clip, step=Job.Step.CLIP, position=POSITION, created_at=now)
        job.save()
        log(film, ASKED, user=by, data=_facts(clip), timestamp=now)
        enqueue(job)
    return clip


def delete_clip(clip: Clip, *, by: Member | None) -> None:
    """Delete a clip, its job and, once that is committed, its file. A worker making it stops.

    `by` is None where nobody asked but its time was over.
    """
    with transaction.atomic():
        Job.objects.select_for_update(of=("self",)).filter(clip=clip).first()
        log(clip.film, "media_pipeline.delete_clip", user=by, data=_facts(clip))
        transaction.on_commit(partial(default_storage.delete, clip.stored_name))
        clip.delete()


def forget_old_clips(now: datetime.datetime) -> int:
    """Delete the clips that have been kept long enough; returns how many."""
    moment = now - datetime.timedelta(days=settings.MEDIA_CLIP_DAYS)
    old = list(Clip.objects.made_before(moment).select_related("film"))
    for clip in old:
        delete_clip(clip, by=None)
    return len(old)


def refuse_by_words(title: str, imprint: str) -> None:
    """Raise Refused where title or imprint is missing or has signs that cannot be drawn."""
    if not clip_text.drawn(title):
        raise Refused(_("Enter a title: it is shown at the start of the clip."))
    if not clip_text.drawn(imprint):
        raise Refused(_("Enter the imprint: the name and address of the promoter."))
    lacking = clip_text.undrawn(f"{title} {imprint}")
    if lacking:
        raise Refused(
            _("Clips cannot show %(signs)s. Remove it or use words instead.")
            % {"signs": " ".join(lacking)}
        )


def _refuse_by_number(by: Member, now: datetime.datetime) -> None:
    """Count a person's clips; their row is locked, so that two requests at once do not slip by."""
    get_user_model().objects.select_for_update().get(pk=by.pk)
    own = Clip.objects.filter(made_by=by)
    if own.open().count() >= MOST_OPEN:
        raise Refused(
            _(
                "%(count)s of your clips are still being made. Wait until one of them is ready, "
                "then ask again. Nothing of this one was kept but what you see here."
            )
            % {"count": MOST_OPEN}
        )
    asked = ModelLogEntry.objects.filter(action=ASKED, user=by)
    if asked.filter(timestamp__gt=now - datetime.timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(
            _("You have asked for %(count)s clips within a day, which is the most. Go on tomorrow.")
            % {"count": MOST_A_DAY}
        )


def _facts(clip: Clip) -> dict[str, Any]:
    fields = ("title", "shape", "start", "end", "imprint")
    return {"clip": clip.uuid.hex, **{name: getattr(clip, name) for name in fields}}
