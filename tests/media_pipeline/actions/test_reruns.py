"""Work that stopped goes on: a worker died, a place in the queue was lost, a person asks again."""

import datetime
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.actions import stray_files
from media_pipeline.actions.films import steps_for
from media_pipeline.actions.lost_jobs import requeue_lost_jobs
from media_pipeline.actions.reruns import CannotRetryError, retry_step, run_again
from media_pipeline.actions.step_runner import run_all_steps, run_step
from media_pipeline.actions.turns import claim_job
from media_pipeline.models import CaptionTrack, Film, Job
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    ClipFactory,
    FilmFactory,
    JobFactory,
    ReadyFilmFactory,
)
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


def facts(film) -> dict:
    """Everything a viewer gets, without the names that differ from upload to upload."""
    film = Film.objects.get(pk=film.pk)
    return {
        "state": film.state,
        "seen": (film.duration, film.width, film.height),
        "renditions": list(film.renditions.values_list("kind", "height", "width")),
        "tracks": list(film.tracks.values_list("kind", "version", "is_current")),
        "cues": list(
            film.tracks.values_list(
                "cues__position", "cues__start", "cues__end", "cues__text", "cues__words"
            )
        ),
        "jobs": [
            # An encoder with several threads does not always need the same number of bytes.
            (job.step, job.status, re.sub(r"\(?[\d.]+\s[KM]B\)?", "", job.reason))
            for job in film.jobs.all()
        ],
    }


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


def test_a_failed_step_is_done_again_with_those_after_it(upload, film_file, editor):
    film = upload(film_file)
    original = Path(film.original.path)
    away = original.rename(original.with_suffix(".away"))
    run_all_steps(film)
    failed = film.jobs.get(status=Job.Status.FAILED)
    away.rename(original)
    job = retry_step(failed, by=editor)
    assert (job.status, job.film.state) == ("waiting", "processing")
    assert DBTaskResult.objects.filter(status="READY").get().args_kwargs["args"] == [failed.pk]
    assert run_all_steps(film).state == Film.State.READY


@pytest.mark.parametrize("status", [one for one in Job.Status if one != "failed"])
def test_only_a_failed_step_can_be_run_again(editor, status):
    job = JobFactory(status=status)
    with pytest.raises(CannotRetryError, match="Only a step that failed"):
        retry_step(job, by=editor)
    job.refresh_from_db()
    assert job.status == status


def test_a_refused_film_is_gone_and_cannot_be_run_again(upload, text_file, editor):
    film = run_all_steps(upload(text_file))
    with pytest.raises(CannotRetryError):
        retry_step(film.jobs.get(step=Job.Step.PROBE), by=editor)


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


def prepared(state=Film.State.READY, **fields) -> Film:
    """A film with a row for each of its steps, all done, as if it had been prepared."""
    film = FilmFactory(state=state, **fields)
    for position, step in enumerate(steps_for(film), start=1):
        JobFactory(
            film=film,
            step=step,
            position=position,
            status=Job.Status.DONE,
            attempts=1,
            reason="Done.",
        )
    return film


def waiting(film) -> list[str]:
    jobs = film.jobs.filter(status=Job.Status.WAITING).order_by("position")
    return list(jobs.values_list("step", flat=True))


def set_status(film, step, status, **fields) -> Job:
    film.jobs.filter(step=step).update(status=status, **fields)
    return film.jobs.get(step=step)


@pytest.mark.parametrize(
    ("step", "again"),
    [
        (Job.Step.RENDITIONS, ["renditions"]),
        (Job.Step.TRANSCRIPTION, ["transcription", "captions", "index"]),
        (Job.Step.CAPTIONS, ["transcription", "captions", "index"]),
        (Job.Step.INDEX, ["index"]),
    ],
)
def test_one_step_of_a_ready_film_is_done_again_with_what_builds_on_it(editor, step, again):
    film = run_again(prepared(), step, by=editor)
    assert film.state == Film.State.READY
    assert waiting(film) == again
    queued = DBTaskResult.objects.get().args_kwargs["args"]
    assert queued == [film.jobs.get(step=again[0]).pk]
    assert film.jobs.get(step=step).attempts == 0


def test_captions_are_composed_again_from_words_that_are_still_there(editor):
    film = prepared()
    CaptionTrackFactory(film=film, stage=CaptionTrack.Stage.WORDS, is_current=False)
    run_again(film, Job.Step.CAPTIONS, by=editor)
    assert waiting(film) == ["captions", "index"]


def test_a_film_from_before_a_step_was_known_gets_that_step_when_all_is_done_again(editor):
    film = prepared()
    film.jobs.get(step=Job.Step.STORYBOARD).delete()
    film.jobs.filter(step=Job.Step.INDEX).update(position=7)
    run_again(film, by=editor)
    assert waiting(film) == steps_for(film)
    positions = film.jobs.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, len(steps_for(film)) + 1))


def test_a_film_that_was_stopped_goes_on_to_its_end(editor):
    film = prepared(Film.State.STOPPED)
    for step in (Job.Step.RENDITIONS, Job.Step.STORYBOARD, Job.Step.INDEX):
        set_status(film, step, Job.Status.CANCELLED)
    film = run_again(film, Job.Step.RENDITIONS, by=editor)
    assert film.state == Film.State.PROCESSING
    assert waiting(film) == ["renditions", "storyboard", "index"]


