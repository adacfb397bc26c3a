"""Series in the admin: published, hidden, and deleted only while nobody reads them."""

from django.urls import reverse

from library.facts.models import Series, SeriesValue
from tests.factories.library import make_series
from tests.pages import visible_text

STEPS = ("preview", "hide", "publish", "discard")


def take(admin, series, name) -> bool | None:
    """Take a step; return whether the series then is published, None where there is none."""
    admin.post(reverse(f"series:{name}", args=[series.pk]))
    return Series.objects.values_list("published", flat=True).first()


def test_a_series_is_hidden_before_it_is_deleted_with_its_values(admin):
    series = make_series({"Calder": {2020: 3, 2021: 4}})
    assert take(admin, series, "discard") is True
    assert take(admin, series, "hide") is False
    assert take(admin, series, "publish") is True
    assert take(admin, series, "hide") is False
    question = admin.get(reverse("series:discard", args=[series.pk]))
    assert "It has 2 values. This permanently deletes" in visible_text(question)
    assert take(admin, series, "discard") is None
    assert SeriesValue.objects.count() == 0


def test_above_a_series_stands_what_can_be_done_with_it_and_where_its_values_come_from(admin):
    series = make_series({"Calder": {2020: 3}})

    def offered() -> list[str]:
        html = admin.get(reverse("series:edit", args=[series.pk])).content.decode()
        assert reverse("factsheet:values", args=[series.pk]) in html
        return [name for name in STEPS if reverse(f"series:{name}", args=[series.pk]) in html]

    assert offered() == ["preview", "hide"]
    take(admin, series, "hide")
    assert offered() == ["preview", "publish", "discard"]
