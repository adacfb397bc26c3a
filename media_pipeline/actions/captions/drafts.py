"""Drafts: begun, saved while somebody writes, put away."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from media_pipeline.actions.captions.versions import (
    as_it_is_now,
    audit_data,
    cues_of,
    keep_cues,
    next_version,
)
from media_pipeline.models import CaptionTrack, Film
from media_pipeline.steps.drafts import validated
from media_pipeline.steps.words import Cue
from party.models import Member

SITTING = datetime.timedelta(minutes=10)  # changes closer together are one entry in the audit log


class DraftChangedError(Refused):
    """The draft was changed elsewhere since: saving would lose that. `track` is how it is now."""

    def __init__(self, sentence: str, track: CaptionTrack) -> None:
        super().__init__(sentence)
        self.track = track


def begin_editing(track: CaptionTrack, *, by: Member) -> CaptionTrack:
    """Give the person a draft that begins as a copy of `track`, or the draft they have open.

    The film's row is held meanwhile, so that a double click begins one draft only.
    """
    with transaction.atomic():
        version = next_version(track.film, track.language)
        opened = _opened(track.film, track.language, by=by)
        return opened or new_draft(track, cues_of(track), by=by, version=version)


def write_from_nothing(film: Film, *, by: Member) -> CaptionTrack:
    """Give the person an empty draft for a film in which no speech was found, or their open one."""
    with transaction.atomic():
        version = next_version(film, film.language)
        draft = CaptionTrack(film=film, language=film.language, version=version)
        return _opened(film, film.language, by=by) or _kept_draft(draft, [], by=by)


def save_draft(
    track: CaptionTrack, cues: Sequence[Cue], *, revision: int, by: Member, now: datetime.datetime
) -> CaptionTrack:
    """Keep what a person wrote in their draft and return it with its new revision and score.

    `revision` is the one their copy began from. Raises DraftChangedError where the draft has moved
    on since, and Refused for cues that no track can hold; both leave the draft as it was. What is
    kept already is no change: a page that was left while it saved may send the same again.
    """
    with transaction.atomic():
        draft = _own_draft(track, by=by)
        wanted = validated(cues)
        if draft.revision != revision:
            if wanted == cues_of(draft):
                return draft
            raise DraftChangedError(_changed_elsewhere(draft), draft)
        before = draft.updated_at
        keep_cues(draft, wanted)
        draft.revision += 1
        draft.updated_at = now
        draft.save(update_fields=["revision", "updated_at", "score"])
        if revision == 0 or now - before > SITTING:
            data = {**audit_data(draft), "old": revision, "new": draft.revision, "cues": len(cues)}
            log(draft.film, "media_pipeline.save_captions", user=by, data=data)
    return draft


def save_as_own_draft(track: CaptionTrack, cues: Sequence[Cue], *, by: Member) -> CaptionTrack:
    """Keep what a person wrote as a new draft beside theirs, which was changed elsewhere meanwhile.

    Nothing is lost on either side: the two can be compared. Raises Refused as `save_draft` does.
    """
    with transaction.atomic():
        version = next_version(track.film, track.language)
        kept = validated(cues)
        return new_draft(track.based_on or track, kept, by=by, version=version)


def discard_draft(track: CaptionTrack, *, by: Member) -> None:
    """Put a draft away for good: one's own, or one that a re-run made.

    Drafts that were based on it are based on what it was based on. Raises Refused for a version
    that is no draft any more, or somebody else's.
    """
    with transaction.atomic():
        draft = _locked(track)
        if not draft.is_draft:
            raise Refused(_("This version is no draft any more, so it is kept. Nothing changed."))
        if draft.is_of_a_person and draft.made_by_id != by.pk:
            raise Refused(_("This draft is somebody else’s, so it is kept. Nothing was changed."))
        log(draft.film, "media_pipeline.discard_captions", user=by, data=audit_data(draft))
        draft.successors.update(based_on=draft.based_on_id)
        draft.delete()


def new_draft(
    based_on: CaptionTrack, cues: Sequence[Cue], *, by: Member, version: int
) -> CaptionTrack:
    """Keep cues as a person's new draft; call it inside a transaction."""
    draft = CaptionTrack(
        film=based_on.film,
        language=based_on.language,
        version=version,
        based_on=based_on,
        engine=based_on.engine,
        engine_version=based_on.engine_version,
        reason=based_on.reason,
        corrections=based_on.corrections,
        warnings=based_on.warnings,
        detected_language=based_on.detected_language,
    )
    return _kept_draft(draft, cues, by=by)


def _kept_draft(draft: CaptionTrack, cues: Sequence[Cue], *, by: Member) -> CaptionTrack:
    draft.kind, draft.stage = CaptionTrack.Kind.EDITED, CaptionTrack.Stage.DRAFT
    draft.made_by = by
    draft.save()
    keep_cues(draft, cues)
    draft.save(update_fields=["score"])
    based = draft.based_on
    data = {**audit_data(draft), "based_on": based.version if based else None}
    log(draft.film, "media_pipeline.edit_captions", user=by, data=data)
    return draft


def _opened(film: Film, language: str, *, by: Member) -> CaptionTrack | None:
    return film.tracks.drafts_of(by).filter(language=language).first()


def _locked(track: CaptionTrack) -> CaptionTrack:
    """The version as it is now, its row held; Refused where it is gone."""
    return as_it_is_now(track, CaptionTrack.objects.select_for_update(of=("self",)))


def _own_draft(track: CaptionTrack, *, by: Member) -> CaptionTrack:
    draft = _locked(track)
    if not draft.is_draft or draft.kind != CaptionTrack.Kind.EDITED:
        raise DraftChangedError(
            _(
                "These captions have been published since, so they are no draft any more. Nothing "
                "was saved there. Keep what you wrote as a draft of its own."
            ),
            draft,
        )
    if draft.made_by_id != by.pk:
        raise Refused(_("This draft is somebody else’s. Nothing was saved. Begin one of your own."))
    return draft


def _changed_elsewhere(draft: CaptionTrack) -> str:
    at = date_format(timezone.localtime(draft.updated_at), "H:i")
    return _(
        "This draft was changed in another window at %(time)s. Nothing was saved over it, and "
        "what you wrote is still here. Keep it as a draft of its own, then compare the two."
    ) % {"time": at}
