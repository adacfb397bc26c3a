"""A worker makes a clip."""

from pathlib import Path

import av
import pytest
from django.conf import settings as site

from media_pipeline.actions.clips import delete_clip
from media_pipeline.actions.step_runner import run_step
from media_pipeline.models import Clip, Film, Job
from tests.factories.media_pipeline import (
    watchable,
)
from tests.media_pipeline.actions.conftest import holder, request
from tests.media_pipeline.conftest import stored

pytestmark = pytest.mark.any_database


def test_a_worker_makes_the_clip_and_keeps_what_it_says(real_film):
    officer = holder()
    clip = request(real_film, officer, start=2.0, end=5.0)
    run_step(clip.job.pk)
    clip.refresh_from_db()
    assert clip.job.status == Job.Status.DONE, clip.job.reason
    assert clip.job.reason.startswith("180 × 180 pixels, 3.4")
    assert clip.file.name == clip.stored_name
    assert clip.bytes == clip.file.size
    assert [one["text"] for one in clip.captions] == ["Keep a record first.", "Then take it down."]
    assert clip.words == "Keep a record first. Then take it down."
    with av.open(clip.file.path) as film:
        assert film.duration / av.time_base == pytest.approx(clip.seconds, abs=0.1)
    assert list(Path(site.MEDIA_WORK_DIR).glob("*")) == []
    real_film.refresh_from_db()
    assert real_film.state == Film.State.READY


def test_a_clip_that_fails_says_why_and_leaves_its_film_as_it_was(db):
    film = watchable()  # its file is a few bytes, no film
    clip = request(film, holder())
    run_step(clip.job.pk, retry=False)
    clip.refresh_from_db()
    film.refresh_from_db()
    assert clip.job.status == Job.Status.FAILED
    assert "cannot be read" in clip.job.reason
    assert film.state == Film.State.READY
    assert clip.file.name == ""


def test_a_clip_that_is_deleted_in_the_making_leaves_no_file(real_film, settings):
    officer = holder()
    clip = request(real_film, officer, start=2.0, end=5.0)
    before = stored(settings.MEDIA_ROOT)

    def delete(job, fraction):
        if fraction > 0.5 and Clip.objects.filter(pk=clip.pk).exists():
            delete_clip(Clip.objects.get(pk=clip.pk), by=officer)

    run_step(clip.job.pk, watch=delete)
    assert not Job.objects.exists()
    assert stored(settings.MEDIA_ROOT) == before
    assert list(Path(site.MEDIA_WORK_DIR).glob("*")) == []
