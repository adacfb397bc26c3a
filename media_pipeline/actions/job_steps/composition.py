"""Composes captions of the words heard, and keeps both as versions of the film's track.

A re-run's captions take the place of an engine's, never of a person's: there they stay a draft,
to be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_pipeline.actions.captions.versions import (
    cues_of,
    keep_cues,
    make_current,
    names_of,
    next_version,
)
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.models import CaptionTrack, Film, Job
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.ffmpeg import Progress
from media_pipeline.steps.words import Cue, Word


@dataclass(frozen=True)
class _Heard:
    """The words to compose of; `composed_before` where they are those of a version with cues."""

    track: CaptionTrack
    composed_before: bool


def keep_words(draft: CaptionTrack, film: Film) -> None:
    """Keep the words as a track without cues, in place of an earlier draft; no words, no track."""
    _forget_words(film)
    if not draft.words:
        return
    draft.film, draft.language = film, film.language
    draft.stage = CaptionTrack.Stage.WORDS
    draft.version = next_version(film, film.language)
    draft.created_at = draft.updated_at = timezone.now()
    draft.save()


def _forget_words(film: Film) -> None:
    film.tracks.filter(stage=CaptionTrack.Stage.WORDS).delete()


def compose(job: Job, folder: Path, progress: Progress) -> Outcome:
    film = job.film
    shown = film.tracks.current().filter(language=film.language).light().first()
    heard = _words_of(film)
    words = [Word(**word) for word in heard.track.words] if heard else []
    composed = compose_cues(words, names=names_of(film))
    if heard is None or not composed:
        return Outcome(_nothing_heard(shown), _forget_words)
    count = ngettext("%(count)s caption.", "%(count)s captions.", len(composed))
    sentences = [count % {"count": len(composed)}]
    if heard.composed_before and _same(composed, cues_of(heard.track)):
        return Outcome(" ".join([*sentences, _("They are the same as before.")]))
    if shown and shown.is_of_a_person:
        sentences.append(
            _(
                "A person has worked on the captions shown, so those stay, and the new ones wait "
                "as a draft to be compared."
            )
        )
    return Outcome(" ".join(sentences), partial(_keep_composed, heard, composed))


def _words_of(film: Film) -> _Heard | None:
    """The words of the last recognition or alignment, also where they have been composed before.

    None where it heard nothing: a track made before it began has an earlier one's words.
    """
    tracks = film.tracks.filter(language=film.language)
    waiting = tracks.filter(stage=CaptionTrack.Stage.WORDS).first()
    if waiting:
        return _Heard(waiting, composed_before=False)
    job = film.jobs.speech().order_by("-position").first()
    latest = tracks.exclude(words=[]).order_by("-version").first()
    if latest is None or (job and job.started_at and latest.created_at < job.started_at):
        return None
    return _Heard(latest, composed_before=True)


def _keep_composed(heard: _Heard, composed: Sequence[Cue], film: Film) -> None:
    track = heard.track
    if heard.composed_before:
        track.pk, track._state.adding = None, True
        track.version = next_version(film, track.language)
        track.is_current, track.based_on, track.revision = False, None, 0
        track.reviewed_by, track.reviewer_name, track.reviewed_at = None, "", None
        track.kind = CaptionTrack.Kind.ALIGNED if film.script else CaptionTrack.Kind.AUTOMATIC
        track.updated_at = timezone.now()
        track.save()
    keep_cues(track, composed)
    shown = film.tracks.current().filter(language=track.language).light().first()
    if shown and shown.is_of_a_person:
        track.stage = CaptionTrack.Stage.DRAFT
    else:
        make_current(track)
    track.save(update_fields=["is_current", "stage", "score"])


def _nothing_heard(shown: CaptionTrack | None) -> str:
    if shown is None:
        return _("No speech was found, so the film has no captions.")
    return _("No speech was found this time. The captions shown were left as they are.")


def _same(composed: Sequence[Cue], before: Sequence[Cue]) -> bool:
    """Whether viewers would see no difference."""
    shown = [(cue.start, cue.end, cue.text) for cue in composed]
    return shown == [(cue.start, cue.end, cue.text) for cue in before]
