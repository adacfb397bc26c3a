"""What is said of a film can be put right later, and captions follow when told to."""

import pytest
from wagtail.models import ModelLogEntry

from media_pipeline import listeners
from media_pipeline.actions.details import CannotChangeError, change_details
from media_pipeline.models import Film, Glossary, Job
from tests.factories.media_pipeline import (
    FilmFactory,
)
from tests.media_pipeline.conftest import described, steps_with


@pytest.fixture
def film(heard_film):
    return heard_film


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
    assert steps_with(film, Job.Status.WAITING) == set()


def test_a_language_that_was_said_wrongly_takes_the_captions_along(film, editor):
    film = change_details(film, **described(film, language="cy"), by=editor)
    assert film.language == "cy"
    assert list(film.tracks.values_list("language", "is_current")) == [("cy", True)]


def test_a_script_given_later_is_matched_in_place_of_recognition(film, editor):
    said = described(film, script="What is said.")
    film = change_details(film, **said, again=True, by=editor)
    assert not film.jobs.filter(step=Job.Step.TRANSCRIPTION).exists()
    assert {Job.Step.ALIGNMENT, Job.Step.CAPTIONS} <= steps_with(film, Job.Status.WAITING)
    assert film.state == Film.State.READY


def test_without_being_told_to_nothing_is_done_again(film, editor):
    glossary = Glossary.objects.create(name="Course", terms="Senedd")
    said = described(film, glossary="Gwynedd")
    film = change_details(film, **said, glossaries=[glossary], by=editor)
    assert (film.glossary, list(film.glossaries.all())) == ("Gwynedd", [glossary])
    assert steps_with(film, Job.Status.DONE) == {"probe", "transcription", "captions", "index"}


def test_while_a_worker_listens_nothing_is_changed(film, editor):
    film.jobs.filter(step=Job.Step.TRANSCRIPTION).update(status=Job.Status.RUNNING)
    with pytest.raises(CannotChangeError, match=r"^The film is being listened to just now"):
        change_details(film, **described(film, title="After"), by=editor)
    assert Film.objects.get().title == "Before"


def test_a_refused_film_cannot_be_described(editor):
    refused = FilmFactory(state=Film.State.REFUSED)
    with pytest.raises(CannotChangeError, match=r"^This film was refused"):
        change_details(refused, **described(refused), by=editor)
