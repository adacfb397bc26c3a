"""What is said of a film can be put right later, and captions follow when told to."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from media_pipeline import listeners
from media_pipeline.actions.details import CannotChangeError, change_details
from media_pipeline.models import CaptionTrack, Film, Glossary, Job
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    FilmFactory,
    JobFactory,
    ReadyFilmFactory,
)

WORK = [Job.Step.PROBE, Job.Step.TRANSCRIPTION, Job.Step.CAPTIONS, Job.Step.INDEX]


@pytest.fixture
def film(db):
    """A ready film that has been listened to, with captions a machine made."""
    film = ReadyFilmFactory(title="Before", glossary="Holyrood")
    for position, step in enumerate(WORK, start=1):
        JobFactory(film=film, step=step, position=position, status=Job.Status.DONE)
    CaptionTrackFactory(film=film)
    return film


def described(film, **changes):
    """What the form says of a film unless something is changed."""
    return {"title": film.title, "language": "en", "script": "", "glossary": "", **changes}


def steps(film, status):
    return set(film.jobs.filter(status=status).values_list("step", flat=True))


def test_a_new_title_is_written_down_and_told_to_search(film, editor):
    told = []
    listeners.register(told.append)
    try:
        film = change_details(film, **described(film, title="After"), by=editor)
    finally:
        listeners._callbacks.remove(told.append)
    assert (film.title, [one.title for one in told]) == ("After", ["After"])
    entry = ModelLogEntry.objects.get(action="media_pipeline.describe")
    assert (entry.user, entry.data) == (editor, {"title": ["Before", "After"]})
    assert steps(film, Job.Status.WAITING) == set()


def test_a_language_that_was_said_wrongly_takes_the_captions_along(film, editor):
    film = change_details(film, **described(film, language="cy"), by=editor)
    assert film.language == "cy"
    assert list(film.tracks.values_list("language", "is_current")) == [("cy", True)]


def test_a_script_given_later_is_matched_in_place_of_recognition(film, editor):
    said = described(film, script="What is said.")
    film = change_details(film, **said, again=True, by=editor)
    assert not film.jobs.filter(step=Job.Step.TRANSCRIPTION).exists()
    assert {Job.Step.ALIGNMENT, Job.Step.CAPTIONS} <= steps(film, Job.Status.WAITING)
    assert film.state == Film.State.READY


def test_without_being_told_to_nothing_is_done_again(film, editor):
    glossary = Glossary.objects.create(name="Course", terms="Senedd")
    said = described(film, glossary="Gwynedd")
    film = change_details(film, **said, glossaries=[glossary], by=editor)
    assert (film.glossary, list(film.glossaries.all())) == ("Gwynedd", [glossary])
    assert steps(film, Job.Status.DONE) == set(WORK)


def test_while_a_worker_listens_nothing_is_changed(film, editor):
    film.jobs.filter(step=Job.Step.TRANSCRIPTION).update(status=Job.Status.RUNNING)
    with pytest.raises(CannotChangeError, match=r"^The film is being listened to just now"):
        change_details(film, **described(film, title="After"), by=editor)
    assert Film.objects.get().title == "Before"


def test_a_refused_film_cannot_be_described(editor):
    refused = FilmFactory(state=Film.State.REFUSED)
    with pytest.raises(CannotChangeError, match=r"^This film was refused"):
        change_details(refused, **described(refused), by=editor)


def test_the_page_changes_the_film_and_leads_back_to_it(client, film, editor):
    client.force_login(editor)
    address = reverse("films:details", args=[film.pk])
    assert 'value="Before"' in client.get(address).content.decode()
    answer = client.post(address, described(film, title="After", again="on"))
    assert answer.url == reverse("films:edit", args=[film.pk])
    assert Film.objects.get().title == "After"
    assert Job.Step.TRANSCRIPTION in steps(film, Job.Status.WAITING)


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
