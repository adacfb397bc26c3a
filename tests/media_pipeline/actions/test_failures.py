"""What is no usable film ends in a plain sentence, with nothing half-published."""

import datetime

import pytest
from django.utils import timezone

from media_pipeline import listeners
from media_pipeline.actions.lost_jobs import requeue_lost_jobs
from media_pipeline.actions.step_runner import run_all_steps
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
