"""Work on a film is stopped in the middle, and goes on when a person says so."""

import pytest
from wagtail.models import ModelLogEntry

from media_pipeline.actions.cancellation import NothingToStopError, stop_work
from media_pipeline.actions.reruns import run_again
from media_pipeline.actions.step_runner import run_all_steps
from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import FilmFactory, JobFactory, ReadyFilmFactory
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.django_db(transaction=True)

Step, Status, State = Job.Step, Job.Status, Film.State


@pytest.fixture(autouse=True)
def small_engine(settings):
    settings.MEDIA_ENGINE = "pocketsphinx"


def stop_in(film, step, editor):
    """Prepare a film, and have a person stop the work in the middle of a step."""

    def stop(job, fraction):
        if job.step == step and Film.objects.get().state == State.PROCESSING:
            stop_work(film, by=editor)

    return run_all_steps(film, watch=stop)


def test_stopping_in_mid_step_keeps_nothing_of_the_step_and_all_before_it(
    upload, film_file, settings, editor
):
    film = stop_in(upload(film_file), Step.RENDITIONS, editor)
    assert film.state == State.STOPPED
    renditions = film.jobs.get(step=Step.RENDITIONS)
    assert (renditions.status, renditions.lease) == (Status.CANCELLED, None)
    assert renditions.reason == "Stopped by Edith Editor."
    assert film.jobs.get(step=Step.PROBE).status == Status.DONE
    assert not film.renditions.filter(kind="hls").exists()
    assert stored(settings.MEDIA_WORK_DIR) == []
    named = {one.file.name for one in film.renditions.all()}
    named |= {one.file.name for one in film.stills.all()}
    assert set(stored(settings.MEDIA_ROOT)) == named | {film.original.name}
    run_again(film, Step.RENDITIONS, by=editor)
    assert run_all_steps(film).state == State.READY
    assert {job.status for job in film.jobs.all()} == {Status.DONE}


def test_who_stopped_what_is_in_the_log(editor):
    film = FilmFactory()
    JobFactory(film=film, status=Status.RUNNING)
    JobFactory(film=film, step=Step.POSTER, position=2)
    stop_work(film, by=editor)
    entry = ModelLogEntry.objects.get(action="media_pipeline.stop")
    assert entry.user == editor
    assert entry.data["old"] == {"probe": "running", "poster": "waiting"}


def test_a_ready_film_stays_ready_when_its_repeated_work_is_stopped(editor):
    film = ReadyFilmFactory()
    done = JobFactory(film=film, status=Status.DONE)
    again = JobFactory(film=film, step=Step.POSTER, position=2, status=Status.RUNNING)
    assert stop_work(film, by=editor).state == State.READY
    done.refresh_from_db()
    again.refresh_from_db()
    assert (done.status, again.status) == (Status.DONE, Status.CANCELLED)


def test_clips_of_the_film_go_on(editor):
    from tests.factories.media_pipeline import ClipFactory

    film = FilmFactory()
    JobFactory(film=film)
    clip = JobFactory(film=film, step=Step.CLIP, position=100, clip=ClipFactory(film=film))
    stop_work(film, by=editor)
    clip.refresh_from_db()
    assert clip.status == Status.WAITING
    assert list(Job.objects.in_turn()) == [clip]


def test_nothing_is_stopped_where_nothing_is_done(editor):
    film = ReadyFilmFactory()
    JobFactory(film=film, status=Status.DONE)
    with pytest.raises(NothingToStopError, match="Nothing is being done"):
        stop_work(film, by=editor)
    assert not ModelLogEntry.objects.filter(action="media_pipeline.stop").exists()
