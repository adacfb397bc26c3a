"""What is no usable film ends in a plain sentence, with nothing half-published."""

import datetime

import pytest
from django.utils import timezone

from media_pipeline import listeners
from media_pipeline.actions.lost_jobs import requeue_lost_jobs
from media_pipeline.actions.reruns import run_again
from media_pipeline.actions.step_runner import run_all_steps, run_step
from media_pipeline.models import CaptionTrack, Film, Job, Rendition
from tests.media_pipeline.conftest import stored

REFUSED = {
    "text_file": "This file is a text file, not a film.",
    "truncated_film": "This MP4 is incomplete",
    "film_without_sound": "This film has no sound track",
}


@pytest.fixture(params=REFUSED)
def refused(request, upload, django_capture_on_commit_callbacks):
    path = request.getfixturevalue(request.param)
    with django_capture_on_commit_callbacks(execute=True):
        film = run_all_steps(upload(path, title="No film"))
    return film, REFUSED[request.param]


def test_the_author_reads_one_plain_sentence(refused):
    film, sentence = refused
    assert film.state == Film.State.REFUSED
    assert film.refusal.startswith(sentence)
    assert "Traceback" not in film.refusal
    assert film.jobs.get(step=Job.Step.PROBE).reason == film.refusal


def test_no_step_after_it_is_tried(refused):
    film, _ = refused
    statuses = dict(film.jobs.values_list("step", "status"))
    assert statuses.pop("probe") == Job.Status.FAILED
    assert set(statuses.values()) == {Job.Status.CANCELLED}
    assert requeue_lost_jobs(timezone.now() + datetime.timedelta(days=1)) == 0


def test_neither_rows_nor_files_are_left_but_the_note(refused, settings):
    film, _ = refused
    assert not Rendition.objects.exists()
    assert not CaptionTrack.objects.exists()
    assert (film.original.name, film.poster.name) == ("", "")
    assert stored(settings.MEDIA_ROOT) == []


def test_members_do_not_see_it_and_nobody_is_told_that_it_is_ready(
    upload, text_file, member, monkeypatch
):
    told = []
    monkeypatch.setattr(listeners, "_callbacks", [told.append])
    run_all_steps(upload(text_file))
    assert told == []
    assert not Film.objects.visible_to(member).exists()


@pytest.fixture(autouse=True)
def small_engine(settings):
    settings.MEDIA_ENGINE = "pocketsphinx"


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
