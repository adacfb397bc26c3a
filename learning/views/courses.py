"""A course, its lessons and its quiz, as the learner sees them."""

import math
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.models import CoursePage, LessonPage, QuizPage
from learning import actions
from learning.forms import QuizForm, WatchingForm
from learning.models import Attempt, Enrolment
from learning.models.journey import Journey
from media_pipeline.models import Film
from media_pipeline.views.clips import clip_address
from media_pipeline.views.player import player_context, with_player
from media_pipeline.views.streams import FILM_POLICY
from party.permissions import MEMBERS, open_to, signed_in


def find_course(request: HttpRequest, slug: str) -> CoursePage:
    """Return the course at an address, or answer 404 where the person may not know of it."""
    return get_object_or_404(CoursePage.objects.visible_to(request.user), slug=slug)


def find_lesson(course: CoursePage, request: HttpRequest, slug: str) -> LessonPage:
    """Return a course's lesson together with its film's renditions, captions and cues."""
    lesson = get_object_or_404(
        LessonPage.objects.visible_to(request.user).child_of(course), slug=slug
    )
    if lesson.film_id:
        lesson.film = with_player(Film.objects.all()).get(pk=lesson.film_id)
    return lesson


@open_to(MEMBERS)
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """Show a course with the learner's progress, or with the invitation to begin."""
    page = find_course(request, course)
    journey = Journey.of(page, request.user)
    earned = (
        journey.enrolment is not None
        and journey.all_done
        and not journey.certificate_holds
        and actions.certificate_is_earned(journey.enrolment, on=timezone.localdate())
    )
    context = {"course": page, "journey": journey, "certificate_is_earned": earned}
    return render(request, "learning/course.html", context)


@open_to(MEMBERS)
@require_POST
def certify(request: HttpRequest, course: str) -> HttpResponse:
    """Issue the certificate that is earned but was not given yet, or say what is missing."""
    page = find_course(request, course)
    mine = Enrolment.objects.visible_to(request.user)
    enrolment = get_object_or_404(mine, course=page)
    try:
        certificate = actions.issue_certificate(enrolment, by=request.user, now=timezone.now())
    except actions.NotYet as missing:
        messages.warning(request, str(missing))
        return redirect(page.get_url())
    return redirect(certificate)


@open_to(MEMBERS)
@require_POST
def enrol(request: HttpRequest, course: str) -> HttpResponse:
    """Enrol and go to the first lesson."""
    page = find_course(request, course)
    actions.enrol(page, by=signed_in(request), now=timezone.now())
    journey = Journey.of(page, request.user)
    return redirect(journey.next_address or page.get_url())


# media-chrome draws its controls with style elements of its own, inside its shadow trees.
@open_to(MEMBERS)
@csp_update({"style-src": [UNSAFE_INLINE], **FILM_POLICY})  # type: ignore[arg-type]  # its stub knows no address arguments
def lesson_or_quiz(request: HttpRequest, course: str, page: str) -> HttpResponse:
    """Show the lesson or the quiz at an address."""
    parent = find_course(request, course)
    quiz = QuizPage.objects.visible_to(request.user).child_of(parent).filter(slug=page).first()
    if quiz is not None:
        return _quiz(request, parent, quiz)
    return _lesson(request, parent, find_lesson(parent, request, page))


def asked_second(request: HttpRequest) -> float | None:
    """Return the second that the address asks for (`?t=83.5`), or None."""
    try:
        second = float(request.GET.get("t", ""))
    except ValueError:
        return None
    return second if math.isfinite(second) and second >= 0 else None


def _lesson(request: HttpRequest, course: CoursePage, lesson: LessonPage) -> HttpResponse:
    journey = Journey.of(course, request.user)
    step = journey.step_of(lesson)
    asked = asked_second(request)
    left = step.progress.position if step and step.progress else 0.0
    start = asked if asked is not None else left
    context: dict[str, Any] = {
        "course": course,
        "lesson": lesson,
        "journey": journey,
        "step": step,
        "provisions": lesson.quoted_provisions(request.user),
        "resumed": asked is None and left > 0,
        "next_address": journey.next_after(lesson) or course.get_url(),
    }
    if lesson.film:
        context["player"] = player_context(lesson.film, start=start)
        context["clip_url"] = clip_address(request.user, lesson.film)
        context["needed_percent"] = round(actions.NEEDED_SHARE * 100)
    return render(request, "learning/lesson.html", context)


