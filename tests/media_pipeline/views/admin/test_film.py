"""Films in the editors' admin: list, upload, one film with its work, the chooser, deletion."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from courses.models import LessonPage
from media_pipeline.models import Film, Job
from media_pipeline.wagtail_hooks import FilmChooserViewSet
from tests.factories.media_pipeline import FilmFactory, JobFactory, watchable
from tests.media_pipeline.views.admin.test_upload import send

INDEX = "/admin/films/"
LIST_QUERIES, PAGE_QUERIES, WORK_QUERIES, CHOOSER_QUERIES = 10, 15, 7, 7


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


def page(film, name="edit"):
    return reverse(f"films:{name}", args=[film.pk])


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def under_way(**fields):
    """A film whose second of three steps is running."""
    film = FilmFactory(**fields)
    rows = [
        (Job.Step.PROBE, Job.Status.DONE, "0:03 long.", 1.0),
        (Job.Step.RENDITIONS, Job.Status.RUNNING, "", 0.5),
        (Job.Step.POSTER, Job.Status.WAITING, "", 0.0),
    ]
    for position, (step, status, reason, progress) in enumerate(rows, start=1):
        JobFactory(
            film=film,
            step=step,
            position=position,
            status=status,
            reason=reason,
            progress=progress,
        )
    return film


# --- list ------------------------------------------------------------------------------------


def test_films_are_in_the_menu_of_those_who_work_on_them(admin, member):
    assert '"url": "/admin/films/"' in admin.get("/admin/").content.decode()
    admin.force_login(member)
    assert admin.get(INDEX).status_code in {302, 403}


def test_the_list_says_title_state_duration_who_and_when(admin, editor):
    now = timezone.make_aware(datetime.datetime(2026, 11, 21, 12))
    watchable(title="Keeping a record", duration=95.0, uploaded_by=editor, created_at=now)
    FilmFactory(title="Notes", state=Film.State.REFUSED, created_at=now)
    html = admin.get(INDEX).content.decode()
    for said in (
        "Keeping a record",
        'film-state--ready">Ready<',
        "1:35",
        "Edith Editor",
        'film-state--refused">Refused<',
    ):
        assert said in html
    assert "media_pipeline/admin.css" in html
    assert html.index("Notes") < html.index("Keeping a record")  # the newest first


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_many_queries_for_three_films_as_for_one(
    admin, count, django_assert_num_queries
):
    for _ in range(count):
        watchable()
    admin.get(INDEX)
    with django_assert_num_queries(LIST_QUERIES):
        admin.get(INDEX)


def test_films_are_found_by_their_title(admin):
    watchable(title="Keeping a record")
    watchable(title="Handing over")
    html = admin.get(INDEX, {"q": "record"}).content.decode()
    assert "Keeping a record" in html
    assert "Handing over" not in html


# --- one film --------------------------------------------------------------------------------


def test_the_work_is_shown_step_by_step_with_a_bar_and_a_sentence(admin):
    film = under_way()
    html = admin.get(page(film)).content.decode()
    assert "Step 2 of 3: Make the versions to watch." in html
    assert '<progress class="film-work__bar" max="1" value="0.5"' in html
    assert 'film-step--done"' in html
    assert 'film-step--running"' in html
    assert 'film-step--waiting"' in html
    assert "0:03 long." in html
    assert len(re.findall("<h1[ >]", html)) == 1


def test_the_page_asks_again_only_while_work_goes_on(admin):
    going, over = under_way(), watchable()
    html = admin.get(page(going)).content.decode()
    assert f'hx-get="{page(going, "work")}?said=' in html
    assert 'hx-trigger="every 2s"' in html
    assert "vendor/htmx/htmx.min.js" in html
    html = admin.get(page(over)).content.decode()
    assert "hx-get" not in html
    assert "htmx.min.js" not in html


def test_a_step_is_announced_once_and_the_end_brings_the_whole_page(admin):
    film = under_way()
    first = admin.get(page(film, "work"), {"said": "processing.probe.running"})
    assert 'hx-swap-oob="innerHTML">Step 2 of 3' in first.content.decode()
    again = admin.get(page(film, "work"), {"said": "processing.renditions.running"})
    assert "hx-swap-oob" not in again.content.decode()
    assert "HX-Refresh" not in again
    film.jobs.update(status=Job.Status.DONE)
    film.state = Film.State.READY
    film.save()
    assert admin.get(page(film, "work"))["HX-Refresh"] == "true"


def test_a_ready_film_is_shown_with_player_captions_and_the_engine(admin):
    film = watchable()
    track = film.tracks.get()
    track.reason = "No Whisper model is present."
    track.save()
    html = admin.get(page(film)).content.decode()
    assert f"/films/{film.uuid}/720p.mp4" in html
    assert "automatic, not yet checked" in html
    assert "No Whisper model is present. Version 1, made with pocketsphinx" in html
    assert html.count('class="transcript__line"') == 3


def test_a_line_of_the_transcript_works_without_scripts(admin):
    html = admin.get(page(watchable()), {"t": "4.0"}).content.decode()
    assert "720p.mp4#t=4" in html


def test_a_refused_film_says_what_happened_what_was_kept_and_what_to_do(admin):
    film = FilmFactory(state=Film.State.REFUSED, refusal="This file is a text file.", original="")
    said = text_of(admin.get(page(film)))
    assert "This file is a text file." in said
    assert "The file was not kept" in said
    assert "Upload the film again" in said


@pytest.mark.parametrize("count", [1, 3])
def test_a_film_s_page_costs_as_many_queries_for_many_rows_as_for_few(
    admin, count, django_assert_num_queries
):
    film = watchable()
    steps = [Job.Step.PROBE, Job.Step.RENDITIONS, Job.Step.POSTER]
    for position, step in enumerate(steps[:count], start=1):
        JobFactory(film=film, step=step, position=position, status=Job.Status.DONE)
    admin.get(page(film))
    with django_assert_num_queries(PAGE_QUERIES):
        admin.get(page(film))


def test_the_repeated_question_is_cheap(admin, django_assert_num_queries):
    film = under_way()
    admin.get(page(film, "work"))
    with django_assert_num_queries(WORK_QUERIES):
        admin.get(page(film, "work"))


# --- run again -------------------------------------------------------------------------------


def failed_step():
    film = FilmFactory(state=Film.State.NEEDS_ATTENTION)
    return JobFactory(
        film=film,
        status=Job.Status.FAILED,
        reason="ffmpeg stopped: no space left on device",
    )


def test_a_failed_step_shows_its_reason_and_runs_again_at_a_press(admin, editor):
    job = failed_step()
    html = admin.get(page(job.film)).content.decode()
    assert "ffmpeg stopped: no space left on device" in html
    assert "Run again" in html
    response = admin.post(reverse("films:retry", args=[job.pk]))
    assert response.url == page(job.film)
    job.refresh_from_db()
    job.film.refresh_from_db()
    assert (job.status, job.film.state) == ("waiting", "processing")
    entry = ModelLogEntry.objects.get(action="media_pipeline.retry")
    assert (entry.user, entry.data["old"], entry.data["new"]) == (editor, "failed", "waiting")


def test_a_step_that_did_not_fail_is_left_alone(admin):
    job = JobFactory(status=Job.Status.DONE)
    response = admin.post(reverse("films:retry", args=[job.pk]), follow=True)
    assert "Only a step that failed can be run again" in text_of(response)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE


def test_looking_at_the_button_s_address_changes_nothing(admin):
    job = failed_step()
    assert admin.get(reverse("films:retry", args=[job.pk])).status_code == 405
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED


# --- deletion --------------------------------------------------------------------------------


def test_deletion_is_asked_for_and_then_done(admin):
    film = watchable(title="Old film")
    assert "This cannot be undone." in text_of(admin.get(page(film, "delete")))
    assert Film.objects.count() == 1
    response = admin.post(page(film, "delete"))
    assert response.url == INDEX
    assert not Film.objects.exists()
    assert "“Old film” was deleted." in text_of(admin.get(INDEX))


def test_a_film_that_a_lesson_shows_is_not_deleted_and_the_lesson_is_named(admin):
    film = watchable(title="Keeping a record")
    lesson = LessonPage(title="Lesson four", summary="Write it down.", film=film)
    Page.get_first_root_node().add_child(instance=lesson)
    said = text_of(admin.get(page(film, "delete")))
    assert "“Keeping a record” cannot be deleted: it is shown in “Lesson four”." in said
    assert "Yes, delete" not in said
    response = admin.post(page(film, "delete"), follow=True)
    assert "Nothing was changed." in text_of(response)
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


def test_the_history_tells_who_did_what(admin, editor):
    send(admin)
    said = text_of(admin.get(page(Film.objects.get(), "history")))
    assert "Film uploaded" in said
    assert "Edith Editor" in said


# --- chooser ---------------------------------------------------------------------------------


def test_only_films_that_are_ready_are_offered_for_a_lesson(admin):
    ready, _ = watchable(title="Keeping a record"), FilmFactory(title="Half done")
    html = admin.get(reverse("film_chooser:choose")).json()["html"]
    assert "Keeping a record" in html
    assert "Half done" not in html
    chosen = admin.get(reverse("film_chooser:chosen", args=[ready.pk])).json()["result"]
    assert (chosen["id"], chosen["title"]) == (str(ready.pk), "Keeping a record")
    assert chosen["edit_url"] == page(ready)


def test_a_forged_choice_of_a_film_that_is_not_ready_is_not_found(admin):
    half = FilmFactory()
    assert admin.get(reverse("film_chooser:chosen", args=[half.pk])).status_code == 404


def test_the_chooser_finds_films_by_title(admin):
    watchable(title="Keeping a record")
    watchable(title="Handing over")
    html = admin.get(reverse("film_chooser:choose_results"), {"q": "hand"}).content.decode()
    assert "Handing over" in html
    assert "Keeping a record" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_chooser_costs_as_many_queries_for_three_films_as_for_one(
    admin, count, django_assert_num_queries
):
    for _ in range(count):
        watchable()
    admin.get(reverse("film_chooser:choose"))
    with django_assert_num_queries(CHOOSER_QUERIES):
        admin.get(reverse("film_chooser:choose"))


def test_pages_that_hold_a_film_get_this_chooser():
    assert FilmChooserViewSet("film_chooser").widget_class.model is Film
