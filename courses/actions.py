"""What must follow when something taught changes: the search and the library are told of it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from library.rules.actions.citing_texts import LESSON, citations_in, replace_citations
from media_pipeline.models import Film
from party.permissions import MEMBERS
from search.actions.changes import mark_changed


def page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Hand a published, unpublished, moved or deleted page, and those below it, to the search.

    The library is told which provisions its lessons cite now.
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
    _tell_of_citations(lessons)


def _tell_of_citations(keys: Sequence[str]) -> None:
    """Tell the library what each of these lessons cites: nothing, where it is taught no longer."""
    lessons = LessonPage.objects.taught().filter(pk__in=keys).select_related("owner")
    taught = {str(lesson.pk): lesson for lesson in lessons}
    for key in keys:
        lesson = taught.get(key)
        replace_citations(
            kind=LESSON,
            key=key,
            title=lesson.title if lesson else "",
            url=(lesson.url or "") if lesson else "",
            edit_url=reverse("wagtailadmin_pages:edit", args=[key]),
            audience=(MEMBERS,),
            owner=lesson.owner if lesson else None,
            citations=_citations(lesson) if lesson else (),
        )


def _citations(lesson: LessonPage) -> list[tuple[str, str]]:
    """Return what a lesson quotes as a rule, and what its texts cite: work and citation each."""
    quoted, texts = [], [lesson.summary]
    for block in lesson.body:
        if block.block_type == "provision":
            quoted.append((block.value["work"], block.value["citation"]))
        else:
            texts += map(str, block.block.get_searchable_content(block.value))
    return [*quoted, *citations_in("\n".join(texts))]


def page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Hand a moved page to the search; Wagtail's signal brings it as a plain page."""
    page_changed(sender, instance.specific)


def film_changed(film: Film) -> None:
    """Hand the transcripts of the lessons that show a film to the search."""
    shown_in = LessonPage.objects.filter(film=film).values_list("pk", flat=True)
    mark_changed("film", [str(pk) for pk in shown_in])
