"""What the search index is told about courses, lessons and the words spoken in their films."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.rich_text import get_text_for_indexing

from courses.models import CoursePage, LessonPage
from media_pipeline.models import Cue, Recording
from party.permissions import MEMBERS
from search.engines.base import Document
from search.sources import Source

PASSAGE_SECONDS = 12.0  # a passage ends with its sentence, or here at the latest
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
        for course in CoursePage.objects.live().filter(pk__in=keys):
            yield Document(
                id=f"course:{course.pk}",
                key=str(course.pk),
                kind=self.kind,
                url=course.get_url() or "",
                title=course.title,
                body="\n".join(
                    [course.summary, words_of(course.introduction), words_of(course.outcomes)]
                ),
                audience=(MEMBERS,),
            )


class LessonSource(Source):
    kind = "lesson"
    label = _("Lessons")
    label_one = _("Lesson")
    order = 40

    def keys(self) -> Iterable[str]:
        return (str(pk) for pk in LessonPage.objects.taught().values_list("pk", flat=True))

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        for lesson in LessonPage.objects.taught().filter(pk__in=keys):
            course = lesson.get_parent()
            yield Document(
                id=f"lesson:{lesson.pk}",
                key=str(lesson.pk),
                kind=self.kind,
                url=lesson.get_url() or "",
                title=lesson.title,
                heading=course.title,
                body="\n".join([lesson.summary, words_of(lesson.body)]),
                audience=(MEMBERS,),
                group=f"course:{course.pk}",
            )


class FilmSource(Source):
    """The words of a film, passage by passage, each opening at its second."""

    kind = "film"
    label = _("Said in films")
    label_one = _("Said in a film")
    order = 50

    def keys(self) -> Iterable[str]:
        shown = LessonPage.objects.taught().filter(film__isnull=False)
        return (str(pk) for pk in shown.values_list("pk", flat=True))

    def documents(self, keys: Sequence[str]) -> Iterator[Document]:
        shown = LessonPage.objects.taught().filter(pk__in=keys, film__in=Recording.objects.ready())
        for lesson in shown.select_related("film"):
            track = lesson.film.tracks.current().filter(language=lesson.film.language).first()
            for cues in passages(track.cues.defer("words") if track else []):
                yield self._document(lesson, cues)

    def _document(self, lesson: LessonPage, cues: list[Cue]) -> Document:
        assert lesson.film is not None  # noqa: S101  only lessons with a film are asked for
        start = cues[0].start
        return Document(
            id=f"film:{lesson.pk}:{start:.2f}",
            key=str(lesson.pk),
            kind=self.kind,
            url=f"{lesson.get_url()}?t={start:.1f}#film",
            title=lesson.film.title,
            heading=lesson.title,
            body=" ".join(cue.sentence for cue in cues),
            audience=(MEMBERS,),
            group=f"film:{lesson.film_id}",
            seconds=start,
        )


def passages(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    """Gather cues into passages that end with a sentence or after `PASSAGE_SECONDS` seconds."""
    passage: list[Cue] = []
    for cue in cues:
        passage.append(cue)
        ended = cue.text.rstrip().endswith(SENTENCE_ENDS)
        if ended or cue.end - passage[0].start >= PASSAGE_SECONDS:
            yield passage
            passage = []
    if passage:
        yield passage
