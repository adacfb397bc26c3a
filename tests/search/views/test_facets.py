"""Filters, order and pages: all of it in the address, and what makes no sense there left out."""

import datetime

import pytest

from search.actions import indexing
from search.engines.document import aside
from tests.pages import visible_text
from tests.search.pages import addresses, page

pytestmark = pytest.mark.django_db
MAY, JUNE = datetime.date(2026, 5, 1), datetime.date(2026, 6, 1)


@pytest.fixture
def dated(member, facts, films):
    """Tubas in two editions and two courses; one of them has no date."""
    facts.put("old", "tuba", title="Old", edition="2025", date=MAY, current=False)
    facts.put("new", "tuba", title="New", edition="2026", date=JUNE)
    facts.put("undated", "tuba", title="Undated", edition="2026")
    films.put("a", "tuba", title="Film a", course="Brass", date=JUNE)
    films.put("b", "tuba", title="Film b", course="Strings")
    indexing.index_changes()


def found(client, **asked) -> set[str]:
    return set(addresses(page(client, q="tuba", **asked)))


def choices(shown, name) -> list[str]:
    return [option.get_text() for option in shown.select(f"select[name={name}] option")]


def test_editions_and_courses_are_offered_with_their_counts(client, dated):
    shown = page(client, q="tuba")

    assert choices(shown, "edition") == ["All editions", "2025 (1)", "2026 (2)"]
    assert choices(shown, "course") == ["All courses", "Brass (1)", "Strings (1)"]


def test_each_filter_keeps_what_it_names(client, dated):
    assert found(client, edition="2025") == {"/fact/old/"}
    assert found(client, course="Brass") == {"/film/a/"}
    assert found(client, since="2026-05-15") == {"/fact/new/", "/film/a/"}
    assert found(client, since="2026-05-01", until="2026-05-31") == {"/fact/old/"}
    assert found(client, kind="fact", since="2026-05-15") == {"/fact/new/"}


def test_the_latest_first_shows_dates_and_leaves_what_has_none_to_the_end(client, dated):
    shown = page(client, q="tuba", sort="date")

    assert set(addresses(shown)[:2]) == {"/fact/new/", "/film/a/"}
    assert addresses(shown)[2] == "/fact/old/"
    assert "1 May 2026" in visible_text(shown.select("article .meta")[2])
    assert visible_text(shown.select_one(".search-chips")) == "× Without this filter: Latest first"


def test_what_is_superseded_says_so(client, dated):
    shown = page(client, q="tuba", edition="2025")

    assert visible_text(shown.select_one("article .meta")).endswith("2025, not in force")


def test_filters_that_are_set_are_chips_that_lift_them(client, dated):
    shown = page(client, q="tuba", edition="2026", since="2026-05-15", kind="fact")

    chips = {
        visible_text(a).rpartition(": ")[2]: a["href"] for a in shown.select(".search-chips a")
    }
    assert chips == {
        "2026": "/search/?q=tuba&kind=fact&since=2026-05-15",
        "From 15 May 2026": "/search/?q=tuba&kind=fact&edition=2026",
    }


def test_what_is_not_in_force_is_found_by_who_asks_for_it(client, member, facts):
    facts.put("old", "tuba", edition="2025", current=False, audience=tuple(aside({"members"})))
    facts.put("new", "tuba", edition="2026")
    indexing.index_changes()

    asked = page(client, q="tuba")
    assert len(addresses(asked)) == 1
    assert not asked.select_one("input[name=older]").has_attr("checked")
    both = page(client, q="tuba", older="1")
    assert len(addresses(both)) == 2
    assert both.select_one("input[name=older]").has_attr("checked")
    assert [o["value"] for o in both.select("select[name=edition] option")] == ["", "2025", "2026"]
    chips = {visible_text(a).rpartition(": ")[2]: a["href"] for a in both.select(".search-chips a")}
    assert chips == {"Editions that are not in force too": "/search/?q=tuba"}


def test_days_in_the_wrong_order_find_nothing_and_can_be_lifted(client, dated):
    shown = page(client, q="tuba", since="2026-06-01", until="2026-05-01")

    assert visible_text(shown.h2) == "Nothing was found for “ tuba ” with these filters"
    assert [visible_text(li) for li in shown.select("section li")] == [
        "Without “From 1 June 2026”",
        "Without “To 1 May 2026”",
        "Without any filter 5 results",
    ]


def test_one_filter_to_lift_says_what_there_is_without_it(client, dated):
    shown = page(client, q="tuba", edition="1918")

    assert [(visible_text(li), li.a["href"]) for li in shown.select("section li")] == [
        ("Without “1918” 5 results", "/search/?q=tuba")
    ]


def test_a_kind_without_results_leads_to_the_others(client, member, library):
    shown = page(client, q="quorum", kind="film")

    assert [(visible_text(li), li.a["href"]) for li in shown.select("section li")] == [
        ("Without “Said in films” 2 results", "/search/?q=quorum")
    ]


def test_a_filter_whose_lifting_finds_nothing_is_not_offered_and_the_kind_stays_in_sight(
    client, dated
):
    shown = page(client, q="tuba", kind="fact", since="2030-01-01")

    assert [visible_text(li) for li in shown.select("section li")] == [
        "Without “From 1 January 2030”",
        "Without any filter 5 results",
    ]
    chips = [visible_text(li) for li in shown.select(".search-chips li")]
    kind, since = ("Facts", "From 1 January 2030")
    assert chips == [f"× Without this filter: {label}" for label in (kind, since)]


def test_a_page_of_a_file_is_named(client, member, facts):
    facts.put("scan", "tuba", page=12, url="/files/scan.pdf#page=12")
    indexing.index_changes()

    assert (
        visible_text(page(client, q="tuba").select_one("article .meta"))
        == "Fact · Part one · page 12"
    )


def test_the_filters_work_without_an_index_too(client, member, facts):
    facts.put("old", "tuba", edition="2025", date=MAY)
    facts.put("new", "tuba", edition="2026", date=JUNE)

    assert found(client, edition="2025") == {"/fact/old/"}
    assert addresses(page(client, q="tuba", sort="date")) == ["/fact/new/", "/fact/old/"]
