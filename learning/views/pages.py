"""What stands below a course at an address of its own: a lesson or a quiz."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from courses.models import QuizPage
from learning.views.courses import find_course
from learning.views.lessons import find_lesson, show_lesson
from learning.views.quizzes import show_quiz
from media_pipeline.views.streams import FILM_POLICY
from party.permissions import MEMBERS, open_to


# media-chrome draws its controls with style elements of its own, inside its shadow trees.
@open_to(MEMBERS)
@csp_update({"style-src": [UNSAFE_INLINE], **FILM_POLICY})  # type: ignore[arg-type]  # its stub knows no address arguments
def lesson_or_quiz(request: HttpRequest, course: str, page: str) -> HttpResponse:
    """Show the lesson or the quiz at an address."""
    parent = find_course(request, course)
    lesson = find_lesson(parent, request, page)
    if lesson is not None:
        return show_lesson(request, parent, lesson)
    quizzes = QuizPage.objects.visible_to(request.user).child_of(parent)
    return show_quiz(request, parent, get_object_or_404(quizzes, slug=page))
