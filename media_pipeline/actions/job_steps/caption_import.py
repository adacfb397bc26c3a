"""Takes over the captions that the author gave with the film."""

from functools import partial
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from media_pipeline.actions.captions.versions import (
    cues_of,
    keep_cues,
    make_current,
    next_version,
)
from media_pipeline.actions.job_steps.outcome import Outcome
from media_pipeline.models import CaptionTrack, Film, Job
from media_pipeline.steps.clock import spoken_time
from media_pipeline.steps.ffmpeg import Progress
from media_pipeline.steps.formats.vtt import parse_vtt
from media_pipeline.steps.words import Cue

WHY = gettext_lazy("Taken over from the caption file the author gave.")
OVERLAP = 0.5  # seconds by which captions of a film of this length may outlast it


def import_captions(job: Job, folder: Path, progress: Progress) -> Outcome:
    """Make the author's captions a version of their own, without what lies beyond the film's end.

    A version that a person has worked on since stays the one shown; the import waits as a draft.
    """
    film = job.film
    given = parse_vtt(film.captions_given)
    kept, beyond = within(given, film.duration)
    count = ngettext("%(count)s caption taken over.", "%(count)s captions taken over.", len(kept))
    sentences = [count % {"count": len(kept)}]
    if beyond:
        sentences.append(_beyond(beyond, film.duration))
    before = _last_import(film)
    if not kept or (before and _same(kept, cues_of(before))):
        return Outcome(" ".join(sentences))
    return Outcome(" ".join(sentences), partial(_keep, kept, sentences[1:]))


def within(cues: list[Cue], end: float | None) -> tuple[list[Cue], int]:
    """The cues that begin before the film's end, in seconds, and how many were left out or cut.

    One that outlasts the film by more than half a second is cut at its end.
    """
    if end is None:
        return cues, 0
    kept = [cue for cue in cues if cue.start < end - 0.001]
    long = [cue for cue in kept if cue.end > end + OVERLAP]
    cut = [
        Cue(cue.start, min(cue.end, round(end, 3)), cue.lines, speaker=cue.speaker) for cue in kept
    ]
    return cut, len(cues) - len(kept) + len(long)


def _beyond(count: int, end: float | None) -> str:
    sentence = ngettext(
        "%(count)s caption lies beyond the film’s end (%(end)s) and was left out or cut: check "
        "that the file belongs to this film.",
        "%(count)s captions lie beyond the film’s end (%(end)s) and were left out or cut: check "
        "that the file belongs to this film.",
        count,
    )
    return sentence % {"count": count, "end": spoken_time(end or 0.0)}


def _keep(cues: list[Cue], warnings: list[str], film: Film) -> None:
    now = timezone.now()
    track = CaptionTrack(
        film=film,
        language=film.language,
        kind=CaptionTrack.Kind.EDITED,
        stage=CaptionTrack.Stage.DRAFT,
        version=next_version(film, film.language),
        reason=str(WHY),
        warnings=warnings,
        made_by=film.uploaded_by,
        created_at=now,
        updated_at=now,
    )
    track.save()
    keep_cues(track, cues)
    shown = film.tracks.current().filter(language=film.language).light().first()
    if shown is None or not shown.is_of_a_person or _is_untouched(shown):
        make_current(track)
    track.save(update_fields=["is_current", "stage", "score"])


def _last_import(film: Film) -> CaptionTrack | None:
    imports = film.tracks.filter(language=film.language, reason=str(WHY), revision=0)
    return imports.order_by("-version").first()


def _is_untouched(track: CaptionTrack) -> bool:
    is_edited = track.kind == CaptionTrack.Kind.EDITED
    return is_edited and not track.revision and track.reason == str(WHY)


def _same(cues: list[Cue], others: list[Cue]) -> bool:
    return [(c.start, c.end, c.lines, c.speaker) for c in cues] == [
        (c.start, c.end, c.lines, c.speaker) for c in others
    ]
