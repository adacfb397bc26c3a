"""Composes captions of the words heard, and keeps both as versions of the film's track."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_pipeline.actions.performing.outcome import Outcome, Progress
from media_pipeline.models import CaptionTrack, Cue, Job, Recording
from media_pipeline.steps import captions
from media_pipeline.steps.words import Word


def keep_words(draft: CaptionTrack, recording: Recording) -> None:
    """Keep the words as a track without cues, in place of an earlier draft; no words, no track."""
    _forget_words(recording)
    if not draft.words:
        return
    latest = recording.tracks.filter(language=recording.language).aggregate(at=Max("version"))
    draft.recording, draft.language = recording, recording.language
    draft.stage = CaptionTrack.Stage.WORDS
    draft.version = (latest["at"] or 0) + 1
    draft.created_at = timezone.now()
    draft.save()


def _forget_words(recording: Recording) -> None:
    recording.tracks.filter(stage=CaptionTrack.Stage.WORDS).delete()


def compose(job: Job, folder: Path, progress: Progress) -> Outcome:
    recording = job.recording
    draft = recording.tracks.filter(stage=CaptionTrack.Stage.WORDS).first()
    composed = captions.compose_cues([Word(**word) for word in draft.words]) if draft else []
    if draft is None or not composed:
        nothing = _("No speech was found, so the film has no captions.")
        return Outcome(nothing, _forget_words)
    reason = ngettext("%(count)s caption.", "%(count)s captions.", len(composed))
    return Outcome(reason % {"count": len(composed)}, partial(_keep_cues, draft, composed))


def _keep_cues(draft: CaptionTrack, composed: Iterable[captions.Cue], recording: Recording) -> None:
    Cue.objects.bulk_create(
        Cue(
            track=draft,
            position=position,
            start=cue.start,
            end=cue.end,
            text=cue.text,
            words=as_json(cue.words),
        )
        for position, cue in enumerate(composed, start=1)
    )
    recording.tracks.current().filter(language=draft.language).update(is_current=False)
    draft.is_current, draft.stage = True, CaptionTrack.Stage.PUBLISHED
    draft.save(update_fields=["is_current", "stage"])


def as_json(words: Iterable[Word]) -> list[dict[str, str | float]]:
    return [
        {**asdict(word), "start": round(word.start, 3), "end": round(word.end, 3)} for word in words
    ]
