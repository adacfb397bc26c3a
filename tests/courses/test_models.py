"""What may be published, and who sees it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from courses.models import CataloguePage, CoursePage, LessonPage
from media_pipeline.models import Film
from party.models import Member
from tests.factories.courses import make_course, make_lesson
from tests.factories.media_pipeline import FilmFactory
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "state", [Film.State.PROCESSING, Film.State.REFUSED, Film.State.NEEDS_ATTENTION]
)
def test_a_lesson_refuses_a_film_that_is_not_ready(state):
    lesson = LessonPage(title="A lesson", slug="a", summary="s", film=FilmFactory(state=state))
    with pytest.raises(ValidationError, match="not ready yet"):
        lesson.clean()


def test_members_see_what_is_live_and_editors_drafts_too():
    course = make_course(lessons=3)
    draft = course.lessons()[1]
    draft.unpublish()
    editor = Member.objects.create_superuser("editor@members.example", "x")
    every = set(LessonPage.objects.all())
    assert set(LessonPage.objects.visible_to(editor)) == every
    assert set(LessonPage.objects.visible_to(MemberFactory())) == every - {draft}
    for nobody in (AnonymousUser(), MemberFactory(is_active=False)):
        assert not LessonPage.objects.visible_to(nobody).exists()


def test_a_draft_of_a_course_is_seen_by_editors_alone():
    course = make_course()
    course.unpublish()
    editor = Member.objects.create_superuser("editor@members.example", "x")
    assert not CoursePage.objects.visible_to(MemberFactory()).exists()
    assert CoursePage.objects.visible_to(editor).exists()


def test_a_course_counts_its_live_lessons():
    course = make_course(lessons=3)
    course.lessons()[0].unpublish()
    assert CoursePage.objects.with_counts().get(pk=course.pk).lesson_count == 2


def test_after_a_lesson_comes_the_next_then_the_quiz_then_nothing():
    course = make_course(lessons=2)
    first, second = course.lessons()
    assert course.after(first) == second
    assert course.after(second) == course.quiz()
    course.quiz().unpublish()
    assert course.after(second) is None


def test_an_author_previews_a_lesson_without_a_learner(rf):
    lesson = make_lesson(make_course(lessons=0))
    request = rf.get("/")
    request.user = MemberFactory()
    page = lesson.make_preview_request(request)
    assert "The words of lesson 1." in page.render().content.decode()


def test_an_empty_catalogue_says_so(client):
    make_course().delete()
    client.force_login(MemberFactory())
    page = client.get(CataloguePage.objects.get().get_url())
    assert "No course has been published yet." in page.content.decode()
