"""The work on a film, step by step: whose turn it is, and who sees it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from media_pipeline.models import Film, Job
from tests.factories.media_pipeline import ClipFactory, FilmFactory, JobFactory, ReadyFilmFactory
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


def test_a_film_has_one_job_a_step():
    job = JobFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(film=job.film)


def test_a_job_s_turn_comes_when_all_before_it_are_done():
    film = FilmFactory()
    probe, poster = (
        JobFactory(film=film, step=step, position=position)
        for position, step in ((1, Job.Step.PROBE), (2, Job.Step.POSTER))
    )
    assert list(Job.objects.in_turn()) == [probe]
    probe.status = Job.Status.DONE
    probe.save()
    assert list(Job.objects.in_turn()) == [poster]
    film.state = Film.State.NEEDS_ATTENTION
    film.save()
    assert not Job.objects.in_turn().exists()


def test_an_author_sees_the_jobs_of_their_own_film_and_of_their_own_clip(people):
    author, member = people["author"], people["member"]
    expected = set()
    for person in (author, member):
        film = ReadyFilmFactory(uploaded_by=person)
        step = JobFactory(film=film)
        for maker in (author, member):
            clip = ClipFactory(film=film, made_by=maker)
            job = JobFactory(film=film, step=Job.Step.CLIP, position=100, clip=clip)
            expected |= {step, job} if person == maker == author else set()
    assert set(Job.objects.visible_to(author)) == expected
    assert Job.objects.visible_to(people["editor"]).count() == 6
    for nobody in (member, people["left"], AnonymousUser(), MemberFactory()):
        assert not Job.objects.visible_to(nobody).exists()
