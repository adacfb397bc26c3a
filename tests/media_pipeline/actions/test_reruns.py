"""Work that stopped goes on: a worker died, a place in the queue was lost, a person asks again."""

from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media_pipeline.actions.films import steps_for
from media_pipeline.actions.lost_jobs import requeue_lost_jobs
from media_pipeline.actions.reruns import CannotRetryError, retry_step, run_again
from media_pipeline.actions.step_runner import run_all_steps
from media_pipeline.models import CaptionTrack, Film, Job
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    ClipFactory,
    FilmFactory,
    JobFactory,
    ReadyFilmFactory,
)
from tests.media_pipeline.actions.conftest import MINUTE, facts, later
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_engine(settings):
    settings.MEDIA_ENGINE = "pocketsphinx"


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
