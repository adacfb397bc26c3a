"""Whose turn it is, and how many may listen to films at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from media_pipeline.actions.lost_jobs import requeue_lost_jobs
from media_pipeline.actions.queue import enqueue_speech
from media_pipeline.actions.turns import claim_job
from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import (
    ClipFactory,
    FilmFactory,
    JobFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

Step, Status = Job.Step, Job.Status


def speech_job(**fields) -> Job:
    return JobFactory(step=Step.TRANSCRIPTION, **fields)


def queued() -> list[tuple[str, int]]:
    tasks = DBTaskResult.objects.filter(status="READY")
    return sorted((task.queue_name, task.args_kwargs["args"][0]) for task in tasks)


def test_a_second_transcription_waits_and_says_for_what(settings):
    settings.MEDIA_SPEECH_AT_ONCE = 1
    first, second = speech_job(), speech_job()
    assert claim_job(first.pk) is not None
    assert claim_job(second.pk) is None
    second.refresh_from_db()
    assert (second.status, second.attempts) == ("waiting", 0)
    assert second.reason == "It waits for another transcription to end."


def test_alignment_counts_as_listening_and_other_steps_do_not(settings):
    settings.MEDIA_SPEECH_AT_ONCE = 1
    assert claim_job(JobFactory(step=Step.ALIGNMENT).pk) is not None
    assert claim_job(speech_job().pk) is None
    assert claim_job(JobFactory(step=Step.RENDITIONS).pk) is not None


def test_where_there_are_cores_more_listen_at_once(settings):
    settings.MEDIA_SPEECH_AT_ONCE = 2
    jobs = [speech_job() for _ in range(3)]
    assert [bool(claim_job(job.pk)) for job in jobs] == [True, True, False]


def test_the_longest_waiting_transcription_is_queued_when_one_ends(settings):
    settings.MEDIA_SPEECH_AT_ONCE = 1
    running, second, third = speech_job(), speech_job(), speech_job()
    claim_job(running.pk)
    assert enqueue_speech() == 0
    Job.objects.filter(pk=running.pk).update(status=Status.DONE)
    assert enqueue_speech() == 1
    assert queued() == [("speech", second.pk)]
    assert enqueue_speech() == 0  # it is in the queue already
    claim_job(second.pk)
    Job.objects.filter(pk=second.pk).update(status=Status.DONE)
    assert enqueue_speech() == 1
    assert ("speech", third.pk) in queued()


def test_looking_round_does_not_queue_what_there_is_no_room_for(settings):
    from tests.media_pipeline.actions.conftest import later

    settings.MEDIA_SPEECH_AT_ONCE = 1
    speech_job(status=Status.RUNNING, heartbeat_at=later())
    for _ in range(3):
        speech_job()
    assert requeue_lost_jobs(later()) == 0
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("room", [1, 2])
def test_of_many_workers_that_begin_to_listen_at_once_only_so_many_do(settings, room):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory cannot be reached from several threads; runs on PostgreSQL")
    settings.MEDIA_SPEECH_AT_ONCE = room
    jobs = [speech_job() for _ in range(8)]
    start = threading.Barrier(8)

    def reach(job):
        start.wait()
        try:
            return claim_job(job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        claimed = [one for one in workers.map(reach, jobs) if one]
    assert len(claimed) == room
    assert Job.objects.running().count() == room


def test_a_clip_is_made_whatever_becomes_of_its_films_steps():

    film = FilmFactory(state=Film.State.NEEDS_ATTENTION)
    JobFactory(film=film, status=Status.FAILED)
    clip = ClipFactory(film=film)
    job = JobFactory(film=film, step=Step.CLIP, position=100, clip=clip)
    assert list(Job.objects.in_turn()) == [job]


def test_a_step_does_not_overtake_an_earlier_one_that_waits_for_its_next_try():
    from tests.media_pipeline.actions.conftest import later

    film = FilmFactory()
    first = JobFactory(film=film, not_before=later())
    JobFactory(film=film, step=Step.POSTER, position=2)
    assert not Job.objects.in_turn().exists()
    assert list(Job.objects.in_turn(later())) == [first]


@pytest.fixture(autouse=True)
def small_engine(settings):
    settings.MEDIA_ENGINE = "pocketsphinx"


def test_of_many_workers_that_reach_for_a_job_at_once_one_gets_it():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory cannot be reached from several threads; runs on PostgreSQL")
    job = JobFactory()
    start = threading.Barrier(8)

    def reach(_):
        start.wait()
        try:
            return claim_job(job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        claimed = [one for one in workers.map(reach, range(8)) if one]
    job.refresh_from_db()
    assert [one.lease for one in claimed] == [job.lease]
    assert job.attempts == 1
