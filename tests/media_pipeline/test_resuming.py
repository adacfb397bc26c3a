"""Work that stopped goes on: a worker died, a place in the queue was lost, a person asks again."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline import actions
from media_pipeline.actions.leases import claim
from media_pipeline.actions.resuming import MOST_ATTEMPTS, CannotRetryError
from media_pipeline.models import Job, Recording
from tests.factories.media_pipeline import JobFactory, RecordingFactory
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = datetime.timedelta(seconds=61)


class Killed(BaseException):
    """The process is gone in the middle of a step: nothing of ours gets to tidy up its rows."""


@pytest.fixture(autouse=True)
def small_engine(settings):
    settings.MEDIA_ENGINE = "pocketsphinx"


def later() -> datetime.datetime:
    return timezone.now() + MINUTE


def kill_in(recording, step) -> Job:
    """Do the film's steps up to one, and die in the middle of that."""

    def die(job, fraction):
        if job.step == step:
            raise Killed

    with pytest.raises(Killed):
        actions.run_all_steps(recording, watch=die)
    job = recording.jobs.get(step=step)
    assert job.status == Job.Status.RUNNING
    return job


def facts(recording) -> dict:
    """Everything a viewer gets, without the names that differ from upload to upload."""
    recording = Recording.objects.get(pk=recording.pk)
    return {
        "state": recording.state,
        "seen": (recording.duration, recording.width, recording.height),
        "renditions": list(recording.renditions.values_list("kind", "height", "width")),
        "tracks": list(recording.tracks.values_list("kind", "version", "is_current")),
        "cues": list(
            recording.tracks.values_list(
                "cues__position", "cues__start", "cues__end", "cues__text", "cues__words"
            )
        ),
        "jobs": list(recording.jobs.values_list("step", "status", "reason")),
    }


@pytest.mark.parametrize("step", [Job.Step.RENDITIONS, Job.Step.TRANSCRIPTION])
def test_a_film_whose_worker_died_ends_like_one_that_was_left_in_peace(
    upload, film, settings, step
):
    peaceful = actions.run_all_steps(upload(film))
    recording = upload(film)
    kill_in(recording, step)
    litter = settings.MEDIA_ROOT / "work" / recording.storage_key.hex / step / ".360p.mp4.1.part"
    litter.parent.mkdir(parents=True)
    litter.write_bytes(b"half a film")
    assert actions.take_up_lost_jobs(later()) == 1
    actions.run_all_steps(recording)
    assert facts(recording) == facts(peaceful)
    assert recording.jobs.get(step=step).attempts == 2
    assert not litter.exists()
    assert len(stored(settings.MEDIA_ROOT)) == 6  # of each film: original, rendition, poster


def test_a_worker_that_is_alive_keeps_its_job(upload, film):
    kill_in(upload(film), Job.Step.RENDITIONS)
    assert actions.take_up_lost_jobs(timezone.now()) == 0


def test_a_lost_job_says_so_and_is_queued_again(upload, film):
    job = kill_in(upload(film), Job.Step.RENDITIONS)
    assert actions.take_up_lost_jobs(later()) == 1
    job.refresh_from_db()
    assert job.status == Job.Status.WAITING
    assert job.reason == "The worker stopped in the middle; this step will be done again."
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]


def test_what_a_worker_given_up_for_lost_brings_back_does_not_count(upload, film, settings):
    recording = upload(film)
    actions.run_step(recording.jobs.get(step=Job.Step.PROBE).pk, queue=False)
    job = recording.jobs.get(step=Job.Step.RENDITIONS)
    overtaken = []

    def overtake(_, fraction):
        if not overtaken:
            overtaken.append(True)
            actions.take_up_lost_jobs(later())
            actions.run_step(job.pk, queue=False)

    actions.run_step(job.pk, queue=False, watch=overtake)
    job.refresh_from_db()
    assert (job.status, job.attempts) == (Job.Status.DONE, 2)
    assert recording.renditions.count() == 1
    assert Path(recording.renditions.get().file.path).is_file()
    assert len(stored(settings.MEDIA_ROOT)) == 2


