"""An author chooses the picture that stands for her film."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline.actions.posters import choose_poster
from media_pipeline.actions.step_runner import run_step
from media_pipeline.forms import PosterForm
from media_pipeline.models import Job, Recording
from media_pipeline.permissions import can_choose_poster
from media_pipeline.steps import ffmpeg
from tests.factories.media_pipeline import ENCODED, RecordingFactory
from tests.media_pipeline.conftest import stored


def run(recording, step) -> Job:
    job = recording.jobs.get(step=step)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.WAITING)
    run_step(job.pk, retry=False)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE, job.reason
    return job


@pytest.fixture(scope="session")
def two_scenes(kept) -> Path:
    """3 s: a test picture, then bars, and a tone."""
    pictures = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=12:d=1.5", "-f", "lavfi", "-i"]
    pictures += ["smptebars=s=320x240:r=12:d=1.5", "-f", "lavfi", "-i", "sine=330:duration=3"]
    graph = ["-filter_complex", "[0][1]concat=n=2:v=1[v]", "-map", "[v]", "-map", "2:a", *ENCODED]
    ffmpeg.run([*pictures, *graph, "-g", "6", str(kept / "scenes.mp4")])
    return kept / "scenes.mp4"


@pytest.fixture
def recording(upload, two_scenes):
    """A film with its stills taken."""
    recording = upload(two_scenes)
    for step in (Job.Step.PROBE, Job.Step.FIRST_VERSION, Job.Step.POSTER):
        run(recording, step)
    return Recording.objects.get(pk=recording.pk)


def test_the_sharpest_still_stands_for_the_film_until_somebody_chooses(recording):
    stills = recording.stills.all()
    assert len(stills) >= 2
    assert [one.file.name for one in stills if one.is_poster] == [recording.poster.name]
    assert {one.file.read()[:4] for one in stills} == {b"RIFF"}


def test_another_still_is_chosen_and_the_choice_is_written_down(recording, editor):
    old = recording.stills.get(is_poster=True)
    other = recording.stills.filter(is_poster=False).first()
    choose_poster(recording, still=other, by=editor)
    recording.refresh_from_db()
    assert recording.poster.name == other.file.name
    assert list(recording.stills.filter(is_poster=True)) == [other]
    entry = ModelLogEntry.objects.filter(action="media_pipeline.choose_poster").get()
    assert (entry.user, entry.data) == (editor, {"old": old.second, "new": other.second})


def test_any_second_may_be_named_and_a_repetition_keeps_it(recording, editor, settings):
    before = recording.stills.count()
    still = choose_poster(recording, second=2.4, by=editor)
    assert (still.second, recording.stills.count()) == (2.4, before + 1)
    again = choose_poster(recording, second=2.42, by=editor)
    assert (again.pk, recording.stills.count()) == (still.pk, before + 1)
    run(recording, Job.Step.POSTER)
    recording = Recording.objects.get(pk=recording.pk)
    assert recording.stills.get(is_poster=True).second == 2.4
    assert recording.poster.read()[:4] == b"RIFF"
    named = {one.file.name for one in recording.stills.all()}
    kept = {name for name in stored(settings.MEDIA_ROOT) if name.endswith(".webp")}
    assert named <= kept


@pytest.mark.parametrize("second", [-0.1, 3.6, 1e9])
def test_a_second_outside_the_film_changes_nothing(recording, editor, second):
    before = recording.poster.name
    with pytest.raises(Refused, match=r"^The film is 0:03 long. Name a second inside it; nothing"):
        choose_poster(recording, second=second, by=editor)
    recording.refresh_from_db()
    assert recording.poster.name == before
    assert not ModelLogEntry.objects.filter(action="media_pipeline.choose_poster").exists()


def test_stills_do_not_pile_up(recording, editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(14):
            still = choose_poster(recording, second=0.1 + number * 0.2, by=editor)
    assert recording.stills.count() == 12
    assert recording.stills.get(is_poster=True) == still
    _folders, names = default_storage.listdir(recording.folder)
    assert sum(name.endswith(".webp") for name in names) == 12


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("75", 75.0),
        ("75.5", 75.5),
        ("75,5", 75.5),
        ("1:15", 75.0),
        ("1:02:03.5", 3723.5),
        ("0", 0.0),
    ],
)
@pytest.mark.django_db
def test_a_time_is_written_as_people_write_it(text, second):
    form = PosterForm({"second": text}, recording=RecordingFactory())
    assert form.is_valid(), form.errors
    assert form.choice() == {"second": second}


@pytest.mark.parametrize("text", ["soon", "-3", "1:2:3:4", "1e3", "NaN", "٣"])
@pytest.mark.django_db
def test_what_is_no_time_is_answered_with_an_example(text):
    form = PosterForm({"second": text}, recording=RecordingFactory())
    assert not form.is_valid()
    assert form.sentence() == (
        f"“{text}” is not a time. Write it as 75, 75.5 or 1:15; nothing was changed."
    )


def test_the_choice_is_made_on_the_films_page_without_scripts(client, recording, editor):
    client.force_login(editor)
    page = client.get(reverse("films:edit", args=[recording.pk])).content.decode()
    other = recording.stills.filter(is_poster=False).first()
    assert f'<input type="radio" name="still" value="{other.pk}">' in page
    still = client.get(reverse("films:still", args=[other.pk]))
    assert (still["Content-Type"], still.getvalue()[:2]) == ("image/webp", b"RI")
    address = reverse("films:poster", args=[recording.pk])
    answer = client.post(address, {"still": other.pk, "second": ""}, follow=True)
    assert "This picture now stands for the film." in answer.content.decode()
    answer = client.post(address, {"second": "9:00"}, follow=True)
    assert "The film is 0:03 long." in answer.content.decode()
    answer = client.post(address, {}, follow=True)
    assert "Choose one of the pictures, or name a second." in answer.content.decode()
    recording.refresh_from_db()
    assert recording.poster.name == other.file.name


def test_only_the_author_and_editors_choose(client, recording, member, editor):
    assert can_choose_poster(editor, recording)
    assert not can_choose_poster(member, recording)
    Recording.objects.update(state=Recording.State.READY)
    client.force_login(member)
    still = recording.stills.first()
    for address in (
        client.post(reverse("films:poster", args=[recording.pk]), {"still": still.pk}),
        client.get(reverse("films:still", args=[still.pk])),
    ):
        assert address.status_code in (302, 403, 404)
    recording.refresh_from_db()
    assert not ModelLogEntry.objects.filter(action="media_pipeline.choose_poster").exists()
