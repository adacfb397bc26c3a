"""What was made of a film: one version a kind and height, one poster."""

import pytest
from django.db import IntegrityError, transaction

from media_pipeline.models import Rendition, Still
from tests.factories.media_pipeline import ReadyFilmFactory, RenditionFactory

pytestmark = pytest.mark.django_db


def test_a_film_has_one_version_of_a_kind_and_height():
    made = RenditionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RenditionFactory(film=made.film)
    RenditionFactory(film=made.film, kind=Rendition.Kind.HLS)
    RenditionFactory(film=made.film, height=720)
    assert [(one.kind, one.height) for one in made.film.renditions.order_by("pk")] == [
        ("mp4", 360),
        ("hls", 360),
        ("mp4", 720),
    ]
    assert str(made) == f"{made.film}, 360p"


def test_a_film_has_one_poster_among_its_stills():
    film = ReadyFilmFactory()
    for position, chosen in ((1, True), (2, False), (3, False)):
        Still.objects.create(film=film, position=position, second=position, is_poster=chosen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Still.objects.filter(position=2).update(is_poster=True)
    assert str(film.stills.get(position=1)) == f"{film}, 1.0 s"
