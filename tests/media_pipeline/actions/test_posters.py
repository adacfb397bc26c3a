"""An author chooses the picture that stands for her film."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline.actions.posters import choose_poster
from media_pipeline.actions.step_runner import run_step
from media_pipeline.forms.posters import PosterForm
from media_pipeline.models import Film, Job
from media_pipeline.steps import ffmpeg
from tests.factories.media_pipeline import ENCODED, FilmFactory
from tests.media_pipeline.conftest import stored


def run(film, step) -> Job:
    job = film.jobs.get(step=step)
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
def film(upload, two_scenes):
    """A film with its stills taken."""
    film = upload(two_scenes)
    for step in (Job.Step.PROBE, Job.Step.FIRST_VERSION, Job.Step.POSTER):
        run(film, step)
    return Film.objects.get(pk=film.pk)


def test_the_sharpest_still_stands_for_the_film_until_somebody_chooses(film):
    stills = film.stills.all()
    assert len(stills) >= 2
    assert [one.file.name for one in stills if one.is_poster] == [film.poster.name]
    assert {one.file.read()[:4] for one in stills} == {b"RIFF"}


def test_another_still_is_chosen_and_the_choice_is_written_down(film, editor):
    old = film.stills.get(is_poster=True)
    other = film.stills.filter(is_poster=False).first()
    choose_poster(film, still=other, by=editor)
    film.refresh_from_db()
    assert film.poster.name == other.file.name
    assert list(film.stills.filter(is_poster=True)) == [other]
    entry = ModelLogEntry.objects.filter(action="media_pipeline.choose_poster").get()
    assert (entry.user, entry.data) == (editor, {"old": old.second, "new": other.second})


def test_any_second_may_be_named_and_a_repetition_keeps_it(film, editor, settings):
    before = film.stills.count()
    still = choose_poster(film, second=2.4, by=editor)
    assert (still.second, film.stills.count()) == (2.4, before + 1)
    again = choose_poster(film, second=2.42, by=editor)
    assert (again.pk, film.stills.count()) == (still.pk, before + 1)
    run(film, Job.Step.POSTER)
    film = Film.objects.get(pk=film.pk)
    assert film.stills.get(is_poster=True).second == 2.4
    assert film.poster.read()[:4] == b"RIFF"
    named = {one.file.name for one in film.stills.all()}
    kept = {name for name in stored(settings.MEDIA_ROOT) if name.endswith(".webp")}
    assert named <= kept


@pytest.mark.parametrize("second", [-0.1, 3.6, 1e9])
def test_a_second_outside_the_film_changes_nothing(film, editor, second):
    before = film.poster.name
    with pytest.raises(Refused, match=r"^The film is 0:03 long. Name a second inside it; nothing"):
        choose_poster(film, second=second, by=editor)
    film.refresh_from_db()
    assert film.poster.name == before
    assert not ModelLogEntry.objects.filter(action="media_pipeline.choose_poster").exists()


def test_stills_do_not_pile_up(film, editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(14):
            still = choose_poster(film, second=0.1 + number * 0.2, by=editor)
    assert film.stills.count() == 12
    assert film.stills.get(is_poster=True) == still
    _folders, names = default_storage.listdir(film.folder)
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
    form = PosterForm({"second": text}, film=FilmFactory())
    assert form.is_valid(), form.errors
    assert form.choice() == {"second": second}


@pytest.mark.parametrize("text", ["soon", "-3", "1:2:3:4", "1e3", "NaN", "٣"])
@pytest.mark.django_db
def test_what_is_no_time_is_answered_with_an_example(text):
    form = PosterForm({"second": text}, film=FilmFactory())
    assert not form.is_valid()
    assert form.sentence() == (
        f"“{text}” is not a time. Write it as 75, 75.5 or 1:15; nothing was changed."
    )


def test_the_choice_is_made_on_the_films_page_without_scripts(client, film, editor):
    client.force_login(editor)
    page = client.get(reverse("films:edit", args=[film.pk])).content.decode()
    other = film.stills.filter(is_poster=False).first()
    assert f'<input type="radio" name="still" value="{other.pk}">' in page
    still = client.get(reverse("films:still", args=[other.pk]))
    assert (still["Content-Type"], still.getvalue()[:2]) == ("image/webp", b"RI")
    address = reverse("films:poster", args=[film.pk])
    answer = client.post(address, {"still": other.pk, "second": ""}, follow=True)
    assert "This picture now stands for the film." in answer.content.decode()
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
