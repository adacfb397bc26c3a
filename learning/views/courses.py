"""A course, as the learner sees it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from courses.models import CoursePage
from ground.prepared import Prepared, word
from learning.actions import enrolments
from learning.actions.certificates import issue_certificate
from learning.criteria.certificates import certificate_is_earned
from learning.criteria.unmet import CriteriaNotMet
from learning.models import Enrolment
from learning.models.course_progress import CourseProgress, steps_of
from party.permissions import MEMBERS, open_to, signed_in

LIVE_COURSE: Prepared[CoursePage] = Prepared(
    lambda: CoursePage.objects.live().filter(slug=word("slug"))
)


def find_course(request: HttpRequest, slug: str) -> CoursePage:
    """Return the course at an address, or answer 404 where the person may not know of it."""
    live = LIVE_COURSE.first(slug=slug)  # which every member may see
    return live or get_object_or_404(CoursePage.objects.visible_to(request.user), slug=slug)


@open_to(MEMBERS)
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """Show a course with the learner's progress, or with the invitation to begin."""
    page = find_course(request, course)
    progress = CourseProgress.of(page, request.user)
    earned = progress.enrolment is not None and certificate_is_earned(progress)
    steps = steps_of(page, progress.enrolment)
    context = {
        "course": page,
        "progress": progress,
        "steps": steps,
        "certificate_is_earned": earned,
    }
    return render(request, "learning/course.html", context)


@open_to(MEMBERS)
@require_POST
def certify(request: HttpRequest, course: str) -> HttpResponse:
    """Issue the certificate that is earned but was not given yet, or say what is missing."""
    page = find_course(request, course)
    mine = Enrolment.objects.visible_to(request.user)
    enrolment = get_object_or_404(mine, course=page)
    try:
        certificate = issue_certificate(enrolment, by=request.user, now=timezone.now())
    except CriteriaNotMet as missing:
        messages.warning(request, str(missing))
        return redirect(page.get_url())
    return redirect(f"{certificate.get_absolute_url()}?earned")


@open_to(MEMBERS)
@require_POST
def enrol(request: HttpRequest, course: str) -> HttpResponse:
    """Enrol and go to the first lesson."""
    page = find_course(request, course)
    enrolments.enrol(page, by=signed_in(request), now=timezone.now())
    progress = CourseProgress.of(page, request.user)
    return redirect(progress.next_address or page.get_url())
