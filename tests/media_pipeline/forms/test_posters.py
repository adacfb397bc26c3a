"""A second of a film, as people write it."""

import pytest

from media_pipeline.forms.posters import PosterForm
from tests.factories.media_pipeline import FilmFactory


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
