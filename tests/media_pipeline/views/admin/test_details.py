"""The page on which a film’s details are put right."""

import pytest
from django.urls import reverse

from media_pipeline.models import CaptionTrack, Film, Job
from tests.media_pipeline.conftest import described, steps_with


@pytest.fixture
def film(heard_film):
    return heard_film


def test_the_page_changes_the_film_and_leads_back_to_it(client, film, editor):
    client.force_login(editor)
    address = reverse("films:details", args=[film.pk])
    assert 'value="Before"' in client.get(address).content.decode()
    answer = client.post(address, described(film, title="After", again="on"))
    assert answer.url == reverse("films:edit", args=[film.pk])
    assert Film.objects.get().title == "After"
    assert Job.Step.TRANSCRIPTION in steps_with(film, Job.Status.WAITING)


def test_what_cannot_be_used_is_said_and_what_was_typed_stays(client, film, editor):
    client.force_login(editor)
    address = reverse("films:details", args=[film.pk])
    said = described(film, title="After", language="cy", script="Geiriau")
    page = client.post(address, said).content.decode()
    assert "A script can only be matched to English speech so far." in page
    assert 'value="After"' in page
    assert "Geiriau" in page
    assert Film.objects.get().title == "Before"


def test_only_the_films_author_and_editors_find_the_page(client, film, editor, member):
    address = reverse("films:details", args=[film.pk])
    client.force_login(member)
    client.post(address, described(film, title="Mine"))
    assert Film.objects.get().title == "Before"
    client.force_login(editor)
    assert client.get(address).status_code == 200


def test_captions_given_by_the_author_leave_no_room_for_a_script(client, film, editor):
    Film.objects.update(captions_given="WEBVTT\n")
    client.force_login(editor)
    page = client.get(reverse("films:details", args=[film.pk])).content.decode()
    assert 'name="script"' not in page
    assert 'name="title"' in page
    assert CaptionTrack.objects.count() == 1
