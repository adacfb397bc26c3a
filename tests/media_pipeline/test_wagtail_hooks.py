"""The chooser, and how the audit log reads."""

import pytest
from django.urls import reverse

from media_pipeline.models import Film
from media_pipeline.wagtail_hooks import FilmChooserViewSet
from tests.factories.media_pipeline import FilmFactory, watchable
from tests.media_pipeline.views.admin.conftest import CHOOSER_QUERIES, page, send
from tests.pages import assert_hidden, visible_text


def test_the_history_tells_who_did_what(admin, editor):
    send(admin)
    said = visible_text(admin.get(page(Film.objects.get(), "history")))
    assert "Film uploaded" in said
    assert "Edith Editor" in said


def test_only_films_that_are_ready_are_offered_for_a_lesson(admin):
    ready, _ = watchable(title="Keeping a record"), FilmFactory(title="Half done")
    html = admin.get(reverse("film_chooser:choose")).json()["html"]
    assert "Keeping a record" in html
    assert "Half done" not in html
    chosen = admin.get(reverse("film_chooser:chosen", args=[ready.pk])).json()["result"]
    assert (chosen["id"], chosen["title"]) == (str(ready.pk), "Keeping a record")
    assert chosen["edit_url"] == page(ready)


def test_a_forged_choice_of_a_film_that_is_not_ready_is_not_found(admin):
    half = FilmFactory()
    assert_hidden(admin, reverse("film_chooser:chosen", args=[half.pk]))


def test_the_chooser_finds_films_by_title(admin):
    watchable(title="Keeping a record")
    watchable(title="Handing over")
    html = admin.get(reverse("film_chooser:choose_results"), {"q": "hand"}).content.decode()
    assert "Handing over" in html
    assert "Keeping a record" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_chooser_costs_as_many_queries_for_three_films_as_for_one(
    admin, count, django_assert_num_queries
):
    for _ in range(count):
        watchable()
    admin.get(reverse("film_chooser:choose"))
    with django_assert_num_queries(CHOOSER_QUERIES):
        admin.get(reverse("film_chooser:choose"))


def test_pages_that_hold_a_film_get_this_chooser():
    assert FilmChooserViewSet("film_chooser").widget_class.model is Film
