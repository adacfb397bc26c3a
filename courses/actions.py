"""What must follow when something taught changes: the search is told, nothing else."""

from typing import Any

from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from media_pipeline.models import Recording
from search.actions import mark_changed


def page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Hand a published, unpublished, moved or deleted page, and those below it, to the search.

    Listens to Wagtail's and Django's signals, inside the transaction that changed the page.
    """
    if not isinstance(instance, CoursePage | LessonPage):
        return
    if isinstance(instance, CoursePage):
        mark_changed("course", [str(instance.pk)])
        below = LessonPage.objects.filter(path__startswith=instance.path)
        lessons = [str(pk) for pk in below.values_list("pk", flat=True)]
    else:
        lessons = [str(instance.pk)]
    mark_changed("lesson", lessons)
    mark_changed("film", lessons)


def page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Hand a moved page to the search; Wagtail's signal brings it as a plain page."""
    page_changed(sender, instance.specific)


def film_changed(recording: Recording) -> None:
    """Hand the transcripts of the lessons that show a film to the search."""
    shown_in = LessonPage.objects.filter(film=recording).values_list("pk", flat=True)
    mark_changed("film", [str(pk) for pk in shown_in])
