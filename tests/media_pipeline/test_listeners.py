"""Who wants to know when a film is ready is told inside the transaction."""

import pytest

from media_pipeline import listeners
from media_pipeline.actions.reruns import retry_step
from media_pipeline.actions.step_runner import run_all_steps
from media_pipeline.models import Film, Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_engine(settings):
    """The engine whose model is always there, whatever this machine has in its caches."""
    settings.MEDIA_ENGINE = "pocketsphinx"


def test_those_who_registered_are_told_inside_the_transaction(upload, film_file, monkeypatch):
    told = []
    monkeypatch.setattr(listeners, "_callbacks", [])

    def listen(film):
        from django.db import connection

        told.append((film.pk, film.state, connection.in_atomic_block))

    listeners.register(listen)
    listeners.register(listen)
    film = run_all_steps(upload(film_file))
    assert told == [(film.pk, Film.State.READY, True)]


def test_a_listener_that_fails_keeps_the_film_from_being_ready(upload, film_file, monkeypatch):
    def break_down(film):
        raise RuntimeError("the index is away")

    monkeypatch.setattr(listeners, "_callbacks", [break_down])
    film = run_all_steps(upload(film_file))
    assert film.state == Film.State.NEEDS_ATTENTION
    job = film.jobs.get(step=Job.Step.INDEX)
    assert job.status == Job.Status.FAILED
    assert "the index is away" not in job.reason
    monkeypatch.setattr(listeners, "_callbacks", [])
    retry_step(job, by=film.uploaded_by)
    assert run_all_steps(film).state == Film.State.READY
