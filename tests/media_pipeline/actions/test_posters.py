"""An author chooses the picture that stands for their film."""

import pytest
from django.core.files.storage import default_storage
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from media_pipeline.actions.posters import choose_poster
from media_pipeline.models import Film, Job
from tests.media_pipeline.conftest import run_step_of, stored

pytestmark = pytest.mark.any_database


@pytest.fixture
def film(film_with_stills):
    return film_with_stills


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
    run_step_of(film, Job.Step.POSTER)
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
