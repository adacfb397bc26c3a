"""Search is told of courses, lessons and the words spoken in their films, and of every change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models import CoursePage, LessonPage
from courses.sources import CourseSource, FilmSource, LessonSource, passages, words_of
from media_pipeline import ready
from media_pipeline.models import CaptionTrack, Cue, Recording
from search.models import ChangedEntry
from tests.factories.courses import make_course, make_lesson
from tests.factories.media_pipeline import RecordingFactory

SPOKEN = [
    (0.5, 3.0, "Before you remove a comment,\ntake one minute."),
    (3.5, 6.0, "A quorum is not needed"),
    (6.5, 9.0, "for that."),
]


def changed():
    return {(entry.kind, entry.key) for entry in ChangedEntry.objects.all()}


@pytest.fixture
def film(db):
    """A film that is ready, with three cues."""
    recording = RecordingFactory(title="A film", state=Recording.State.READY, duration=10.0)
    track = CaptionTrack.objects.create(
        recording=recording, language="en", kind="aligned", version=1, is_current=True
    )
    for position, (start, end, text) in enumerate(SPOKEN):
        Cue.objects.create(track=track, position=position, start=start, end=end, text=text)
    return recording


@pytest.mark.django_db
def test_a_lesson_is_found_by_its_words_without_tags_or_labels():
    lesson = make_lesson(
        make_course(lessons=0),
        body=[
            ("text", "<p>Words &amp; <b>deeds</b></p>"),
            ("checklist", {"title": "Tomorrow", "items": ["Ring the lead"]}),
        ],
    )
    (document,) = LessonSource().documents([str(lesson.pk)])
    assert document.url == "/courses/moderating/lesson-1/"
    assert document.heading == "Course moderating"
    assert document.body.splitlines() == [
        "What lesson 1 is about.",
        "Words & deeds",
        "Tomorrow",
        "Ring the lead",
    ]


@pytest.mark.django_db
def test_a_course_is_found_by_its_summary_and_introduction():
    course = make_course()
    (document,) = CourseSource().documents(list(CourseSource().keys()))
    assert (document.key, document.title) == (str(course.pk), "Course moderating")
    assert document.body.splitlines() == ["A short course.", "Welcome."]


def test_a_film_is_found_sentence_by_sentence_at_its_second(film):
    lesson = make_lesson(make_course(lessons=0), film=film)
    found = list(FilmSource().documents([str(lesson.pk)]))
    assert [(one.seconds, one.body) for one in found] == [
        (0.5, "Before you remove a comment, take one minute."),
        (3.5, "A quorum is not needed for that."),
    ]
    assert found[1].url == "/courses/moderating/lesson-1/?t=3.5#film"


def test_what_is_not_published_is_not_offered(film):
    lesson = make_lesson(make_course(lessons=0), film=film)
    lesson.unpublish()
    for source in (LessonSource(), FilmSource()):
        assert list(source.keys()) == []
        assert list(source.documents([str(lesson.pk)])) == []


def test_publishing_unpublishing_and_deleting_are_handed_to_search(film):
    lesson = make_lesson(make_course(lessons=0), film=film)
    mine = {("lesson", str(lesson.pk)), ("film", str(lesson.pk))}
    for change in (lesson.save_revision().publish, lesson.unpublish, lesson.delete):
        ChangedEntry.objects.all().delete()
        change()
        assert changed() == mine


@pytest.mark.django_db
def test_the_lessons_of_a_withdrawn_course_are_not_offered():
    course = make_course(lessons=2)
    course.unpublish()
    assert list(LessonSource().keys()) == []
    keys = [str(pk) for pk in LessonPage.objects.values_list("pk", flat=True)]
    assert list(LessonSource().documents(keys)) == []


@pytest.mark.django_db
def test_a_moved_lesson_is_handed_to_search():
    lesson = make_lesson(make_course("one", lessons=0))
    other = make_course("two", lessons=0)
    ChangedEntry.objects.all().delete()
    lesson.move(other, pos="last-child")
    assert ("lesson", str(lesson.pk)) in changed()


@pytest.mark.django_db
def test_deleting_a_course_takes_its_lessons_out_of_search():
    course = make_course(lessons=2)
    wanted = {("lesson", str(pk)) for pk in LessonPage.objects.values_list("pk", flat=True)}
    ChangedEntry.objects.all().delete()
    CoursePage.objects.get(pk=course.pk).delete()
    assert wanted | {("course", str(course.pk))} <= changed()


def test_new_captions_are_handed_to_search(film):
    lesson = make_lesson(make_course(lessons=0), film=film)
    ChangedEntry.objects.all().delete()
    ready.announce(film)
    assert changed() == {("film", str(lesson.pk))}


cues = st.lists(
    st.tuples(st.floats(0.1, 6.0), st.sampled_from(["a few words", "An end.", "Really?", "x,"])),
    max_size=40,
)


@given(cues)
def test_passages_keep_every_cue_once_and_in_order(spoken):
    start, made = 0.0, []
    for length, text in spoken:
        made.append(Cue(start=start, end=start + length, text=text))
        start += length
    gathered = list(passages(made))
    assert [cue for passage in gathered for cue in passage] == made
    assert all(passage for passage in gathered)
    assert not any(cue.text.endswith((".", "?")) for passage in gathered for cue in passage[:-1])


def test_rich_text_is_read_without_its_tags():
    assert words_of("<p>One</p><ul><li>two &lt;3</li></ul>").split() == ["One", "two", "<3"]
