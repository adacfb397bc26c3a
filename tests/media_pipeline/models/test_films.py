"""Who sees which film, and who may change it."""

import pytest

from media_pipeline.models import Film
from media_pipeline.models.films import can_change_film, original_path
from tests.factories.media_pipeline import FilmFactory

pytestmark = pytest.mark.django_db

State = Film.State


def test_members_see_ready_films_and_nobody_else_sees_any(people):
    ready = FilmFactory(state=State.READY)
    FilmFactory(state=State.PROCESSING)
    assert list(Film.objects.visible_to(people["member"])) == [ready]
    assert not Film.objects.visible_to(people["nobody"]).exists()
    assert not Film.objects.visible_to(people["left"]).exists()


def test_an_author_sees_their_own_upload_while_it_is_prepared(people):
    own = FilmFactory(uploaded_by=people["author"])
    FilmFactory()
    assert list(Film.objects.visible_to(people["author"])) == [own]


def test_editors_see_refused_films_too(people):
    refused = FilmFactory(state=State.REFUSED)
    assert list(Film.objects.visible_to(people["editor"])) == [refused]


def test_the_author_and_editors_may_change_a_film_and_then_see_it(people):
    own, other = FilmFactory(uploaded_by=people["author"]), FilmFactory()
    may = {
        film: {name for name, person in people.items() if can_change_film(person, film)}
        for film in (own, other)
    }
    assert may == {own: {"author", "editor", "superuser"}, other: {"editor", "superuser"}}
    for film, names in may.items():
        assert all(film in Film.objects.visible_to(people[name]) for name in names)


def test_an_author_who_may_upload_no_more_changes_nothing(people):
    assert not can_change_film(people["member"], FilmFactory(uploaded_by=people["member"]))


@pytest.mark.parametrize(
    ("name", "ending"), [("a.MP4", ".mp4"), ("a", ""), ("a.m p", ""), ("a.123456789", "")]
)
def test_a_file_is_kept_under_a_name_that_nobody_can_guess(name, ending):
    film = FilmFactory.build()
    assert original_path(film, name) == f"originals/{film.storage_key.hex}{ending}"
