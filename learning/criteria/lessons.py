"""When a lesson counts as done."""

from typing import Any

from django.utils.translation import gettext as _

from courses.models import LessonPage
from learning.criteria.unmet import CriteriaNotMet
from learning.models import LessonProgress

NEEDED_SHARE = 0.9  # of a film must be watched, unless its transcript was read instead


def needed_percent() -> int:
    """Return `NEEDED_SHARE` in whole per cent, as people read it."""
    return round(NEEDED_SHARE * 100)


def criteria_met(
    lesson: LessonPage, progress: LessonProgress | None, *, read_transcript: bool
) -> dict[str, Any]:
    """Return the criteria by which a lesson counts as done now.

    A lesson without a film is done when the learner says so. One with a film needs `NEEDED_SHARE`
    of it watched or its transcript read. Raises CriteriaNotMet with what is missing.
    """
    if lesson.film is None:
        return {"kind": "declared"}
    share = progress.watched_share(lesson.film.duration or 0.0) if progress else 0.0
    met: dict[str, Any] = {"needed_share": NEEDED_SHARE, "watched_share": round(share, 3)}
    if share >= NEEDED_SHARE:
        return {"kind": "watched", **met}
    if read_transcript:
        return {"kind": "transcript", **met}
    raise CriteriaNotMet(
        _(
            "You have watched %(share)d per cent of the film and need %(needed)d. Nothing is lost: "
            "watch the rest, or read the transcript and tick the box that says so."
        )
        % {"share": int(share * 100), "needed": needed_percent()}
    )
