"""The list of films in the admin."""

import datetime

import pytest
from django.utils import timezone

from media_pipeline.models import Film
from tests.factories.media_pipeline import (
    FilmFactory,
    watchable,
)
from tests.media_pipeline.views.admin.conftest import INDEX, JOBS, LIST_QUERIES
from tests.pages import visible_text


def test_films_are_in_the_menu_of_those_who_work_on_them(admin, member):
    assert '"url": "/admin/films/"' in admin.get("/admin/").content.decode()
    admin.force_login(member)
    assert admin.get(INDEX).status_code in {302, 403}


def test_the_list_says_title_state_duration_who_and_when(admin, editor):
    now = timezone.make_aware(datetime.datetime(2026, 11, 21, 12))
    watchable(title="Keeping a record", duration=95.0, uploaded_by=editor, created_at=now)
    FilmFactory(title="Notes", state=Film.State.REFUSED, created_at=now)
    html = admin.get(INDEX).content.decode()
    for said in (
        "Keeping a record",
        'film-state--ready">Ready<',
        "1:35",
        "Edith Editor",
        'film-state--refused">Refused<',
    ):
        assert said in html
    assert "media_pipeline/admin.css" in html
    assert html.index("Notes") < html.index("Keeping a record")  # the newest first


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_many_queries_for_three_films_as_for_one(
    admin, count, django_assert_num_queries
):
    for _ in range(count):
        watchable()
    admin.get(INDEX)
    with django_assert_num_queries(LIST_QUERIES):
        admin.get(INDEX)


def test_films_are_found_by_their_title(admin):
    watchable(title="Keeping a record")
    watchable(title="Handing over")
    html = admin.get(INDEX, {"q": "record"}).content.decode()
    assert "Keeping a record" in html
    assert "Handing over" not in html


def test_the_list_of_films_is_filtered_by_state(admin):
    FilmFactory(title="Half done")
    FilmFactory(title="Broken", state=Film.State.NEEDS_ATTENTION)
    said = visible_text(admin.get("/admin/films/results/?state=needs_attention"))
    assert "Broken" in said
    assert "Half done" not in said
    assert JOBS in admin.get("/admin/films/").content.decode()
