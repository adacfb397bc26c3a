"""A lesson, as the learner sees it: its film, what they watched of it, and finishing it."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.models import HERE, CoursePage, LessonPage, QuizPage, below
from ground.prepared import Prepared, key, word
from learning.actions.enrolments import enrol
from learning.actions.lessons import complete_lesson, record_watching
from learning.criteria.lessons import criteria_met, needed_percent
from learning.criteria.unmet import CriteriaNotMet
from learning.forms import WatchingForm
from learning.models import Certificate, Enrolment
from learning.models.course_progress import Step, enrolment_of, step_of
from learning.views.courses import find_course
from media_pipeline.models import Film
from media_pipeline.views.clips import clip_address
from media_pipeline.views.player import player_context, with_player
from party.permissions import MEMBERS, open_to, signed_in

MOST_BYTES = 64_000  # of one report: what a browser sends for a page that is left, 3,000 segments
ANSWERED = "finished"  # in the address of a lesson: say what became of finishing it


FILM: Prepared[Film] = Prepared(lambda: with_player(Film.objects.filter(pk=key("pk"))))
LIVE_LESSON: Prepared[LessonPage] = Prepared(
    lambda: LessonPage.objects.live().filter(**HERE, slug=word("slug"))
)


def find_lesson(course: CoursePage, request: HttpRequest, slug: str) -> LessonPage | None:
    """Return a course's lesson together with its film's renditions, captions and cues, or None."""
    lesson = LIVE_LESSON.first(slug=slug, **below(course))  # which every member may see
    if lesson is None:
        visible = LessonPage.objects.visible_to(request.user).child_of(course)
        lesson = visible.filter(slug=slug).first()
    if lesson and lesson.film_id:
        lesson.film = FILM.first(pk=lesson.film_id)
    return lesson


def asked_second(request: HttpRequest) -> float | None:
    """Return the second that the address asks for (`?t=83.5`), or None."""
    try:
        second = float(request.GET.get("t", ""))
    except ValueError:
        return None
    return second if math.isfinite(second) and second >= 0 else None


def show_lesson(request: HttpRequest, course: CoursePage, lesson: LessonPage) -> HttpResponse:
    """Show a lesson, its film from the second asked for or where the learner left it."""
    enrolment = enrolment_of(request.user, course)
    step, after = step_of(lesson, enrolment), course.after(lesson)
    asked = asked_second(request)
    left = step.progress.position if step.progress else 0.0
    start = asked if asked is not None else left
    context: dict[str, Any] = {
        "course": course,
        "lesson": lesson,
        "step": step,
        "provisions": lesson.quoted_provisions(request.user),
        "resumed": asked is None and left > 0,
        "next_address": (after or course).get_url(),
        "next_lesson": after if isinstance(after, LessonPage) else None,
        "quiz_follows": isinstance(after, QuizPage),
        "answered": ANSWERED in request.GET,
        "missing": _missing(step) if ANSWERED in request.GET else "",
    }
    if lesson.film:
        context["player"] = player_context(lesson.film, start=start)
        context["clip_url"] = clip_address(request.user, lesson.film)
        context["needed_percent"] = needed_percent()
    return render(request, "learning/lesson.html", context)


def _missing(step: Step) -> str:
    """Return what is missing before a lesson counts as done, or nothing."""
    if step.done:
        return ""
    try:
        criteria_met(step.lesson, step.progress, read_transcript=False)
    except CriteriaNotMet as missing:
        return str(missing)
    return ""


@open_to(MEMBERS)
@require_POST
def progress(request: HttpRequest, course: str, page: str) -> HttpResponse:
    """Take in watched segments from the player. Watching enrols; merely looking does not.

    200 {watched, percent}, else a sentence under `error`: 400 for what cannot be read, 409 where
    another person is signed in than watched, 410 where the lesson has another film since, 413 for
    more than `MOST_BYTES` at once. Sent again, a report changes nothing, so the player sends
    until it has its 200.
    """
    parent = find_course(request, course)
    lesson = get_object_or_404(
        LessonPage.objects.visible_to(request.user).child_of(parent).select_related("film"),
        slug=page,
        film__isnull=False,
    )
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refused(413, _("That is too much for one report. Send less of it at once."))
    # The page may be older than the sign-in: what one person watched is never another's.
    if request.POST.get("learner", str(request.user.pk)) != str(request.user.pk):
        return _refused(409, _("Somebody else is signed in now."))
    if request.POST.get("film", str(lesson.film_id)) != str(lesson.film_id):
        return _refused(410, _("This lesson has another film now."))
    form = WatchingForm(request.POST)
    if not form.is_valid():
        return _refused(400, form.first_error())
    now = timezone.now()
    if not form.cleaned_data["segments"] and not _is_enrolled(request, parent):
        return JsonResponse({"watched": 0.0, "percent": 0})
    enrolment = enrol(parent, by=signed_in(request), now=now)
    saved = record_watching(
        enrolment,
        lesson,
        segments=form.cleaned_data["segments"],
        position=form.cleaned_data["position"],
        position_at=form.position_at(now),
        now=now,
    )
    share = saved.watched_share(lesson.film.duration or 0.0)
    return JsonResponse({"watched": round(saved.watched_seconds, 1), "percent": int(share * 100)})


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


def _is_enrolled(request: HttpRequest, course: CoursePage) -> bool:
    return Enrolment.objects.visible_to(request.user).filter(course=course).exists()


@open_to(MEMBERS)
@require_POST
def complete(request: HttpRequest, course: str, page: str) -> HttpResponse:
    """Mark a lesson as done, or say what is missing: beside the button, which the page then shows.

    Whoever earned the certificate by it sees that at once.
    """
    parent = find_course(request, course)
    lesson = get_object_or_404(
        LessonPage.objects.visible_to(request.user).child_of(parent).select_related("film"),
        slug=page,
    )
    now = timezone.now()
    enrolment = enrol(parent, by=signed_in(request), now=now)
    read = request.POST.get("read_transcript") == "yes"
    try:
        complete_lesson(enrolment, lesson, read_transcript=read, by=request.user, now=now)
    except CriteriaNotMet:
        return redirect(f"{lesson.get_url()}?{ANSWERED}")
    if certificate := Certificate.objects.earned_at(
        now, member=enrolment.member_id, course=parent.pk
    ):
        return redirect(f"{certificate.get_absolute_url()}?earned")
    return redirect(f"{lesson.get_url()}?{ANSWERED}")
