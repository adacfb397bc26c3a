"""Before a film goes: asked for, refused where a lesson needs it."""

from wagtail.models import ModelLogEntry, Page

from courses.models import LessonPage
from media_pipeline.models import Film
from tests.factories.media_pipeline import watchable
from tests.media_pipeline.views.admin.conftest import INDEX, page
from tests.pages import visible_text


def test_deletion_is_asked_for_and_then_done(admin):
    film = watchable(title="Old film")
    assert "This cannot be undone." in visible_text(admin.get(page(film, "delete")))
    assert Film.objects.count() == 1
    response = admin.post(page(film, "delete"))
    assert response.url == INDEX
    assert not Film.objects.exists()
    assert "“Old film” was deleted." in visible_text(admin.get(INDEX))


def test_a_film_that_a_lesson_shows_is_not_deleted_and_the_lesson_is_named(admin):
    film = watchable(title="Keeping a record")
    lesson = LessonPage(title="Lesson four", summary="Write it down.", film=film)
    Page.get_first_root_node().add_child(instance=lesson)
    said = visible_text(admin.get(page(film, "delete")))
    assert "“Keeping a record” cannot be deleted: it is shown in “Lesson four”." in said
    assert "Yes, delete" not in said
    response = admin.post(page(film, "delete"), follow=True)
    assert "Nothing was changed." in visible_text(response)
    assert Film.objects.get().renditions.count() == 2
    assert not ModelLogEntry.objects.filter(action="media_pipeline.delete").exists()
    lesson.delete()
    admin.post(page(film, "delete"))
    assert not Film.objects.exists()


def test_deletion_needs_its_permission(admin, editor):
    film = watchable()
    editor.groups.get().permissions.filter(codename="delete_film").delete()
    assert admin.post(page(film, "delete")).status_code in {302, 403}
    assert Film.objects.count() == 1
