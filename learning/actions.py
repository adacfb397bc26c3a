"""What may change about who has learnt what. Every verb is one function and one transaction."""

import calendar
import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.models import CoursePage, LessonPage, QuizPage
from learning.models import (
    Attempt,
    Certificate,
    Completion,
    Enrolment,
    LessonProgress,
    Response,
    union_of,
)
from learning.models.certification import WINDOW_DAYS
from learning.models.progress import Segment
from party.models import Member
from party.permissions import Person

MOST_REASON = 250  # characters
NEEDED_SHARE = 0.9  # of a film must be watched, unless its transcript was read instead


class NotYet(Exception):
    """Something is missing before this can be done; the message is a sentence for the learner."""


@transaction.atomic
def enrol(course: CoursePage, *, by: Member, now: datetime.datetime) -> Enrolment:
    """Enrol the acting person in a course; a second time gives the enrolment she has."""
    enrolment, _created = Enrolment.objects.get_or_create(
        member=by, course=course, defaults={"enrolled_at": now, "active_at": now}
    )
    return enrolment


@transaction.atomic
def record_watching(
    enrolment: Enrolment,
    lesson: LessonPage,
    *,
    segments: Sequence[Segment],
    position: float,
    now: datetime.datetime,
) -> LessonProgress:
    """Add watched segments (seconds of the film) and remember where the learner is.

    What lies outside the film is cut off. The stored segments are always their own union, so that
    the same report sent twice changes nothing.
    """
    duration = (lesson.film.duration if lesson.film else None) or 0.0
    progress, _created = LessonProgress.objects.select_for_update().get_or_create(
        enrolment=enrolment, lesson=lesson
    )
    if progress.film_id != lesson.film_id:  # what was watched of another film counts no more
        progress.film, progress.segments = lesson.film, []
    within = [(max(0.0, start), min(duration, end)) for start, end in segments]
    known = [(start, end) for start, end in progress.segments]
    progress.segments = [list(segment) for segment in union_of([*known, *within])]
    progress.position = min(max(0.0, position), duration)
    progress.updated_at = now
    progress.save()
    Enrolment.objects.filter(pk=enrolment.pk).update(active_at=now)
    return progress


def criteria_met(
    lesson: LessonPage, progress: LessonProgress | None, *, read_transcript: bool
) -> dict[str, Any]:
    """Return the criteria by which a lesson counts as done now.

    A lesson without a film is done when the learner says so. One with a film needs `NEEDED_SHARE`
    of it watched or its transcript read. Raises NotYet with what is missing.
    """
    if lesson.film is None:
        return {"kind": "declared"}
    share = progress.watched_share(lesson.film.duration or 0.0) if progress else 0.0
    met: dict[str, Any] = {"needed_share": NEEDED_SHARE, "watched_share": round(share, 3)}
    if share >= NEEDED_SHARE:
        return {"kind": "watched", **met}
    if read_transcript:
        return {"kind": "transcript", **met}
    raise NotYet(
        _(
            "You have watched %(share)d per cent of the film and need %(needed)d. Nothing is lost: "
            "watch the rest, or read the transcript and tick the box that says so."
        )
        % {"share": int(share * 100), "needed": round(NEEDED_SHARE * 100)}
    )


@transaction.atomic
def complete_lesson(
    enrolment: Enrolment,
    lesson: LessonPage,
    *,
    read_transcript: bool = False,
    by: Person,
    now: datetime.datetime,
) -> Completion:
    """Mark a lesson as done, keeping a copy of the criteria met. Raises NotYet."""
    _one_at_a_time(enrolment)
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


@dataclasses.dataclass(frozen=True)
class Marked:
    """One question with what was chosen and whether that is right."""

    question: str
    chosen: tuple[str, ...]
    correct: bool


def mark_responses(quiz: QuizPage, chosen: Mapping[str, Sequence[str]]) -> list[Marked]:
    """Mark a quiz: a question is right when exactly its correct answers were chosen."""
    marked = []
    for question in quiz.questions:
        answers = question.value["answers"].bound_blocks
        right = {answer.id for answer in answers if answer.value["correct"]}
        known = {answer.id for answer in answers}
        picked = tuple(answer for answer in chosen.get(question.id, ()) if answer in known)
        marked.append(Marked(question.id, picked, set(picked) == right))
    return marked


@transaction.atomic
def submit_attempt(
    enrolment: Enrolment,
    quiz: QuizPage,
    *,
    chosen: Mapping[str, Sequence[str]],
    by: Person,
    now: datetime.datetime,
) -> Attempt:
    """Mark and keep an attempt at a quiz; passing may earn the certificate.

    `chosen` maps a question's id to the ids of the answers chosen. The mark is the share of right
    questions in whole per cent, rounded down.
    """
    _one_at_a_time(enrolment)
    marked = mark_responses(quiz, chosen)
    right = sum(one.correct for one in marked)
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        submitted_at=now,
        mark=100 * right // len(marked) if marked else 0,
        pass_mark=quiz.pass_mark,
    )
    Response.objects.bulk_create(
        Response(attempt=attempt, question=m.question, chosen=list(m.chosen), correct=m.correct)
        for m in marked
    )
    Enrolment.objects.filter(pk=enrolment.pk).update(active_at=now)
    certify_if_earned(enrolment, by=by, now=now)
    return attempt