def test_work_that_is_under_way_is_not_begun_twice(editor):
    film = prepared()
    job = set_status(film, Job.Step.RENDITIONS, Job.Status.RUNNING)
    for step in (None, Job.Step.RENDITIONS, Job.Step.POSTER):
        with pytest.raises(CannotRetryError, match="being worked on just now"):
            run_again(film, step, by=editor)
    job.refresh_from_db()
    assert job.status == Job.Status.RUNNING
    assert waiting(film) == []


def test_a_person_need_not_wait_for_the_next_try(editor):
    film = prepared(Film.State.PROCESSING)
    for step in (Job.Step.STORYBOARD, Job.Step.INDEX):
        set_status(film, step, Job.Status.WAITING)
    step = Job.Step.RENDITIONS
    job = set_status(film, step, Job.Status.WAITING, attempts=3, not_before=later())
    assert not Job.objects.in_turn().exists()
    run_again(film, step, by=editor)
    assert [one.pk for one in Job.objects.in_turn()] == [job.pk]


def test_a_step_that_the_film_does_not_have_cannot_be_done(editor):
    with pytest.raises(CannotRetryError, match="no such step"):
        run_again(prepared(), Job.Step.IMPORT, by=editor)


def test_what_breaks_is_tried_again_after_growing_delays_and_then_given_to_a_person(
    upload, film_file, settings, caplog
):
    film = upload(film_file, queue=True)
    run_step(film.jobs.get(step=Job.Step.PROBE).pk)
    settings.MEDIA_ROOT = settings.MEDIA_ROOT / "away"  # the disk is not there for a while
    job = film.jobs.get(step=Job.Step.FIRST_VERSION)
    delays = []
    for attempt in range(1, 5):
        Job.objects.filter(pk=job.pk).update(not_before=None)
        began = timezone.now()
        run_step(job.pk)
        job.refresh_from_db()
        assert job.attempts == attempt
        if job.not_before:
            delays.append(round((job.not_before - began).total_seconds(), -1))
            assert (job.status, job.queued_at) == (Job.Status.WAITING, None)
    assert delays == [10, 60, 300]
    assert job.status == Job.Status.FAILED
    assert job.reason == "The film’s pictures cannot be read: No such file or directory."
    film.refresh_from_db()
    assert film.state == Film.State.NEEDS_ATTENTION


def test_the_next_try_is_queued_when_its_time_has_come():
    job = JobFactory(not_before=later(), attempts=1)
    assert requeue_lost_jobs(timezone.now()) == 0
    assert requeue_lost_jobs(later() + MINUTE) == 1
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]


def test_bad_input_is_not_tried_again(upload, film_file):
    film = upload(film_file, script="Croeso.", language="cy")
    while job := Job.objects.in_turn().first():
        run_step(job.pk)
    job = film.jobs.get(step=Job.Step.ALIGNMENT)
    assert (job.status, job.attempts, job.not_before) == (Job.Status.FAILED, 1, None)


def test_a_ready_film_stays_ready_when_a_step_fails_and_the_other_steps_go_on(
    upload, film_file, settings, editor
):
    film = run_all_steps(upload(film_file))
    shown = stored(settings.MEDIA_ROOT)
    settings.MEDIA_ENGINE = "no such engine"
    run_again(film, by=editor)
    film = run_all_steps(film)
    assert film.state == Film.State.READY
    status = dict(film.jobs.values_list("step", "status"))
    assert status.pop(Job.Step.TRANSCRIPTION) == Job.Status.FAILED
    assert status.pop(Job.Step.CAPTIONS) == Job.Status.CANCELLED
    assert set(status.values()) == {Job.Status.DONE}
    assert stored(settings.MEDIA_ROOT) == shown


def test_a_ready_film_is_not_refused_when_it_is_probed_again(upload, film_file, settings, editor):
    film = run_all_steps(upload(film_file))
    ready_at = film.ready_at
    settings.MEDIA_MAX_SECONDS = 1  # the limit was lowered since
    run_again(film, Job.Step.PROBE, by=editor)
    film = run_all_steps(film)
    assert (film.state, film.ready_at) == (Film.State.READY, ready_at)
    assert film.jobs.get(step=Job.Step.PROBE).status == Job.Status.FAILED
    assert film.original.storage.exists(film.original.name)


def test_everything_done_again_makes_nothing_twice(upload, film_file, settings, editor):
    film = run_all_steps(upload(film_file))
    before, files = facts(film), stored(settings.MEDIA_ROOT)
    run_again(film, by=editor)
    assert run_all_steps(film).state == Film.State.READY
    assert facts(film) == before
    assert stored(settings.MEDIA_ROOT) == files


def test_a_clip_that_failed_is_made_again_and_its_film_is_left_alone(editor):
    film = ReadyFilmFactory()
    job = JobFactory(
        film=film,
        step=Job.Step.CLIP,
        position=100,
        clip=ClipFactory(film=film),
        status=Job.Status.RUNNING,
        attempts=Job.MOST_ATTEMPTS,
        heartbeat_at=timezone.now() - 2 * MINUTE,
    )
    assert requeue_lost_jobs(timezone.now()) == 0
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    film.refresh_from_db()
    assert film.state == Film.State.READY
    assert retry_step(job, by=editor).status == Job.Status.WAITING
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]
