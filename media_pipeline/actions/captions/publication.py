"""What viewers get: a version is shown, and somebody puts their name to it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from media_pipeline import listeners
from media_pipeline.actions.captions.drafts import DraftChangedError
from media_pipeline.actions.captions.versions import (
    as_it_is_now,
    audit_data,
    cues_of,
    hold,
    lineage,
    make_current,
)
from media_pipeline.models import CaptionTrack
from media_pipeline.steps.drafts import refuse_unpublishable
from party.models import Member


class MovedOnError(Refused):
    """Somebody else has published since this draft was begun. `current` is what viewers get."""

    def __init__(self, sentence: str, current: CaptionTrack) -> None:
        super().__init__(sentence)
        self.current = current


def publish(
    track: CaptionTrack, *, by: Member, now: datetime.datetime, revision: int | None = None
) -> CaptionTrack:
    """Show a version to viewers: a draft, or one that was shown before. Returns it.

    `revision` is the one the person has seen, where they were editing. Raises DraftChangedError if
    it has moved on, MovedOnError if a draft would take the place of another person's words that
    it does not know of, Refused if it has no words, empty cues or overlaps. Nothing changes then.
    """
    with transaction.atomic():
        return _publish(_held(track), by=by, now=now, revision=revision)


def review(
    track: CaptionTrack, *, by: Member, now: datetime.datetime, revision: int | None = None
) -> CaptionTrack:
    """Put a person's name to captions as reviewed: those shown, or a draft, which is published.

    Raises as `publish` does, and Refused for an old version.
    """
    with transaction.atomic():
        fresh = _held(track)
        if fresh.is_draft:
            fresh = _publish(fresh, by=by, now=now, revision=revision)
        if not fresh.is_current:
            raise Refused(
                _("This version is not the one shown, so it was not marked. Show it first.")
            )
        old = fresh.kind
        fresh.kind = CaptionTrack.Kind.REVIEWED
        fresh.reviewed_by, fresh.reviewed_at = by, now
        fresh.reviewer_name = by.get_full_name() or str(by)
        fresh.save(update_fields=["kind", "reviewed_by", "reviewed_at", "reviewer_name"])
        data = {**audit_data(fresh), "old": old, "new": fresh.kind, "reviewer": fresh.reviewer_name}
        log(fresh.film, "media_pipeline.review_captions", user=by, data=data)
        listeners.announce(fresh.film)
    return fresh


def _publish(
    track: CaptionTrack, *, by: Member, now: datetime.datetime, revision: int | None
) -> CaptionTrack:
    if track.is_current:
        return track
    if revision is not None and revision != track.revision:
        sentence = _("This draft was changed in another window. Load the page again, then publish.")
        raise DraftChangedError(sentence, track)
    if track.is_draft:
        _refuse_another_s(track, by=by)
        _refuse_to_overrun(track)
    refuse_unpublishable(cues_of(track, words=False), duration=track.film.duration)
    before = make_current(track)
    track.updated_at = now
    track.save(update_fields=["is_current", "stage", "updated_at"])
    data = {**audit_data(track), "old": before.version if before else None, "new": track.version}
    log(track.film, "media_pipeline.publish_captions", user=by, data=data)
    listeners.announce(track.film)
    return track


def _held(track: CaptionTrack) -> CaptionTrack:
    """The version as it is now, with the film's row held; Refused where it is gone."""
    hold(track.film)
    return as_it_is_now(track, CaptionTrack.objects.composed())


def _refuse_another_s(draft: CaptionTrack, *, by: Member) -> None:
    if draft.is_of_a_person and draft.made_by_id not in {None, by.pk}:
        raise Refused(
            _(
                "This draft is somebody else’s, who may not have finished it. Nothing was "
                "published. Edit from it, then publish yours."
            )
        )


def _refuse_to_overrun(draft: CaptionTrack) -> None:
    shown = draft.film.tracks.current().filter(language=draft.language).light()
    current = shown.select_related("made_by").first()
    if current is None or not current.is_of_a_person or current.pk in lineage(draft):
        return
    if not draft.is_of_a_person:  # a re-run's draft: whoever publishes it has chosen it knowingly
        return
    sentence = _(
        "%(person)s published version %(version)s after this draft was begun. Nothing was "
        "published, and your draft is kept. Compare the two, then publish what you chose."
    ) % {"person": current.made_by or _("Somebody"), "version": current.version}
    raise MovedOnError(sentence, current)
