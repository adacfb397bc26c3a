"""The still pictures of a film: those to choose from, and those for seeking."""

import pytest

from media_pipeline.models import Job, Still
from tests.media_pipeline.conftest import run_step_of

pytestmark = pytest.mark.any_database


def test_the_sharpest_still_stands_for_the_film_until_somebody_chooses(film_with_stills):
    stills = film_with_stills.stills.all()
    assert len(stills) >= 2
    assert [one.file.name for one in stills if one.is_poster] == [film_with_stills.poster.name]
    assert {one.file.read()[:4] for one in stills} == {b"RIFF"}


def test_taking_them_again_replaces_them(film_with_stills, django_capture_on_commit_callbacks):
    before = list(film_with_stills.stills.values_list("second", "is_poster"))
    with django_capture_on_commit_callbacks(execute=True):
        run_step_of(film_with_stills, Job.Step.POSTER)
    assert list(film_with_stills.stills.values_list("second", "is_poster")) == before
    assert all(still.file.storage.exists(still.file.name) for still in Still.objects.all())


def test_the_pictures_for_seeking_come_with_their_times(film_with_stills):
    film_with_stills.jobs.update(status=Job.Status.DONE)  # whatever comes before it
    job = run_step_of(film_with_stills, Job.Step.STORYBOARD)
    film_with_stills.refresh_from_db()
    assert film_with_stills.storyboard.read()[:2] == bytes.fromhex("ffd8")  # a JPEG begins so
    times = film_with_stills.storyboard_map.read().decode()
    assert times.startswith("WEBVTT")
    assert job.reason == f"{times.count('-->')} small pictures."
