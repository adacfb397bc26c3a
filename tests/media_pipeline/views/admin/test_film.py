"""Films in the editors' admin: list, upload, one film with its work, the chooser, deletion."""

import re

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import FilmFactory, JobFactory, watchable
from tests.media_pipeline.views.admin.conftest import PAGE_QUERIES, WORK_QUERIES, page
from tests.pages import visible_text


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
    assert f'hx-get="{page(going, "film_jobs")}?said=' in html
    assert 'hx-trigger="every 2s"' in html
    assert "vendor/htmx/htmx.min.js" in html
    html = admin.get(page(over)).content.decode()
    assert "hx-get" not in html
    assert "htmx.min.js" not in html


def test_a_step_is_announced_once_and_the_end_brings_the_whole_page(admin):
    film = under_way()
    first = admin.get(page(film, "film_jobs"), {"said": "processing.probe.running"})
    assert 'hx-swap-oob="innerHTML">Step 2 of 3' in first.content.decode()
    again = admin.get(page(film, "film_jobs"), {"said": "processing.renditions.running"})
    assert "hx-swap-oob" not in again.content.decode()
    assert "HX-Refresh" not in again
    film.jobs.update(status=Job.Status.DONE)
    film.state = Film.State.READY
    film.save()
    assert admin.get(page(film, "film_jobs"))["HX-Refresh"] == "true"


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
    said = visible_text(admin.get(page(film)))
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
    admin.get(page(film, "film_jobs"))
    with django_assert_num_queries(WORK_QUERIES):
        admin.get(page(film, "film_jobs"))


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
    assert "Only a step that failed can be run again" in visible_text(response)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE


def test_looking_at_the_button_s_address_changes_nothing(admin):
    job = failed_step()
    assert admin.get(reverse("films:retry", args=[job.pk])).status_code == 405
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
