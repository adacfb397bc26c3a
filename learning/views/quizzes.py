"""A quiz: its questions, and an attempt with its feedback."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from courses.models import CoursePage, QuizPage
from learning.actions.attempts import submit_attempt
from learning.actions.enrolments import enrol
from learning.forms import QuizForm
from learning.models import Attempt, Certificate, Enrolment
from learning.models.course_progress import CourseProgress
from party.permissions import signed_in


def show_quiz(request: HttpRequest, course: CoursePage, quiz: QuizPage) -> HttpResponse:
    """Show the quiz, mark what is handed in, or show an attempt with its feedback."""
    if "attempt" in request.GET:
        return _attempt(request, course, quiz)
    form = QuizForm(quiz, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        enrolment = enrol(course, by=signed_in(request), now=now)
        attempt = submit_attempt(enrolment, quiz, chosen=form.chosen(), by=request.user, now=now)
        if certificate := Certificate.objects.earned_at(
            attempt.submitted_at, member=enrolment.member_id, course=course.pk
        ):
            return redirect(f"{certificate.get_absolute_url()}?earned")
        return redirect(f"{quiz.get_url()}?attempt={attempt.pk}")
    progress = CourseProgress.of(course, request.user)
    context = {"course": course, "quiz": quiz, "form": form, "progress": progress}
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
    progress = CourseProgress.of(course, request.user)
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
        "progress": progress,
        "right": sum(response.correct for response in responses.values()),
    }
    return render(request, "learning/attempt.html", context)
