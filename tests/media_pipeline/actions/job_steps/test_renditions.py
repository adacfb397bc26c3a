"""The versions of a film to be watched: the first soon, then the whole ladder."""

import pytest
from django.core.files.base import ContentFile

from media_pipeline.actions.job_steps.dispatch import perform
from media_pipeline.models import Film, Job, Rendition
from tests.factories.media_pipeline import FilmFactory, JobFactory, make_film
from tests.media_pipeline.conftest import stored

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

Kind = Rendition.Kind


@pytest.fixture
def small(tmp_path, db) -> Film:
    """A film of one second that is still being prepared."""
    made = make_film(tmp_path / "film.mp4", seconds=1)
    film = FilmFactory(original=ContentFile(made.read_bytes(), name="film.mp4"))
    Film.objects.filter(pk=film.pk).update(duration=1.0)
    film.refresh_from_db()
    return film


def do(film, step, folder) -> list[float]:
    """Do a step in a folder of its own and keep what it made; returns the progress it reported."""
    told: list[float] = []
    folder.mkdir()
    job = JobFactory(film=film, step=step, position=JobFactory._meta.model.objects.count() + 1)
    perform(job, folder, told.append).keep(film)
    job.delete()
    return told


def test_the_first_version_is_the_smallest_and_is_made_once(small, tmp_path, settings):
    for again in range(2):
        told = do(small, Job.Step.FIRST_VERSION, tmp_path / f"first-{again}")
        assert told == sorted(told)
        assert 0 <= told[0] <= told[-1] <= 1
    (made,) = small.renditions.all()
    assert (made.kind, made.height, made.width) == (Kind.MP4, 240, 320)
    assert made.bytes == made.file.size
    assert f"{small.folder}/240p.mp4" in stored(settings.MEDIA_ROOT)


def test_the_ladder_brings_a_whole_version_where_there_is_none(small, tmp_path):
    for again in range(2):
        do(small, Job.Step.RENDITIONS, tmp_path / f"ladder-{again}")
        made = small.renditions.values_list("kind", "height")
        assert sorted(made) == [(Kind.HLS, 240), (Kind.MP4, 240), (Kind.SOUND, 0)]


def test_loudness_is_measured_once(small, tmp_path):
    do(small, Job.Step.FIRST_VERSION, tmp_path / "first")
    measured = Film.objects.get(pk=small.pk).media_info["loudness"]
    assert measured is not None
    Film.objects.filter(pk=small.pk).update(media_info={"loudness": {**measured, "peak": -1.5}})
    small.refresh_from_db()
    do(small, Job.Step.RENDITIONS, tmp_path / "ladder")
    assert Film.objects.get(pk=small.pk).media_info["loudness"]["peak"] == -1.5
