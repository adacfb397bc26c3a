"""Whatever is typed ends in a page. bench/search_hostile.py asks ten thousand of them."""

import pytest

from bench.search_hostile import NONSENSE, addresses
from search.actions import indexing
from search.models import AskedQuestion
from tests.pages import visible_text
from tests.search.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
MARKUP = "<script>alert(1)</script>"


@pytest.mark.parametrize("seed", range(3))
def test_fifty_hostile_questions_end_in_a_page(client, member, library, seed):
    asked = list(addresses(50, seed))
    answers = {address: client.get(f"/search/?{address}") for address in asked}

    assert {each.status_code for each in answers.values()} == {200}
    assert [a for a, each in answers.items() if each.content.count(b"<h1>") != 1] == []
    assert [a for a, each in answers.items() if b"</html>" not in each.content] == []


@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("value", ["\0", MARKUP, "\u202e", "9" * 400, "'"])
def test_no_filter_can_be_made_to_fail(client, member, library, name, value):
    shown = page(client, q="comment", **{name: value})

    assert visible_text(shown.h1) == "Search"
    assert shown.find("script") is None


def test_markup_is_shown_as_it_was_typed(client, member, library):
    response = client.get("/search/", {"q": MARKUP, "edition": MARKUP, "group": MARKUP})

    assert MARKUP.encode() not in response.content
    assert page(client, q=MARKUP).find("input", {"name": "q"})["value"] == MARKUP


@pytest.mark.parametrize("typed", ["W" * 500, "שלום עולם", "🦊" * 60])
def test_what_was_typed_is_set_apart_from_the_sentence_about_it(client, member, library, typed):
    shown = page(client, q=typed)

    assert shown.find("input", {"name": "q"})["dir"] == "auto"
    told = shown.select_one("#nothing bdi").get_text()
    assert told == (typed if len(typed) <= 100 else typed[:99] + "…")


def test_the_log_takes_whatever_is_asked(client, member, library):
    client.get("/search/?q=%ED%A0%BE%FF+quorum+%00+%F0%9F%A6%8A")  # no text in any encoding

    assert AskedQuestion.objects.get().results > 0


def test_an_index_that_is_gone_is_no_error_for_any_of_them(client, member, rule_book):
    for address in addresses(30, seed=9):
        assert visible_text(client.get(f"/search/?{address}")).startswith("Search")
    indexing.index_changes()