def _one_at_a_time(enrolment: Enrolment) -> None:
    """Let two requests of one learner, such as a double click, follow each other."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def counting_attempts(enrolment: Enrolment) -> QuerySet[Attempt]:
    """Return the passed attempts that count towards the next certificate.

    For a renewal the quiz must be passed again since the last certificate's window opened.
    """
    attempts = enrolment.attempts.filter(mark__gte=F("pass_mark"))
    last = latest_certificate(enrolment)
    if last is None:
        return attempts
    since = timezone.localdate(last.revoked_at) if last.revoked_at else last.window_opens
    return attempts.filter(submitted_at__date__gte=since, submitted_at__gt=last.issued_at)


def missing_for_certificate(enrolment: Enrolment) -> tuple[list[LessonPage], bool]:
    """Return the lessons not yet done, and whether the quiz still has to be passed."""
    done = enrolment.completions.values("lesson")
    lessons = list(enrolment.course.lessons().exclude(pk__in=done))
    has_quiz = enrolment.course.quiz() is not None
    return lessons, has_quiz and not counting_attempts(enrolment).exists()


def certificate_is_earned(enrolment: Enrolment, *, on: datetime.date) -> bool:
    """Say whether nothing is missing for a certificate that the learner does not hold yet."""
    last = latest_certificate(enrolment)
    if last is not None and last.state(on) == Certificate.State.VALID:
        return False
    lessons, quiz = missing_for_certificate(enrolment)
    nothing_to_do = not enrolment.course.lessons().exists() and enrolment.course.quiz() is None
    renewed_by_passing = last is not None and enrolment.course.quiz() is None
    return not (lessons or quiz or nothing_to_do or renewed_by_passing)


def latest_certificate(enrolment: Enrolment) -> Certificate | None:
    """Return the certificate that the member was given last in the enrolment's course."""
    given = Certificate.objects.filter(member=enrolment.member_id, course=enrolment.course_id)
    return given.order_by("-issued_at", "-pk").first()


@transaction.atomic
def certify_if_earned(
    enrolment: Enrolment, *, by: Person, now: datetime.datetime
) -> Certificate | None:
    """Issue a certificate where every lesson is done and the quiz passed; otherwise do nothing."""
    if not certificate_is_earned(enrolment, on=timezone.localdate(now)):
        return None
    return issue_certificate(enrolment, by=by, now=now)


@transaction.atomic
def issue_certificate(enrolment: Enrolment, *, by: Person, now: datetime.datetime) -> Certificate:
    """Issue the certificate of an enrolment's course, or renew the one that is running out.

    A renewal keeps the days that the old certificate still has. Raises NotYet with what is missing.
    """
    today = timezone.localdate(now)
    if not certificate_is_earned(enrolment, on=today):
        raise NotYet(
            _("You get a certificate when you have done every lesson and passed the quiz.")
        )
    last = (
        Certificate.objects.valid(today)
        .filter(member=enrolment.member, course=enrolment.course_id)
        .first()
    )
    until = add_months(last.valid_until if last else today, enrolment.course.certificate_months)
    best = counting_attempts(enrolment).order_by("-mark").first()
    certificate = Certificate.objects.create(
        member=enrolment.member,
        course=enrolment.course,
        holder_name=enrolment.member.get_full_name() or _("A member"),
        course_title=enrolment.course.title,
        mark=best.mark if best else None,
        issued_at=now,
        valid_from=today,
        window_opens=until - datetime.timedelta(days=WINDOW_DAYS),
        valid_until=until,
    )
    log(
        certificate,
        "learning.certify",
        user=by,
        data={"code": certificate.code, "valid_until": until.isoformat()},
    )
    return certificate


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: str, by: Person, now: datetime.datetime
) -> None:
    """Revoke a certificate; its public check says so. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError(_("Enter a reason. The holder will see it."))
    if certificate.revoked_at is not None:
        raise ValueError(_("This certificate was already revoked. The first reason was kept."))
    if len(reason.strip()) > MOST_REASON:
        raise ValueError(
            _("The reason is too long, so nothing was changed. Shorten it to one sentence.")
        )
    certificate.revoked_at, certificate.revoked_reason = now, reason.strip()
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    log(
        certificate,
        "learning.revoke",
        user=by,
        data={"code": certificate.code, "reason": reason.strip()},
    )


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months later, or that month's last day (31 March + 1 = 30 April)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return day.replace(year, month, min(day.day, calendar.monthrange(year, month)[1]))
