"""Search is told of courses, lessons and the words spoken in their films, and of every change."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses.models import CoursePage, LessonPage
from courses.sources import (
    LONGEST_PASSAGE,
    SHORTEST_PASSAGE,
    CourseSource,
    FilmSource,
    LessonSource,
    passages,
    words_of,
)
from media_pipeline import listeners
from media_pipeline.models import CaptionTrack, Cue, Film
from search.models import ChangedEntry
from tests.factories.courses import make_course, make_lesson
from tests.factories.media_pipeline import FilmFactory
from tests.factories.party import MemberFactory

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
    film = FilmFactory(title="A film", state=Film.State.READY, duration=10.0)
    track = CaptionTrack.objects.create(
        film=film, language="en", kind="aligned", version=1, is_current=True
    )
    for position, (start, end, text) in enumerate(SPOKEN):
        Cue.objects.create(track=track, position=position, start=start, end=end, text=text)
    return film


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


def test_a_film_is_found_in_passages_that_know_the_second_of_each_word(film):
    lesson = make_lesson(make_course(lessons=0), film=film)
    (found,) = FilmSource().documents([str(lesson.pk)])
    assert found.body == (
        "Before you remove a comment, take one minute. A quorum is not needed for that."
    )
    assert [(found.body[start:][:8], second) for start, second in found.moments] == [
        ("Before y", 0.5),
        ("A quorum", 3.5),
        ("for that", 6.5),
    ]
    assert found.seconds == 0.5
    assert found.second_of(found.body.index("quorum")) == 3.5
    assert found.opening_at(3.5) == "/courses/moderating/lesson-1/?t=1.5#film"
    assert (found.group_label, found.course) == ("A film", "Course moderating")


def test_a_film_opens_two_seconds_before_the_words(film, client):
    """The very address that search gives is the one that the lesson's page understands."""
    lesson = make_lesson(make_course(lessons=0), film=film)
    (found,) = FilmSource().documents([str(lesson.pk)])
    client.force_login(MemberFactory())

    page = client.get(found.opening_at(found.second_of(found.body.index("quorum"))))

    assert page.context["player"]["start"] == 1.5


def test_only_the_film_as_viewers_hear_it_is_found(film):
    lesson = make_lesson(make_course(lessons=0), film=film)
    for language, current in (("en", False), ("cy", True)):
        track = CaptionTrack.objects.create(
            film=film, language=language, kind="aligned", version=2, is_current=current
        )
        Cue.objects.create(track=track, position=0, start=0.0, end=2.0, text="Elsewhere.")

    (found,) = FilmSource().documents([str(lesson.pk)])

    assert "Elsewhere" not in found.body
    assert list(FilmSource().keys_with(["elsewhere"], 5)) == []
    assert list(FilmSource().keys_with(["minutes", "quorum"], 5)) == [str(lesson.pk)]


def test_lessons_and_courses_say_which_course_they_are_of(film):
    course = make_course(lessons=1)
    lesson = course.lessons().get()
    (document,) = LessonSource().documents([str(lesson.pk)])
    (taught,) = CourseSource().documents([str(course.pk)])

    assert (document.group_label, document.course) == ("Course moderating", "Course moderating")
    assert taught.course == "Course moderating"
    assert document.date == taught.date == timezone.localdate()


@pytest.mark.parametrize(("source", "queries"), [(CourseSource, 1), (LessonSource, 2)])
@pytest.mark.parametrize("count", [1, 3])
def test_documents_cost_as_many_queries_however_many_there_are(
    db, source, queries, count, django_assert_num_queries
):
    for number in range(count):
        make_course(f"course-{number}", lessons=1)
    keys = list(source().keys())
    list(source().documents(keys))  # the hub's own address is in the cache from now on

    with django_assert_num_queries(queries):
        assert len(list(source().documents(keys))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_films_cost_three_queries_however_many_there_are(film, count, django_assert_num_queries):
    course = make_course(lessons=0)
    keys = [str(make_lesson(course, n, film=film).pk) for n in range(1, count + 1)]
    list(FilmSource().documents(keys))

    with django_assert_num_queries(3):
        assert len(list(FilmSource().documents(keys))) == count


def test_pages_are_found_without_the_index_by_all_of_the_words(film, django_assert_num_queries):
    course = make_course(lessons=2)
    first, second = course.lessons()
    shown = make_lesson(course, 3, film=film, title="Watching")

    for source, words, keys in (
        (CourseSource(), ["courses", "welcome"], [course.pk]),
        (CourseSource(), ["lesson"], []),
        (LessonSource(), ["words"], [first.pk, second.pk, shown.pk]),
        (LessonSource(), ["words", "watched"], [shown.pk]),
        (FilmSource(), ["removing", "films"], [shown.pk]),
        (FilmSource(), ["words"], []),
    ):
        with django_assert_num_queries(1):
            assert list(source.keys_with(words, 5)) == [str(pk) for pk in keys]
    course.unpublish()
    for source in (CourseSource(), LessonSource(), FilmSource()):
        assert list(source.keys_with(["comment"], 5)) == []


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
    listeners.announce(film)
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
    for passage in gathered:
        lasted = [cue.end - passage[0].start for cue in passage]
        ended = [cue.text.endswith((".", "?")) for cue in passage]
        assert all(length < LONGEST_PASSAGE for length in lasted[:-1])
        assert not any(
            end and length >= SHORTEST_PASSAGE
            for end, length in zip(ended[:-1], lasted[:-1], strict=True)
        )
    for passage in gathered[:-1]:
        lasted = passage[-1].end - passage[0].start
        assert lasted >= SHORTEST_PASSAGE
        assert passage[-1].text.endswith((".", "?")) or lasted >= LONGEST_PASSAGE


def test_rich_text_is_read_without_its_tags():
    assert words_of("<p>One</p><ul><li>two &lt;3</li></ul>").split() == ["One", "two", "<3"]