def test_a_film_that_kills_its_worker_each_time_is_given_to_a_person():
    job = JobFactory(
        status=Job.Status.RUNNING,
        attempts=MOST_ATTEMPTS,
        heartbeat_at=timezone.now() - 2 * MINUTE,
    )
    assert actions.take_up_lost_jobs(timezone.now()) == 1
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert job.reason.startswith(f"The worker stopped in the middle of this step {MOST_ATTEMPTS}")
    assert job.recording.state == Recording.State.NEEDS_ATTENTION


def test_a_job_that_lost_its_place_in_the_queue_gets_a_new_one(upload, film):
    recording = upload(film, queue=True)
    DBTaskResult.objects.all().delete()
    assert actions.take_up_lost_jobs(timezone.now()) == 0  # it may just be on its way
    assert actions.take_up_lost_jobs(later()) == 1
    assert DBTaskResult.objects.get().args_kwargs["args"] == [recording.jobs.first().pk]


def test_a_task_taken_by_a_worker_that_died_before_claiming_the_job_is_replaced(upload, film):
    upload(film, queue=True)
    DBTaskResult.objects.get().claim("a worker that died")
    assert actions.take_up_lost_jobs(later()) == 1
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_a_job_that_waits_its_turn_in_a_long_queue_is_not_queued_twice(upload, film):
    upload(film, queue=True)
    assert actions.take_up_lost_jobs(later()) == 0
    assert DBTaskResult.objects.count() == 1


def test_films_that_are_done_or_wait_for_a_person_are_left_alone():
    for state in (Recording.State.READY, Recording.State.NEEDS_ATTENTION, Recording.State.REFUSED):
        JobFactory(recording=RecordingFactory(state=state))
    assert actions.take_up_lost_jobs(later()) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_lost_jobs_costs_two_queries_while_none_is_lost(
    count, django_assert_num_queries
):
    for _ in range(count):
        JobFactory(status=Job.Status.RUNNING, heartbeat_at=timezone.now())
        JobFactory(queued_at=timezone.now())
    with django_assert_num_queries(2):
        actions.take_up_lost_jobs(timezone.now())


def test_the_command_takes_up_lost_jobs(upload, film):
    kill_in(upload(film), Job.Step.RENDITIONS)
    Job.objects.update(heartbeat_at=timezone.now() - MINUTE)
    said = StringIO()
    call_command("take_up_lost_jobs", stdout=said)
    assert said.getvalue() == "Lost jobs taken up again: 1.\n"


def test_a_failed_step_is_done_again_with_those_after_it(upload, film, editor):
    recording = upload(film)
    original = Path(recording.original.path)
    away = original.rename(original.with_suffix(".away"))
    actions.run_all_steps(recording)
    failed = recording.jobs.get(status=Job.Status.FAILED)
    away.rename(original)
    job = actions.retry_step(failed, by=editor)
    assert (job.status, job.recording.state) == ("waiting", "processing")
    assert DBTaskResult.objects.filter(status="READY").get().args_kwargs["args"] == [failed.pk]
    assert actions.run_all_steps(recording).state == Recording.State.READY


@pytest.mark.parametrize("status", [one for one in Job.Status if one != "failed"])
def test_only_a_failed_step_can_be_run_again(editor, status):
    job = JobFactory(status=status)
    with pytest.raises(CannotRetryError, match="Only a step that failed"):
        actions.retry_step(job, by=editor)
    job.refresh_from_db()
    assert job.status == status


def test_a_refused_film_is_gone_and_cannot_be_run_again(upload, text_file, editor):
    recording = actions.run_all_steps(upload(text_file))
    with pytest.raises(CannotRetryError):
        actions.retry_step(recording.jobs.get(step=Job.Step.PROBE), by=editor)


def test_of_many_workers_that_reach_for_a_job_at_once_one_gets_it():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory cannot be reached from several threads; runs on PostgreSQL")
    job = JobFactory()
    start = threading.Barrier(8)

    def reach(_):
        start.wait()
        try:
            return claim(job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        claimed = [one for one in workers.map(reach, range(8)) if one]
    job.refresh_from_db()
    assert [one.lease for one in claimed] == [job.lease]
    assert job.attempts == 1
