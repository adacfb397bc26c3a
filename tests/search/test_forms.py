"""What an address of the page may say; what makes no sense there is left out."""

import datetime

import pytest

from search.actions import indexing
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


def test_filters_stay_set_from_page_to_page_and_in_the_form(client, member, facts):
    for n in range(12):
        facts.put(f"f{n:02}", "tuba", edition="2026", date=MAY)
    indexing.index_changes()
    asked = {"edition": "2026", "sort": "date", "kind": "fact"}
    shown = page(client, q="tuba", **asked)

    after = shown.select_one(".pagination [rel=next]")["href"]
    assert after == "/search/?q=tuba&kind=fact&edition=2026&sort=date&page=2"
    second = set(addresses(page(client, q="tuba", page=2, **asked)))
    assert len(set(addresses(shown)) | second) == 12
    form = shown.select_one(".search-narrow form")
    kept = {i["name"]: i.get("value") for i in form.select("input:not([type=checkbox])")}
    assert kept == {"q": "tuba", "kind": "fact", "since": "", "until": ""}
    assert visible_text(form.select_one("select[name=edition] option[selected]")) == "2026 (12)"
    assert form.select_one("select[name=sort] option[selected]")["value"] == "date"


@pytest.mark.parametrize(
    "nonsense",
    [
        {"since": "yesterday"},
        {"until": "2026-13-45"},
        {"since": "20260501"},
        {"sort": "colour"},
        {"kind": "unicorn"},
        {"edition": "2026" * 100},
        {"page": "-1"},
        {"since": "\0", "kind": "\0", "page": "\0", "edition": ""},
    ],
)
def test_nonsense_is_left_out_and_not_refused(client, dated, nonsense):
    assert addresses(page(client, q="tuba", **nonsense)) == addresses(page(client, q="tuba"))
