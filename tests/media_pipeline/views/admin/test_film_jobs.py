"""The work as people see it: the page of all of it, the filter, the buttons, and who may press."""

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import (
    FilmFactory,
    JobFactory,
    ReadyFilmFactory,
)
from tests.factories.party import MemberFactory
from tests.media_pipeline.views.admin.test_film import page, text_of

pytestmark = pytest.mark.django_db

Step, Status, State = Job.Step, Job.Status, Film.State
JOBS = "/admin/films/jobs/"
JOBS_QUERIES = {"sqlite": 13, "postgresql": 14}  # which is asked for the time too


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def author():
    person = MemberFactory(first_name="Ada", last_name="Author")
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "add_film"])
    )
    return person


def at_work(**fields) -> Job:
    now = timezone.now()
    return JobFactory(status=Status.RUNNING, heartbeat_at=now, started_at=now, **fields)


def one_of_each() -> dict[str, Job]:
    now = timezone.now()
    return {
        "running": at_work(step=Step.RENDITIONS, progress=0.25, attempts=2),
        "waiting": JobFactory(step=Step.ALIGNMENT, reason="It waits for another transcription."),
        "failed": JobFactory(
            film__state=State.NEEDS_ATTENTION,
            status=Status.FAILED,
            reason="No space left.",
            attempts=4,
            finished_at=now,
        ),
        "done": JobFactory(
            step=Step.TRANSCRIPTION,
            film__state=State.READY,
            status=Status.DONE,
            attempts=1,
            finished_at=now,
            cost_seconds=12.4,
            engine="whisper",
            engine_version="small.en",
        ),
    }


# --- the page of all work --------------------------------------------------------------------


def test_the_page_tells_what_runs_waits_failed_and_was_done(admin):
    jobs = one_of_each()
    response = admin.get(JOBS)
    said = text_of(response)
    assert 'value="0.25"' in response.content.decode()
    for sentence in (
        "Needs attention 1 Look at the file",
        "No space left.",
        "Running 1 Make the versions to watch",
        "Try number 2.",
        "Waiting 1",
        "It waits for another transcription.",
        "By whisper (small.en).",
        "Took 12 s.",
        "12 s of workers’ time went into what is done.",
    ):
        assert sentence in said
    for job in jobs.values():
        assert page(job.film) in response.content.decode()


def test_the_page_says_which_workers_do_not_respond_and_nothing_while_all_do(admin):
    silence = "No worker has responded for 30 seconds."
    assert text_of(admin.get(JOBS)).count(silence) == 2
    keys = [settings.WORKER_SIGN_OF_LIFE.format(queue=queue) for queue in ("speech", "media")]
    cache.set(keys[0], timezone.now())
    assert f"Films and clips {silence}" in text_of(admin.get(JOBS))
    assert f"Speech {silence}" not in text_of(admin.get(JOBS))
    cache.set(keys[1], timezone.now())
    assert silence not in text_of(admin.get(JOBS))
    cache.delete_many(keys)


def test_a_silent_worker_is_named(admin):
    Job.objects.filter(pk=at_work().pk).update(
        heartbeat_at=timezone.now() - datetime.timedelta(seconds=45)
    )
    sentence = "Its worker has not responded for 45 seconds. Another will take over."
    assert sentence in text_of(admin.get(JOBS))


def test_a_film_that_waits_is_listed_once_whatever_it_still_needs(admin):
    film = FilmFactory()
    for position, step in enumerate((Step.PROBE, Step.POSTER, Step.INDEX), start=1):
        JobFactory(film=film, step=step, position=position)
    said = text_of(admin.get(JOBS))
    assert "Waiting 1" in said
    assert "Choose still pictures" not in said


def test_the_lists_fetch_themselves(admin):
    one_of_each()
    assert f'hx-get="{JOBS}now/" hx-trigger="every 3s"' in admin.get(JOBS).content.decode()
    part = admin.get(f"{JOBS}now/").content.decode().strip()
    assert part.startswith('<div id="jobs"')
    assert "<html" not in part


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_as_many_queries_for_many_jobs_as_for_few(
    admin, count, django_assert_num_queries
):
    for _ in range(count):
        one_of_each()
    admin.get(f"{JOBS}now/")
    with django_assert_num_queries(JOBS_QUERIES[connection.vendor]):
        admin.get(f"{JOBS}now/")


def test_the_page_is_for_those_who_work_on_films(client, author, member):
    at_work(film__title="Somebody else’s")
    at_work(film__title="Her own", film__uploaded_by=author)
    client.force_login(author)
    said = text_of(client.get(JOBS))
    assert "Her own" in said
    assert "Somebody else’s" not in said
    member.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(member)
    for address in (JOBS, f"{JOBS}now/"):
        assert client.get(address).status_code in {302, 403}


def test_the_list_of_films_is_filtered_by_state(admin):
    FilmFactory(title="Half done")
    FilmFactory(title="Broken", state=State.NEEDS_ATTENTION)
    said = text_of(admin.get("/admin/films/results/?state=needs_attention"))
    assert "Broken" in said
    assert "Half done" not in said
    assert JOBS in admin.get("/admin/films/").content.decode()


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


# --- buttons ---------------------------------------------------------------------------------


def test_an_author_stops_the_work_on_her_own_film_and_has_it_go_on(client, author):
    job = at_work(film__uploaded_by=author)
    client.force_login(author)
    assert "Stop processing" in text_of(client.get(page(job.film)))
    said = text_of(client.post(page(job.film, "stop"), follow=True))
    assert "The work was stopped. What was finished before is kept." in said
    assert "Stopped by Ada Author." in said
    assert "Carry on" in said
    said = text_of(client.post(page(job.film, "again"), {"step": "probe"}, follow=True))
    assert "“Look at the file” will be done again." in said
    job.refresh_from_db()
    assert job.status == Status.WAITING


def test_one_step_or_all_of_a_ready_film_are_done_again_and_it_stays_watchable(
    admin, django_capture_on_commit_callbacks
):
    film = ReadyFilmFactory()
    job = JobFactory(film=film, step=Step.PROBE, status=Status.DONE)
    said = text_of(admin.get(page(film)))
    assert "Run every step again" in said
    assert "Run again" in said
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(page(film, "again"), {"step": "probe"})
    assert DBTaskResult.objects.get(queue_name="media").args_kwargs["args"] == [job.pk]
    said = text_of(admin.get(page(film)))
    assert "The film can be watched meanwhile." in said
    assert "Run every step again" not in said
    film.refresh_from_db()
    assert film.state == State.READY


def test_what_cannot_be_done_is_said_and_changes_nothing(admin):
    job = at_work()
    said = text_of(admin.post(page(job.film, "again"), {"step": "nonsense"}, follow=True))
    assert "This film has no such step." in said
    said = text_of(admin.post(page(job.film, "again"), follow=True))
    assert "The film is being worked on just now." in said
    done = JobFactory(status=Status.DONE, film__state=State.READY)
    said = text_of(admin.post(page(done.film, "stop"), follow=True))
    assert "Nothing is being done to this film" in said
    job.refresh_from_db()
    assert job.status == Status.RUNNING


def test_a_step_that_waits_for_its_next_try_can_be_tried_now(admin):
    later = timezone.now() + datetime.timedelta(minutes=5)
    job = JobFactory(not_before=later, attempts=3, reason="No space left.")
    said = text_of(admin.get(page(job.film)))
    assert "Tried again by itself at" in said
    assert "Try it now" in said
    admin.post(page(job.film, "again"), {"step": "probe"})
    job.refresh_from_db()
    assert job.not_before is None
