"""What wagtail-lms leaves to a site: a learner's home, and search as Wagtail has it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page
from wagtail_lms.models import CourseEnrollment, H5PLessonCompletion, H5PLessonPage

COURSES = 3


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the courses a learner takes, how far they are in each, and the next lesson."""
    enrolments = (
        CourseEnrollment.objects.filter(user=request.user, completed_at=None)
        .select_related("course")
        .order_by("-enrolled_at")[:COURSES]
    )
    courses = []
    for enrolment in enrolments:
        lessons = H5PLessonPage.objects.child_of(enrolment.course).live().order_by("path")
        done = H5PLessonCompletion.objects.filter(user=request.user, lesson__in=lessons)
        count, finished = lessons.count(), set(done.values_list("lesson_id", flat=True))
        following = lessons.exclude(pk__in=finished).defer("body").first()
        courses.append(
            {"course": enrolment.course, "all": count, "done": len(finished), "next": following}
        )
    return render(request, "home.html", {"courses": courses})


def search(request: HttpRequest) -> HttpResponse:
    """Show ten of the pages that hold what is asked for."""
    query = request.GET.get("query", "")
    found = Page.objects.live().search(query) if query else Page.objects.none()
    results = Paginator(found, 10).get_page(request.GET.get("page"))
    return render(request, "search.html", {"query": query, "results": results})
