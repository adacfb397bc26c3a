"""Work that nobody is doing any more is brought back: its worker died, its task was lost."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.actions import stray_files
from media_pipeline.actions.lost_jobs import requeue_lost_jobs
from media_pipeline.actions.step_runner import run_all_steps, run_step
from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import (
    FilmFactory,
    JobFactory,
)
from tests.media_pipeline.actions.conftest import MINUTE, facts, later
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process is gone in the middle of a step: nothing of ours gets to tidy up its rows."""


@pytest.fixture(autouse=True)
def small_engine(settings):
    settings.MEDIA_ENGINE = "pocketsphinx"


def kill_in(film, step) -> Job:
    """Do the film's steps up to one, and die in the middle of that."""

    def die(job, fraction):
        if job.step == step:
            raise Killed

    with pytest.raises(Killed):
        run_all_steps(film, watch=die)
    job = film.jobs.get(step=step)
    assert job.status == Job.Status.RUNNING
    return job


@pytest.mark.parametrize("step", [Job.Step.RENDITIONS, Job.Step.TRANSCRIPTION])
def test_a_film_whose_worker_died_ends_like_one_that_was_left_in_peace(
    upload, film_file, settings, step
):
    peaceful = run_all_steps(upload(film_file))
    film = upload(film_file)
    kill_in(film, step)
    job = film.jobs.get(step=step)
    attempt = f"{film.storage_key.hex}.{step}.{job.pk}.{'0' * 32}"
    litter = settings.MEDIA_WORK_DIR / attempt / ".360p.mp4.1.part"
    litter.parent.mkdir(parents=True)
    litter.write_bytes(b"half a film")
    assert requeue_lost_jobs(later()) == 1
    run_all_steps(film)
    assert facts(film) == facts(peaceful)
    assert film.jobs.get(step=step).attempts == 2
    assert not litter.exists()
    assert set(stored(settings.MEDIA_ROOT)) == stray_files.named_files()


def test_a_worker_that_is_alive_keeps_its_job(upload, film_file):
    kill_in(upload(film_file), Job.Step.RENDITIONS)
    assert requeue_lost_jobs(timezone.now()) == 0


def test_a_lost_job_says_so_and_is_queued_again(upload, film_file):
    job = kill_in(upload(film_file), Job.Step.RENDITIONS)
    assert requeue_lost_jobs(later()) == 1
    job.refresh_from_db()
    assert job.status == Job.Status.WAITING
    assert job.reason == "The worker stopped in the middle; this will be done again."
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]


def test_what_a_worker_given_up_for_lost_brings_back_does_not_count(upload, film_file, settings):
    film = upload(film_file)
    run_step(film.jobs.get(step=Job.Step.PROBE).pk, retry=False)
    job = film.jobs.get(step=Job.Step.FIRST_VERSION)
    overtaken = []

    def overtake(_, fraction):
        if not overtaken:
            overtaken.append(True)
            requeue_lost_jobs(later())
            run_step(job.pk, retry=False)

    run_step(job.pk, retry=False, watch=overtake)
    job.refresh_from_db()
    assert (job.status, job.attempts) == (Job.Status.DONE, 2)
    assert film.renditions.count() == 1
    assert Path(film.renditions.get().file.path).is_file()
    assert set(stored(settings.MEDIA_ROOT)) == stray_files.named_files()


def test_a_film_that_kills_its_worker_each_time_is_given_to_a_person():
    job = JobFactory(
        status=Job.Status.RUNNING,
        attempts=Job.MOST_ATTEMPTS,
        heartbeat_at=timezone.now() - 2 * MINUTE,
    )
    assert requeue_lost_jobs(timezone.now()) == 0
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert job.reason.startswith(
        f"The worker stopped in the middle of this step {Job.MOST_ATTEMPTS}"
    )
    assert job.film.state == Film.State.NEEDS_ATTENTION


def test_a_job_that_lost_its_place_in_the_queue_gets_a_new_one(upload, film_file):
    film = upload(film_file, queue=True)
    DBTaskResult.objects.all().delete()
    assert requeue_lost_jobs(timezone.now()) == 0  # it may just be on its way
    assert requeue_lost_jobs(later()) == 1
    assert DBTaskResult.objects.get().args_kwargs["args"] == [film.jobs.first().pk]


def test_a_task_taken_by_a_worker_that_died_before_claiming_the_job_is_replaced(upload, film_file):
    upload(film_file, queue=True)
    DBTaskResult.objects.get().claim("a worker that died")
    assert requeue_lost_jobs(later()) == 1
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_a_job_that_waits_its_turn_in_a_long_queue_is_not_queued_twice(upload, film_file):
    upload(film_file, queue=True)
    assert requeue_lost_jobs(later()) == 0
    assert DBTaskResult.objects.count() == 1


def test_films_that_wait_for_a_person_are_left_alone():
    for state in {*Film.State} - {Film.State.PROCESSING, Film.State.READY}:
        JobFactory(film=FilmFactory(state=state))
    assert requeue_lost_jobs(later()) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_lost_jobs_costs_two_queries_while_none_is_lost(
    count, django_assert_num_queries
):
    for _ in range(count):
        JobFactory(status=Job.Status.RUNNING, heartbeat_at=timezone.now())
        JobFactory(queued_at=timezone.now())
    with django_assert_num_queries(2):
        requeue_lost_jobs(timezone.now())


def test_the_command_takes_up_lost_jobs(upload, film_file):
    kill_in(upload(film_file), Job.Step.RENDITIONS)
    Job.objects.update(heartbeat_at=timezone.now() - MINUTE)
    said = StringIO()
    call_command("requeue_lost_jobs", stdout=said)
    assert said.getvalue() == "Lost jobs queued again: 1.\n"


def test_the_next_try_is_queued_when_its_time_has_come():
    job = JobFactory(not_before=later(), attempts=1)
    assert requeue_lost_jobs(timezone.now()) == 0
    assert requeue_lost_jobs(later() + MINUTE) == 1
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]
