"""Series: one measure over time and by place, as charts, a table and data."""

import datetime
import re

import pytest
from django.urls import reverse

from library.facts.actions.series import hide_series
from library.facts.models import Series
from tests.factories.library import make_card, make_series
from tests.factories.party import UnitFactory
from tests.pages import assert_hidden

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
SERIES_QUERIES = 9


OVER_TIME = {"Wales": {2010: 40, 2019: 40, 2024: 32}, "Scotland": {2010: 59, 2024: 57}}


def main_of(response) -> str:
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()


def cells(response) -> list[list[str]]:
    table = re.search(r"<table>.*</table>", main_of(response), re.DOTALL).group()
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    ]


def test_strangers_open_what_is_for_anyone_and_sign_in_for_the_rest(client, db):
    make_series(OVER_TIME, "open", audience="anyone")
    make_series(OVER_TIME, "members")

    assert client.get("/series/open/").status_code == 200
    for slug in ("members", "none"):
        assert client.get(f"/series/{slug}/").headers["Location"].startswith("/accounts/login")


def test_one_place_over_time_is_a_line_with_its_table(browser):
    make_series({"": {2010: 650, 2019: 650, 2024: 651}})

    page = browser.get("/series/seats/")

    html = main_of(page)
    assert html.count("<polyline") == 1
    assert html.count('<use class="chart__mark') == 3
    assert "Total: from 650 in 2010 to 651 in 2024." in html
    assert "The scale begins at 650, not at 0." in html
    assert cells(page) == [["Period", "Total"], ["2010", "650"], ["2019", "650"], ["2024", "651"]]
    assert "style=" not in html


def test_places_over_time_are_lines_bars_and_a_table_of_all_values(browser):
    make_series(OVER_TIME)

    page = browser.get("/series/seats/")

    html = main_of(page)
    assert [line.name for line in page.context["lines"].lines] == ["Scotland", "Wales"]
    assert [(bar.name, bar.written()) for bar in page.context["bars"]] == [
        ("Scotland", "57"),
        ("Wales", "32"),
    ]
    assert "Of 2 places, Scotland has the most with 57, and Wales the least with 32." in html
    assert cells(page) == [
        ["Place", "2010", "2019", "2024"],
        ["Scotland", "59", "–", "57"],
        ["Wales", "40", "40", "32"],
    ]


def test_one_chooses_the_lines_and_the_period_of_the_bars(browser):
    make_series(OVER_TIME)

    page = browser.get("/series/seats/?place=Wales&place=Nowhere&period=2019-01-01")
    odd = browser.get("/series/seats/?period=yesterday&page=x&place=%00")

    assert [line.name for line in page.context["lines"].lines] == ["Wales"]
    assert (page.context["period"], page.context.get("bars")) == ("2019", None)
    assert (odd.status_code, odd.context["period"]) == (200, "2024")


def test_one_period_is_bars_alone(browser):
    make_series({"Wales": {2024: 32}, "Scotland": {2024: 57}, "": {2024: 89}})

    page = browser.get("/series/seats/")

    assert "<polyline" not in main_of(page)
    assert [bar.name for bar in page.context["bars"]] == ["Scotland", "Wales"]
    assert cells(page) == [
        ["Place", "2024"], ["Scotland", "57"], ["Wales", "32"], ["Total", "89"],
    ]  # fmt: skip


def test_many_constituencies_are_turned_page_by_page_and_narrowed_by_region(browser):
    unit = UnitFactory(code="code-Seat 001")
    UnitFactory(code="code-Seat 002")
    make_series({f"Seat {n:03}": {2024: n} for n in range(1, 121)})

    first = browser.get("/series/seats/")
    last = browser.get("/series/seats/?page=3")
    narrowed = browser.get(f"/series/seats/?region={unit.region.slug}")

    assert [len(page.context["bars"]) for page in (first, last)] == [50, 20]
    assert first.context["bars"][0].width == 100
    assert last.context["bars"][-1].width == pytest.approx(0.83)
    assert len(first.context["regions"]) == 2
    assert cells(narrowed)[1:] == [["2024", "1"]]
    assert_hidden(browser, "/series/seats/?region=nowhere")


@pytest.mark.parametrize("count", [1, 3])
def test_a_series_costs_the_same_queries_for_one_value_and_three(
    browser, count, django_assert_num_queries
):
    make_series({f"Place {n}": {2024: n + 1} for n in range(count)})

    with django_assert_num_queries(SERIES_QUERIES):
        assert len(browser.get("/series/seats/").context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_series_costs_the_same_queries_for_one_and_three(
    browser, count, django_assert_num_queries
):
    for number in range(count):
        make_series(OVER_TIME, f"series-{number}")

    with django_assert_num_queries(6):
        assert len(browser.get("/series/").context["page"].object_list) == count


def test_a_series_and_its_cards_lead_to_each_other(browser):
    series = make_series(OVER_TIME)
    make_card(series=series)

    assert 'href="/facts/quorum/"' in main_of(browser.get("/series/seats/"))
    assert 'href="/series/seats/"' in main_of(browser.get("/facts/quorum/"))
    hide_series(series, by=None, now=NOW)
    assert 'href="/series/seats/"' not in main_of(browser.get("/facts/quorum/"))


def test_a_series_past_its_review_date_says_so(browser):
    make_series(OVER_TIME, review_by=datetime.date(2021, 1, 31))

    assert "due for review by 31 January 2021" in main_of(browser.get("/series/seats/"))


def test_an_editor_makes_looks_at_publishes_and_hides_a_series(client, editor):
    client.force_login(editor)
    form = {
        "title": "Seats", "slug": "seats", "measure": "How many.", "unit": "seats",
        "does_not_show": "", "citation": "A test", "source_name": "Nobody",
        "source_url": "https://example.org/", "as_at": "2026-01-01", "review_by": "2027-01-01",
        "audience": "members",
    }  # fmt: skip
    client.post(reverse("series:add"), form)
    series = Series.objects.get()
    make_series(OVER_TIME, "other").values.update(series=series)
    assert "Not published" in main_of(client.get(reverse("series:preview", args=[series.pk])))

    for step, published in (("publish", True), ("hide", False)):
        address = reverse(f"series:{step}", args=[series.pk])
        assert "It has 5 values." in client.get(address).content.decode()
        client.post(address)
        series.refresh_from_db()
        assert series.published is published
    assert client.get(reverse("series:index")).status_code == 200
