"""Lessons tell the library which rules they cite, whenever they are published or taken away."""

import datetime

import pytest
from wagtail.models import Page

from courses.models import CataloguePage, CoursePage, HubPage, LessonPage
from library.rules.models import CitingText
from tests.factories.library import make_edition, make_work
from tests.factories.party import MemberFactory


@pytest.fixture
def lesson(db):
    make_edition(make_work(title="Sample Rule Book"), in_force_from=datetime.date(2020, 1, 1))
    owner = MemberFactory()
    hub = Page.objects.get(depth=1).add_child(instance=HubPage(title="Hub", slug="the-hub"))
    catalogue = hub.add_child(instance=CataloguePage(title="Courses", slug="courses"))
    course = catalogue.add_child(
        instance=CoursePage(title="Course", slug="course", summary="A course.", minutes=10)
    )
    page = LessonPage(
        title="The log",
        slug="log",
        summary="What Chapter 7 Clause IV asks for.",
        owner=owner,
        body=[
            ("provision", {"work": "sample", "citation": "4.II.1", "note": ""}),
            ("text", "<p>As <b>Chapter 7</b> Clause VIII.3 of the Sample Rule Book says.</p>"),
        ],
    )
    course.add_child(instance=page)
    page.save_revision().publish()
    return page


def cited() -> list[str]:
    return sorted(CitingText.objects.values_list("citation", flat=True))


def test_a_published_lesson_tells_what_it_quotes_and_cites(lesson):
    assert cited() == ["4.II.1", "7.IV", "7.VIII.3"]
    citing = CitingText.objects.get(citation="4.II.1")
    assert (citing.kind, citing.key, citing.title) == ("lesson", str(lesson.pk), "The log")
    assert (citing.owner, citing.audience) == (lesson.owner, ["members"])
    assert citing.edit_url == f"/admin/pages/{lesson.pk}/edit/"


def test_a_lesson_published_again_tells_what_it_cites_now(lesson):
    lesson.body = [("text", "<p>Nothing.</p>")]
    lesson.save_revision().publish()

    assert cited() == ["7.IV"]


def test_a_lesson_of_a_course_that_is_taken_away_or_deleted_cites_nothing(lesson):
    course = CoursePage.objects.get()
    course.unpublish()
    assert cited() == []
    course.save_revision().publish()
    assert cited() == ["4.II.1", "7.IV", "7.VIII.3"]

    lesson.delete()
    assert cited() == []
