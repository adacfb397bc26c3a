"""Two versions become one: what a person wrote, and what a re-run or another person made since."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from media_pipeline.actions.captions.drafts import new_draft
from media_pipeline.actions.captions.versions import audit_data, cues_of, lineage, next_version
from media_pipeline.models import CaptionTrack
from media_pipeline.steps.comparison import ComparedPassage, merged, passages
from media_pipeline.steps.drafts import validated
from party.models import Member


@dataclass(frozen=True)
class Comparison:
    """Three versions passage by passage; `base` is None where both began from nothing."""

    base: CaptionTrack | None
    mine: CaptionTrack
    new: CaptionTrack
    passages: list[ComparedPassage]

    @property
    def token(self) -> str:
        """Names what was compared: choices made on another state of it must not be applied."""
        return f"{self.mine.pk}.{self.mine.revision}-{self.new.pk}.{self.new.revision}"


def compare(mine: CaptionTrack, new: CaptionTrack) -> Comparison:
    """Set two versions of a film's captions beside what both came from."""
    base = base_of(mine, new)
    found = passages(cues_of(base) if base else [], cues_of(mine), cues_of(new))
    return Comparison(base, mine, new, found)


def base_of(mine: CaptionTrack, new: CaptionTrack) -> CaptionTrack | None:
    """What both versions came from.

    Of two versions that people made it is the newest that both are based on. What a machine made
    is based on nothing: there it is the last machine's version that a person has seen or dealt
    with, for what has changed since is what the re-run heard otherwise.
    """
    tracks = mine.film.tracks.composed().light().filter(language=mine.language)
    if new.is_of_a_person:
        ours, theirs = lineage(mine), set(lineage(new))
        shared = next((pk for pk in ours if pk in theirs), None)
        return tracks.filter(pk=shared).first() if shared else None
    seen = tracks.of_machines().exclude(stage=CaptionTrack.Stage.DRAFT)
    return seen.filter(version__lt=new.version).order_by("-version").first()


def take_from(
    mine: CaptionTrack,
    other: CaptionTrack,
    choices: Mapping[int, str],
    *,
    token: str,
    by: Member,
) -> CaptionTrack:
    """Make a new draft of `mine` with the passages of `other` that a person chose; returns it.

    `choices` gives passages by their number in `compare`, as "mine" or "new"; what is not named
    stays mine. `token` is the comparison's. The other version, if it is a re-run's draft, and those
    older than it wait no longer: they are kept as versions. Raises Refused if either has changed
    since the comparison was shown; nothing changes then.
    """
    with transaction.atomic():
        version = next_version(mine.film, mine.language)
        both = mine.film.tracks.light().in_bulk([mine.pk, other.pk])
        if len(both) < 2 or compare_token(both[mine.pk], both[other.pk]) != token:
            raise Refused(
                _(
                    "One of the two versions was changed since this page was loaded. Nothing was "
                    "changed now. Look at the comparison again."
                )
            )
        mine, other = both[mine.pk], both[other.pk]
        cues = validated(merged(compare(mine, other).passages, choices))
        parent = other if other.is_of_a_person and other.is_current else mine
        draft = new_draft(parent, cues, by=by, version=version)
        _deal_with(other)
        taken = sum(choice == "new" for choice in choices.values())
        data = {**audit_data(draft), "mine": mine.version, "other": other.version, "taken": taken}
        log(mine.film, "media_pipeline.compare_captions", user=by, data=data)
    return draft


def compare_token(mine: CaptionTrack, new: CaptionTrack) -> str:
    return Comparison(None, mine, new, []).token


def _deal_with(other: CaptionTrack) -> None:
    if not other.is_of_a_person:
        waiting = other.film.tracks.waiting().filter(
            language=other.language, version__lte=other.version
        )
        waiting.update(stage=CaptionTrack.Stage.PUBLISHED)
