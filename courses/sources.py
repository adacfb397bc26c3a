"""What the search index is told about courses, lessons and the words spoken in their films."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from courses.models import CoursePage, LessonPage
from media_pipeline.models import CaptionTrack, Cue, Film
from party.permissions import MEMBERS
from search.engines.document import Document
from search.sources import Source, beginnings

SHORTEST_PASSAGE = 12.0  # seconds; from then on a passage ends with its sentence
LONGEST_PASSAGE = 30.0  # seconds; a passage ends here at the latest
SENTENCE_ENDS = (".", "?", "!", "…")


def words_of(value: StreamValue | str) -> str:
    """Return the words of rich text or of a StreamField, without tags, a line for each piece."""
    if isinstance(value, StreamValue):
        pieces = value.stream_block.get_searchable_content(value)
    else:
        pieces = get_text_for_indexing(value).split("\n")
    lines = (" ".join(str(piece).split()) for piece in pieces)
    return "\n".join(line for line in lines if line)


class CourseSource(Source):
    kind = "course"
    label = _("Courses")
    label_one = _("Course")
    order = 30

    def keys(self) -> Iterable[str]:
        return (str(pk) for pk in CoursePage.objects.live().values_list("pk", flat=True))

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        lookups = SimpleNamespace()
        for course in CoursePage.objects.live().filter(pk__in=keys):
            yield Document(
                id=f"course:{course.pk}",
                key=str(course.pk),
                kind=self.kind,
                url=_address(course, lookups),
                title=course.title,
                body="\n".join(
                    [course.summary, words_of(course.introduction), words_of(course.outcomes)]
                ),
                audience=(MEMBERS,),
                course=course.title,
                date=_day(course),
            )

    def keys_with(self, words: Sequence[str], limit: int) -> Iterable[str]:
        found = CoursePage.objects.live()
        for word in beginnings(words):
            found = found.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(introduction__icontains=word)
                | Q(outcomes__icontains=word)
            )
        return _first_keys(found, limit)


class LessonSource(Source):
    kind = "lesson"
    label = _("Lessons")
    label_one = _("Lesson")
    order = 40

    def keys(self) -> Iterable[str]:
        return (str(pk) for pk in LessonPage.objects.taught().values_list("pk", flat=True))

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        lessons = list(LessonPage.objects.taught().filter(pk__in=keys))
        courses, lookups = _courses_of(lessons), SimpleNamespace()
        for lesson in lessons:
            course = courses[_above(lesson)]
            yield Document(
                id=f"lesson:{lesson.pk}",
                key=str(lesson.pk),
                kind=self.kind,
                url=_address(lesson, lookups),
                title=lesson.title,
                heading=course.title,
                body="\n".join([lesson.summary, words_of(lesson.body)]),
                audience=(MEMBERS,),
                group=f"course:{course.pk}",
                group_label=course.title,
                course=course.title,
                date=_day(lesson),
            )

    def keys_with(self, words: Sequence[str], limit: int) -> Iterable[str]:
        found = LessonPage.objects.taught()
        for word in beginnings(words):
            found = found.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(body__icontains=word)
            )
        return _first_keys(found, limit)


class FilmSource(Source):
    """The words of a film, passage by passage, each opening at the second that is asked for."""

    kind = "film"
    label = _("Said in films")
    label_one = _("Said in a film")
    order = 50

    def keys(self) -> Iterable[str]:
        shown = LessonPage.objects.taught().filter(film__isnull=False)
        return (str(pk) for pk in shown.values_list("pk", flat=True))

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        lessons = list(
            LessonPage.objects.taught()
            .filter(pk__in=keys, film__in=Film.objects.ready())
            .select_related("film")
        )
        courses, lookups = _courses_of(lessons), SimpleNamespace()
        spoken = _cues_of(lesson.film for lesson in lessons if lesson.film)
        for lesson in lessons:
            course, address = courses[_above(lesson)], _address(lesson, lookups)
            for cues in passages(spoken.get(lesson.film_id or 0, [])):
                yield self._document(lesson, course, address, cues)

    def _document(
        self, lesson: LessonPage, course: CoursePage, address: str, cues: list[Cue]
    ) -> Document:
        assert lesson.film is not None  # noqa: S101  only lessons with a film are asked for
        start = cues[0].start
        body, moments = "", []
        for cue in cues:
            body += " " if body else ""
            moments.append((len(body), cue.start))
            body += cue.sentence
        return Document(
            id=f"film:{lesson.pk}:{start:.2f}",
            key=str(lesson.pk),
            kind=self.kind,
            url=f"{address}?t={{t}}#film",
            title=lesson.film.title,
            heading=lesson.title,
            body=body,
            audience=(MEMBERS,),
            group=f"film:{lesson.film_id}",
            group_label=lesson.film.title,
            course=course.title,
            seconds=start,
            moments=tuple(moments),
            date=_day(lesson),
        )

    def keys_with(self, words: Sequence[str], limit: int) -> Iterable[str]:
        found = LessonPage.objects.taught().filter(film__in=Film.objects.ready())
        cues = Cue.objects.filter(
            track__film=OuterRef("film"),
            track__language=OuterRef("film__language"),
            track__in=CaptionTrack.objects.current(),
        )
        for word in beginnings(words):
            found = found.filter(
                Q(film__title__icontains=word)
                | Q(title__icontains=word)
                | Exists(cues.filter(text__icontains=word))
            )
        return _first_keys(found, limit)


def passages(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    """Gather cues into passages, which end with a sentence and are long enough to make sense.

    A sentence ends one from `SHORTEST_PASSAGE` seconds on; none is longer than `LONGEST_PASSAGE`
    by more than its last cue.
    """
    passage: list[Cue] = []
    for cue in cues:
        passage.append(cue)
        length = cue.end - passage[0].start
        ended = cue.text.rstrip().endswith(SENTENCE_ENDS)
        if (ended and length >= SHORTEST_PASSAGE) or length >= LONGEST_PASSAGE:
            yield passage
            passage = []
    if passage:
        yield passage


def _cues_of(films: Iterable[Film]) -> dict[int, list[Cue]]:
    """Return what is said in each film, in its own language, in order; by the film's pk."""
    languages = {film.pk: film.language for film in films}
    found = (
        Cue.objects.filter(track__in=CaptionTrack.objects.current().filter(film__in=languages))
        .select_related("track")
        .defer("words")
        .order_by("track__film", "track", "position")
    )
    spoken = (cue for cue in found if cue.track.language == languages[cue.track.film_id])
    return {pk: list(cues) for pk, cues in groupby(spoken, lambda cue: cue.track.film_id)}


def _courses_of(lessons: Iterable[LessonPage]) -> dict[str, CoursePage]:
    """Return the courses of lessons by their path."""
    paths = {_above(lesson) for lesson in lessons}
    return {course.path: course for course in CoursePage.objects.filter(path__in=paths)}


def _above(page: Page) -> str:
    return page.path[: -Page.steplen]


def _address(page: Page, lookups: SimpleNamespace) -> str:
    """Return where a page is read; what Wagtail looks up for it once is kept in `lookups`."""
    parts = page.get_url_parts(request=lookups)
    return (parts and parts[2]) or ""


def _day(page: Page) -> datetime.date | None:
    """Return the day on which a page was last published."""
    return timezone.localdate(page.last_published_at) if page.last_published_at else None


def _first_keys(pages: QuerySet[Any], limit: int) -> list[str]:
    return [str(pk) for pk in pages.order_by("path").values_list("pk", flat=True)[:limit]]
