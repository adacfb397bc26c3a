"""A look at the uploaded file: what it is, and whether it is the one that was sent."""

import hashlib

import pytest

from ground.refusals import Refused
from media_pipeline.actions.job_steps.dispatch import perform
from media_pipeline.actions.job_steps.probing import limits
from media_pipeline.models import Film, Job

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_what_was_found_is_kept_with_the_checksum(upload, film_file, tmp_path):
    film = upload(film_file)
    outcome = perform(film.jobs.get(step=Job.Step.PROBE), tmp_path, lambda fraction: None)
    assert outcome.reason.startswith("0:03 long, 320 × 240 pixels, with sound.")
    assert Film.objects.get(pk=film.pk).media_info == {}  # until it is kept
    outcome.keep(film)
    film.refresh_from_db()
    assert (film.duration, film.width, film.height) == (pytest.approx(3, abs=0.2), 320, 240)
    assert film.sha256 == hashlib.sha256(film_file.read_bytes()).hexdigest()
    assert film.media_info["file"]["video_codec"] == "h264"


def test_a_file_with_another_checksum_than_it_was_sent_with_is_refused(upload, film_file, tmp_path):
    film = upload(film_file)
    film.sha256 = "0" * 64
    job = film.jobs.get(step=Job.Step.PROBE)
    job.film = film
    with pytest.raises(Refused, match="damaged on its way"):
        perform(job, tmp_path, lambda fraction: None)


def test_the_limits_are_the_settings(settings):
    settings.MEDIA_MAX_SECONDS, settings.MEDIA_MAX_SIDE = 61, 999
    assert (limits().seconds, limits().longest_side) == (61, 999)
