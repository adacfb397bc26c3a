"""What a learner does in a lesson: watch its film, and finish it."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from courses.models import LessonPage
from learning.actions.certificates import certify_if_earned
from learning.actions.enrolments import locked
from learning.criteria.lessons import criteria_met
from learning.models import Completion, Enrolment, LessonProgress, union_of
from learning.models.progress import Segment
from party.permissions import Person


@transaction.atomic
def record_watching(
    enrolment: Enrolment,
    lesson: LessonPage,
    *,
    segments: Sequence[Segment],
    position: float,
    position_at: datetime.datetime,
    now: datetime.datetime,
) -> LessonProgress:
    """Add watched segments (seconds of the film) and remember where the learner was, and when.

    What lies outside the film is cut off. The stored segments are always their own union, so that
    the same report sent twice changes nothing. A position from before the stored one adds its
    segments and moves nothing: reports arrive late, and from more than one device.
    """
    duration = (lesson.film.duration if lesson.film else None) or 0.0
    progress, _created = LessonProgress.objects.select_for_update().get_or_create(
        enrolment=enrolment, lesson=lesson
    )
    if progress.film_id != lesson.film_id:  # what was watched of another film counts no more
        progress.film, progress.segments, progress.position_at = lesson.film, [], None
    within = [(max(0.0, start), min(duration, end)) for start, end in segments]
    known = [(start, end) for start, end in progress.segments]
    progress.segments = [list(segment) for segment in union_of([*known, *within])]
    if progress.position_at is None or position_at >= progress.position_at:
        progress.position, progress.position_at = min(max(0.0, position), duration), position_at
    progress.save()
    Enrolment.objects.filter(pk=enrolment.pk).update(active_at=now)
    return progress


@transaction.atomic
def complete_lesson(
    enrolment: Enrolment,
    lesson: LessonPage,
    *,
    read_transcript: bool = False,
    by: Person,
    now: datetime.datetime,
) -> Completion:
    """Mark a lesson as done, keeping a copy of the criteria met. Raises CriteriaNotMet."""
    locked(enrolment)
    existing = Completion.objects.filter(enrolment=enrolment, lesson=lesson).first()
    if existing:
        certify_if_earned(enrolment, by=by, now=now)
        return existing
    progress = LessonProgress.objects.filter(
        enrolment=enrolment, lesson=lesson, film=lesson.film
    ).first()
    criteria = criteria_met(lesson, progress, read_transcript=read_transcript)
    completion = Completion.objects.create(
        enrolment=enrolment, lesson=lesson, completed_at=now, criteria=criteria
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(active_at=now)
    certify_if_earned(enrolment, by=by, now=now)
    return completion
