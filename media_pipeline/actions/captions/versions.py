"""How a version of a film's captions is kept, and read back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from ground.refusals import Refused
from media_pipeline.models import CaptionTrack, Film
from media_pipeline.models import Cue as CueRow
from media_pipeline.models.glossaries import film_terms
from media_pipeline.steps.breaks import Names, names_in
from media_pipeline.steps.caption_check import check_cues
from media_pipeline.steps.words import Cue, Word


def cues_of(track: CaptionTrack, *, words: bool = True) -> list[Cue]:
    """The cues of a version as the steps know them; without `words` their own times are left."""
    rows = track.cues.all() if words else track.cues.defer("words")
    return [
        Cue(
            row.start,
            row.end,
            tuple(row.text.split("\n")) if row.text else (),
            tuple(Word(**word) for word in row.words) if words else (),
            row.speaker,
        )
        for row in rows
    ]


def keep_cues(track: CaptionTrack, cues: Sequence[Cue]) -> None:
    """Keep cues as a version's own, in place of what it had, and its score; saves no other field.

    Call it inside a transaction.
    """
    track.cues.all().delete()
    CueRow.objects.bulk_create(
        (
            CueRow(
                track=track,
                position=position,
                start=cue.start,
                end=cue.end,
                text=cue.text,
                speaker=cue.speaker,
                words=as_json(cue.words),
            )
            for position, cue in enumerate(cues, start=1)
        ),
        batch_size=500,
    )
    names = names_of(track.film)
    track.score = check_cues(list(cues), names=names).score if cues else None


def names_of(film: Film) -> Names:
    """The names and terms of the film's glossaries that a break must not part."""
    return names_in(film_terms(film))


def as_it_is_now(track: CaptionTrack, rows: QuerySet[CaptionTrack]) -> CaptionTrack:
    """The version fetched again from `rows`, with its film. Raises Refused where it is gone."""
    fresh = rows.defer("words").select_related("film").filter(pk=track.pk).first()
    if fresh is None:
        raise Refused(_("This version is no longer there. Load the page again."))
    return fresh


def hold(film: Film) -> None:
    """Hold the film's row until the transaction ends: one change of its versions at a time."""
    Film.objects.select_for_update().only("pk").get(pk=film.pk)


def next_version(film: Film, language: str) -> int:
    """The number of a new version; the film is held, so that two never get the same number."""
    hold(film)
    latest = film.tracks.filter(language=language).aggregate(at=Max("version"))
    return (latest["at"] or 0) + 1


def make_current(track: CaptionTrack) -> CaptionTrack | None:
    """Mark a version as the one viewers get; returns the one they got before. Saves no other."""
    shown = track.film.tracks.current().filter(language=track.language)
    before = shown.light().exclude(pk=track.pk).first()
    shown.exclude(pk=track.pk).update(is_current=False)
    track.is_current, track.stage = True, CaptionTrack.Stage.PUBLISHED
    return before


def lineage(track: CaptionTrack) -> list[int]:
    """The keys of a version and of those it came from, the nearest first."""
    parents = dict(track.film.tracks.values_list("pk", "based_on_id"))
    found: list[int] = []
    at: int | None = track.pk
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def as_json(words: Iterable[Word]) -> list[dict[str, Any]]:
    """Words as they are kept, their times in whole milliseconds."""
    return [
        {**asdict(word), "start": round(word.start, 3), "end": round(word.end, 3)} for word in words
    ]


def audit_data(track: CaptionTrack) -> dict[str, Any]:
    """What the audit log says of a version."""
    return {"version": track.version, "kind": track.kind, "language": track.language}
