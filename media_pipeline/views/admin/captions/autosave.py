"""What the caption editor is given and sends back: the cues as JSON, with the rules in numbers."""

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ground.refusals import Refused
from media_pipeline.actions.captions.drafts import DraftChangedError, save_as_own_draft, save_draft
from media_pipeline.actions.captions.versions import cues_of, names_of
from media_pipeline.models import CaptionTrack
from media_pipeline.steps import breaks, caption_check
from media_pipeline.steps.captions import RULES
from media_pipeline.steps.drafts import (
    MOST_CHARACTERS,
    MOST_CUES,
    MOST_LINES,
    MOST_NAME,
    cues_from_json,
)
from media_pipeline.steps.words import Cue
from media_pipeline.views.admin.captions.lookup import comparison_url, editable_track
from party.permissions import signed_in

MOST_BYTES = 2_000_000  # of what the editor sends at once: three hours of speech with word times
UNSURE = 0.5  # a word below this confidence is marked


class TooLargeError(Refused):
    """More was sent than a draft can be."""


@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what the editor sends; answers what it needs to go on, or a sentence.

    JSON in: {revision, cues} for the whole, or {revision, splice: [from, removed, cues]} for what
    changed; with `apart` it is kept as a draft of its own. 200 {revision, score, saved_at}; 409
    where the draft was changed elsewhere; 413 and 422 with a sentence for what cannot be kept.
    """
    track = editable_track(request, pk)
    try:
        given = _given(request)
        cues = _whole(track, given)
        if given.get("apart"):
            draft = save_as_own_draft(track, cues, by=signed_in(request))
            return JsonResponse({"url": comparison_url(draft, track)})
        revision = given.get("revision")
        draft = save_draft(
            track,
            cues,
            revision=revision if isinstance(revision, int) else -1,
            by=signed_in(request),
            now=timezone.now(),
        )
    except DraftChangedError as error:
        return JsonResponse({"sentence": error.sentence}, status=409)
    except TooLargeError as error:
        return JsonResponse({"sentence": error.sentence}, status=413)
    except Refused as error:
        return JsonResponse({"sentence": error.sentence}, status=422)
    return JsonResponse(
        {
            "revision": draft.revision,
            "score": draft.score,
            "saved_at": timezone.localtime(draft.updated_at).strftime("%H:%M:%S"),
        }
    )


def document_of(draft: CaptionTrack) -> dict[str, Any]:
    """What the editor begins with: the cues, the rules in numbers, the words that breaks mind."""
    return {
        "revision": draft.revision,
        "score": draft.score,
        "duration": draft.film.duration,
        "language": draft.language,
        "unsure": UNSURE,
        "cues": [_as_sent(cue) for cue in cues_of(draft)],
        "limits": {
            "cues": MOST_CUES,
            "characters": MOST_CHARACTERS,
            "lines": MOST_LINES,
            "name": MOST_NAME,
            "bytes": MOST_BYTES,
        },
        "rules": rules_of(draft),
    }


def rules_of(draft: CaptionTrack) -> dict[str, Any]:
    """The rules as Python has them, for the editor's own check to be the same."""
    return {
        **asdict(RULES),
        "weights": caption_check.WEIGHTS,
        "tolerance": caption_check.TOLERANCE,
        "unbalanced": caption_check.UNBALANCED,
        "breaks": {
            "long_pause": breaks.LONG_PAUSE,
            "conjunctions": sorted(breaks.CONJUNCTIONS),
            "prepositions": sorted(breaks.PREPOSITIONS),
            "leaning": sorted(breaks.LEANING),
            "auxiliaries": sorted(breaks.AUXILIARIES),
            "numbers": sorted(breaks.NUMBERS),
            "abbreviations": sorted(breaks.ABBREVIATIONS),
            "closers": breaks.CLOSERS,
            "prices": {
                "clause": breaks.AFTER_CLAUSE,
                "conjunction": breaks.BEFORE_CONJUNCTION,
                "preposition": breaks.BEFORE_PREPOSITION,
                "anywhere": breaks.ANYWHERE,
                "leaning": breaks.AFTER_LEANING,
                "name": breaks.INSIDE_NAME,
            },
            "names": sorted(names_of(draft.film).terms),
        },
    }


def _as_sent(cue: Cue) -> dict[str, Any]:
    words = [[word.text, word.start, word.end, round(word.confidence, 3)] for word in cue.words]
    return {
        "start": cue.start,
        "end": cue.end,
        "text": cue.text,
        "speaker": cue.speaker,
        "words": words,
    }


def _given(request: HttpRequest) -> dict[str, Any]:
    too_large = TooLargeError(
        _("These captions are too long to be saved at once. What you wrote is still here.")
    )
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES:
        raise too_large
    body = request.body
    if len(body) > MOST_BYTES:
        raise too_large
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Refused(_("What was sent could not be read. Nothing was saved. Try again."))
    return given


def _whole(track: CaptionTrack, given: dict[str, Any]) -> list[Cue]:
    """All cues: as they were sent, or those kept with the part that changed put in its place.

    The action checks the revision after this has read the cues, so they are those of the
    revision named, or nothing is kept.
    """
    if "splice" not in given or given.get("apart"):
        return cues_from_json(given.get("cues"))
    unreadable = Refused(_("What was sent could not be read. Nothing was saved. Try again."))
    splice = given["splice"]
    if not isinstance(splice, list) or len(splice) != 3:
        raise unreadable
    begin, removed, cues = splice
    kept = cues_of(track)
    if not (type(begin) is int and type(removed) is int and min(begin, removed) >= 0):
        raise unreadable
    if begin + removed > len(kept):
        raise DraftChangedError(
            _("This draft was changed in another window. What you wrote is still here."), track
        )
    return [*kept[:begin], *cues_from_json(cues), *kept[begin + removed :]]
