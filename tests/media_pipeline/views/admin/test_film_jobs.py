"""The work as people see it: the page of all of it, the filter, the buttons, and who may press."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import (
    JobFactory,
    ReadyFilmFactory,
)
from tests.media_pipeline.views.admin.conftest import at_work, page
from tests.pages import visible_text

pytestmark = pytest.mark.django_db

Step, Status, State = Job.Step, Job.Status, Film.State


@pytest.mark.parametrize("name", ["stop", "again"])
def test_who_may_not_work_on_a_film_gets_nowhere(client, author, name):
    hidden = at_work()
    shown = at_work(film=ReadyFilmFactory())
    client.force_login(author)
    assert client.post(page(hidden.film, name)).status_code == 404
    assert client.post(page(shown.film, name)).status_code in {302, 403}
    assert Job.objects.running().count() == 2


def test_an_author_cannot_have_anothers_job_done_again(client, author):
    job = JobFactory(status=Status.FAILED, film__state=State.NEEDS_ATTENTION)
    client.force_login(author)
    assert client.post(reverse("films:retry", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.status == Status.FAILED


def test_an_author_stops_the_work_on_their_own_film_and_has_it_go_on(client, author):
    job = at_work(film__uploaded_by=author)
    client.force_login(author)
    assert "Stop processing" in visible_text(client.get(page(job.film)))
    said = visible_text(client.post(page(job.film, "stop"), follow=True))
    assert "Processing was stopped. Finished steps are kept." in said
    assert "Stopped by Ada Author." in said
    assert "Carry on" in said
    said = visible_text(client.post(page(job.film, "again"), {"step": "probe"}, follow=True))
    assert "“Look at the file” will be done again." in said
    job.refresh_from_db()
    assert job.status == Status.WAITING


def test_one_step_or_all_of_a_ready_film_are_done_again_and_it_stays_watchable(
    admin, django_capture_on_commit_callbacks
):
    film = ReadyFilmFactory()
    job = JobFactory(film=film, step=Step.PROBE, status=Status.DONE)
    said = visible_text(admin.get(page(film)))
    assert "Run every step again" in said
    assert "Run again" in said
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(page(film, "again"), {"step": "probe"})
    assert DBTaskResult.objects.get(queue_name="media").args_kwargs["args"] == [job.pk]
    said = visible_text(admin.get(page(film)))
    assert "You can watch the film in the meantime." in said
    assert "Run every step again" not in said
    film.refresh_from_db()
    assert film.state == State.READY


def test_what_cannot_be_done_is_said_and_changes_nothing(admin):
    job = at_work()
    said = visible_text(admin.post(page(job.film, "again"), {"step": "nonsense"}, follow=True))
    assert "This film has no such step." in said
    said = visible_text(admin.post(page(job.film, "again"), follow=True))
    assert "The film is being worked on just now." in said
    done = JobFactory(status=Status.DONE, film__state=State.READY)
    said = visible_text(admin.post(page(done.film, "stop"), follow=True))
    assert "Nothing is being done to this film" in said
    job.refresh_from_db()
    assert job.status == Status.RUNNING


def test_a_step_that_waits_for_its_next_try_can_be_tried_now(admin):
    later = timezone.now() + datetime.timedelta(minutes=5)
    job = JobFactory(not_before=later, attempts=3, reason="No space left.")
    said = visible_text(admin.get(page(job.film)))
    assert "We will try again at" in said
    assert "Try it now" in said
    admin.post(page(job.film, "again"), {"step": "probe"})
    job.refresh_from_db()
    assert job.not_before is None
