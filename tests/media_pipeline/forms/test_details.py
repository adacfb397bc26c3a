"""What an author can put right about a film that is here already."""

import pytest

from media_pipeline.forms.details import DetailsForm
from media_pipeline.forms.upload import MOST_SCRIPT
from media_pipeline.models import Film, Glossary
from tests.factories.media_pipeline import FilmFactory
from tests.media_pipeline.conftest import described

pytestmark = pytest.mark.django_db


def form(film: Film, **changes) -> DetailsForm:
    return DetailsForm(described(film, **changes), instance=film)


def test_the_film_in_memory_is_left_to_the_action():
    film = FilmFactory(title="Before")
    filled = form(film, title="After")
    assert filled.is_valid()
    assert (filled.cleaned_data["title"], film.title) == ("After", "Before")


@pytest.mark.parametrize(
    ("changes", "field", "beginning"),
    [
        ({"title": ""}, "title", "This field is required"),
        ({"script": "x" * (MOST_SCRIPT + 1)}, "script", "This script is longer than"),
        (
            {"script": "Geiriau", "language": "cy"},
            "script",
            "A script can only be matched to English",
        ),
    ],
)
def test_what_cannot_be_used_is_said(changes, field, beginning):
    (sentence,) = form(FilmFactory(), **changes).errors[field]
    assert sentence.startswith(beginning)


def test_only_glossaries_that_are_not_the_sites_are_chosen_from():
    film = FilmFactory()
    Glossary.objects.create(name="Site", is_everywhere=True)
    assert "glossaries" not in form(film).fields
    course = Glossary.objects.create(name="Course")
    assert list(form(film).fields["glossaries"].queryset) == [course]


def test_captions_the_author_gave_leave_no_room_for_a_script():
    fields = form(FilmFactory(captions_given="WEBVTT\n")).fields
    assert not {"script", "again"} & set(fields)
