"""What is said of a film can be put right later, and captions follow when told to."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from media_pipeline import listeners
from media_pipeline.actions.details import CannotDescribeError, describe_recording
from media_pipeline.models import CaptionTrack, Glossary, Job, Recording
from tests.factories.media_pipeline import (
    CaptionTrackFactory,
    JobFactory,
    ReadyRecordingFactory,
    RecordingFactory,
)

WORK = [Job.Step.PROBE, Job.Step.TRANSCRIPTION, Job.Step.CAPTIONS, Job.Step.INDEX]


@pytest.fixture
def recording(db):
    """A ready film that has been listened to, with captions a machine made."""
    film = ReadyRecordingFactory(title="Before", glossary="Holyrood")
    for position, step in enumerate(WORK, start=1):
        JobFactory(recording=film, step=step, position=position, status=Job.Status.DONE)
    CaptionTrackFactory(recording=film)
    return film


def described(recording, **changes):
    """What the form says of a film unless something is changed."""
    return {"title": recording.title, "language": "en", "script": "", "glossary": "", **changes}


def steps(recording, status):
    return set(recording.jobs.filter(status=status).values_list("step", flat=True))


def test_a_new_title_is_written_down_and_told_to_search(recording, editor):
    told = []
    listeners.register(told.append)
    try:
        film = describe_recording(recording, **described(recording, title="After"), by=editor)
    finally:
        listeners._callbacks.remove(told.append)
    assert (film.title, [one.title for one in told]) == ("After", ["After"])
    entry = ModelLogEntry.objects.get(action="media_pipeline.describe")
    assert (entry.user, entry.data) == (editor, {"title": ["Before", "After"]})
    assert steps(film, Job.Status.WAITING) == set()


def test_a_language_that_was_said_wrongly_takes_the_captions_along(recording, editor):
    film = describe_recording(recording, **described(recording, language="cy"), by=editor)
    assert film.language == "cy"
    assert list(film.tracks.values_list("language", "is_current")) == [("cy", True)]


def test_a_script_given_later_is_matched_in_place_of_recognition(recording, editor):
    said = described(recording, script="What is said.")
    film = describe_recording(recording, **said, again=True, by=editor)
    assert not film.jobs.filter(step=Job.Step.TRANSCRIPTION).exists()
    assert {Job.Step.ALIGNMENT, Job.Step.CAPTIONS} <= steps(film, Job.Status.WAITING)
    assert film.state == Recording.State.READY


def test_without_being_told_to_nothing_is_done_again(recording, editor):
    glossary = Glossary.objects.create(name="Course", terms="Senedd")
    said = described(recording, glossary="Gwynedd")
    film = describe_recording(recording, **said, glossaries=[glossary], by=editor)
    assert (film.glossary, list(film.glossaries.all())) == ("Gwynedd", [glossary])
    assert steps(film, Job.Status.DONE) == set(WORK)


def test_while_a_worker_listens_nothing_is_changed(recording, editor):
    recording.jobs.filter(step=Job.Step.TRANSCRIPTION).update(status=Job.Status.RUNNING)
    with pytest.raises(CannotDescribeError, match=r"^The film is being listened to just now"):
        describe_recording(recording, **described(recording, title="After"), by=editor)
    assert Recording.objects.get().title == "Before"


def test_a_refused_film_cannot_be_described(editor):
    refused = RecordingFactory(state=Recording.State.REFUSED)
    with pytest.raises(CannotDescribeError, match=r"^This film was refused"):
        describe_recording(refused, **described(refused), by=editor)


def test_the_page_changes_the_film_and_leads_back_to_it(client, recording, editor):
    client.force_login(editor)
    address = reverse("films:details", args=[recording.pk])
    assert 'value="Before"' in client.get(address).content.decode()
    answer = client.post(address, described(recording, title="After", again="on"))
    assert answer.url == reverse("films:edit", args=[recording.pk])
    assert Recording.objects.get().title == "After"
    assert Job.Step.TRANSCRIPTION in steps(recording, Job.Status.WAITING)


def test_what_cannot_be_used_is_said_and_what_was_typed_stays(client, recording, editor):
    client.force_login(editor)
    address = reverse("films:details", args=[recording.pk])
    said = described(recording, title="After", language="cy", script="Geiriau")
    page = client.post(address, said).content.decode()
    assert "A script can only be matched to English speech so far." in page
    assert 'value="After"' in page
    assert "Geiriau" in page
    assert Recording.objects.get().title == "Before"


def test_only_the_films_author_and_editors_find_the_page(client, recording, editor, member):
    address = reverse("films:details", args=[recording.pk])
    client.force_login(member)
    client.post(address, described(recording, title="Mine"))
    assert Recording.objects.get().title == "Before"
    client.force_login(editor)
    assert client.get(address).status_code == 200


def test_captions_given_by_the_author_leave_no_room_for_a_script(client, recording, editor):
    Recording.objects.update(captions_given="WEBVTT\n")
    client.force_login(editor)
    page = client.get(reverse("films:details", args=[recording.pk])).content.decode()
    assert 'name="script"' not in page
    assert 'name="title"' in page
    assert CaptionTrack.objects.count() == 1