@open_to(MEMBERS)
@require_POST
def progress(request: HttpRequest, course: str, page: str) -> HttpResponse:
    """Take in watched segments from the player. Watching enrols; merely looking does not."""
    parent = find_course(request, course)
    lesson = get_object_or_404(
        LessonPage.objects.visible_to(request.user).child_of(parent).select_related("film"),
        slug=page,
        film__isnull=False,
    )
    form = WatchingForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": form.first_error()}, status=400)
    now = timezone.now()
    if not form.cleaned_data["segments"] and not _is_enrolled(request, parent):
        return JsonResponse({"watched": 0.0, "percent": 0})
    enrolment = actions.enrol(parent, by=signed_in(request), now=now)
    saved = actions.record_watching(
        enrolment,
        lesson,
        segments=form.cleaned_data["segments"],
        position=form.cleaned_data["position"],
        now=now,
    )
    share = saved.watched_share(lesson.film.duration or 0.0)
    return JsonResponse({"watched": round(saved.watched_seconds, 1), "percent": int(share * 100)})


def _is_enrolled(request: HttpRequest, course: CoursePage) -> bool:
    return Enrolment.objects.visible_to(request.user).filter(course=course).exists()


@open_to(MEMBERS)
@require_POST
def complete(request: HttpRequest, course: str, page: str) -> HttpResponse:
    """Mark a lesson as done and go on to the next; or say what is missing."""
    parent = find_course(request, course)
    lesson = get_object_or_404(
        LessonPage.objects.visible_to(request.user).child_of(parent).select_related("film"),
        slug=page,
    )
    now = timezone.now()
    enrolment = actions.enrol(parent, by=signed_in(request), now=now)
    read = request.POST.get("read_transcript") == "yes"
    try:
        actions.complete_lesson(enrolment, lesson, read_transcript=read, by=request.user, now=now)
    except actions.NotYet as missing:
        messages.warning(request, str(missing))
        return redirect(f"{lesson.get_url()}#done")
    journey = Journey.of(parent, request.user)
    messages.success(request, _("Done: “%(lesson)s”.") % {"lesson": lesson.title})
    return redirect(journey.next_after(lesson) or parent.get_url())


def _quiz(request: HttpRequest, course: CoursePage, quiz: QuizPage) -> HttpResponse:
    """Show the quiz, mark what is handed in, or show an attempt with its feedback."""
    if "attempt" in request.GET:
        return _attempt(request, course, quiz)
    form = QuizForm(quiz, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        enrolment = actions.enrol(course, by=signed_in(request), now=now)
        attempt = actions.submit_attempt(
            enrolment, quiz, chosen=form.chosen(), by=request.user, now=now
        )
        return redirect(f"{quiz.get_url()}?attempt={attempt.pk}")
    journey = Journey.of(course, request.user)
    context = {"course": course, "quiz": quiz, "form": form, "journey": journey}
    return render(request, "learning/quiz.html", context, status=422 if form.errors else 200)


def _attempt(request: HttpRequest, course: CoursePage, quiz: QuizPage) -> HttpResponse:
    number = request.GET["attempt"]
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    mine = Enrolment.objects.visible_to(request.user)
    attempt = get_object_or_404(
        Attempt.objects.filter(enrolment__in=mine, quiz=quiz).prefetch_related("responses"),
        pk=number,
    )
    responses = {response.question: response for response in attempt.responses.all()}
    journey = Journey.of(course, request.user)
    # Questions that were added since are left out: they were not asked.
    answered = [
        (question, responses[question.id])
        for question in quiz.questions
        if question.id in responses
    ]
    context = {
        "course": course,
        "quiz": quiz,
        "attempt": attempt,
        "answered": answered,
        "asked": len(responses),
        "journey": journey,
        "right": sum(response.correct for response in responses.values()),
    }
    return render(request, "learning/attempt.html", context)
