"""Choosing a film’s picture on its page."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from media_pipeline.models import Film


@pytest.fixture
def film(film_with_stills):
    return film_with_stills


def test_the_choice_is_made_on_the_films_page_without_scripts(client, film, editor):
    client.force_login(editor)
    page = client.get(reverse("films:edit", args=[film.pk])).content.decode()
    other = film.stills.filter(is_poster=False).first()
    assert f'<input type="radio" name="still" value="{other.pk}">' in page
    still = client.get(reverse("films:still", args=[other.pk]))
    assert (still["Content-Type"], still.getvalue()[:2]) == ("image/webp", b"RI")
    address = reverse("films:poster", args=[film.pk])
    answer = client.post(address, {"still": other.pk, "second": ""}, follow=True)
    assert "This is now the picture for the film." in answer.content.decode()
    answer = client.post(address, {"second": "9:00"}, follow=True)
    assert "The film is 0:03 long." in answer.content.decode()
    answer = client.post(address, {}, follow=True)
    assert "Choose one of the pictures, or name a second." in answer.content.decode()
    film.refresh_from_db()
    assert film.poster.name == other.file.name


def test_only_the_author_and_editors_choose(client, film, member, editor):
    Film.objects.update(state=Film.State.READY)
    client.force_login(member)
    still = film.stills.first()
    for address in (
        client.post(reverse("films:poster", args=[film.pk]), {"still": still.pk}),
        client.get(reverse("films:still", args=[still.pk])),
    ):
        assert address.status_code in (302, 403, 404)
    film.refresh_from_db()
    assert not ModelLogEntry.objects.filter(action="media_pipeline.choose_poster").exists()
