"""The page “Video processing”: what runs, waits and for what, failed, was done."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from ground.jobs.signs import show_life
from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import (
    FilmFactory,
    JobFactory,
)
from tests.media_pipeline.views.admin.conftest import JOBS, at_work, page
from tests.pages import visible_text

pytestmark = pytest.mark.django_db

Step, Status, State = Job.Step, Job.Status, Film.State


JOBS_QUERIES = {"sqlite": 13, "postgresql": 14}  # which is asked for the time too


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


def test_the_page_tells_what_runs_waits_failed_and_was_done(admin):
    jobs = one_of_each()
    response = admin.get(JOBS)
    said = visible_text(response)
    assert 'value="0.25"' in response.content.decode()
    for sentence in (
        "Needs attention 1 Look at the file",
        "No space left.",
        "Running 1 Make the versions to watch",
        "Attempt 2.",
        "Waiting 1",
        "It waits for another transcription.",
        "By whisper (small.en).",
        "Took 12 s.",
        "Processing time: 12 seconds.",
    ):
        assert sentence in said
    for job in jobs.values():
        assert page(job.film) in response.content.decode()


def test_the_page_says_which_workers_do_not_respond_and_nothing_while_all_do(admin):
    silence = "No worker has responded for 30 seconds."
    assert visible_text(admin.get(JOBS)).count(silence) == 2
    show_life(["speech"])
    assert f"Films and clips {silence}" in visible_text(admin.get(JOBS))
    assert f"Speech {silence}" not in visible_text(admin.get(JOBS))
    show_life(["media"])
    assert silence not in visible_text(admin.get(JOBS))


def test_a_silent_worker_is_named(admin):
    Job.objects.filter(pk=at_work().pk).update(
        heartbeat_at=timezone.now() - datetime.timedelta(seconds=45)
    )
    sentence = "Its worker has not responded for 45 seconds. Another will take over."
    assert sentence in visible_text(admin.get(JOBS))


def test_a_film_that_waits_is_listed_once_whatever_it_still_needs(admin):
    film = FilmFactory()
    for position, step in enumerate((Step.PROBE, Step.POSTER, Step.INDEX), start=1):
        JobFactory(film=film, step=step, position=position)
    said = visible_text(admin.get(JOBS))
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
    said = visible_text(client.get(JOBS))
    assert "Her own" in said
    assert "Somebody else’s" not in said
    member.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(member)
    for address in (JOBS, f"{JOBS}now/"):
        assert client.get(address).status_code in {302, 403}
