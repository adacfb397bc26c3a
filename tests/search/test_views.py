"""The search page."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from party.permissions import MEMBERS
from search import actions, views
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    member = MemberFactory()
    client.force_login(member)
    return member


@pytest.fixture
def library(rule_book, films, facts):
    """Rules, five facts, and a film that speaks of comments in many places."""
    for n in range(7):
        films.put(
            f"film-{n}",
            f"Before you remove a comment, breathe. This is said {n} times.",
            title="Before you remove a comment",
            heading="Moderating › Lesson two",
            group="film",
            seconds=61.0 + n * 30,
            url=f"/courses/lesson/?t={61 + n * 30}",
        )
    for n in range(5):
        facts.put(f"fact-{n}", "Comments were removed.", title=f"Fact {n} on comments")
    facts.put("draft", "A comment that editors write.", title="Draft", audience=("editors",))
    actions.index_changes()


def page(client, **asked) -> BeautifulSoup:
    response = client.get(reverse("search:results"), asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def words(element) -> str:
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def test_only_members_may_search(client):
    response = client.get("/search/", {"q": "quorum"})

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=/search/")
    assert views.results.open_to == MEMBERS


def test_the_page_before_asking_shows_what_can_be_asked(client, member, library):
    shown = page(client)

    assert shown.h1.get_text() == "Search"
    assert [a.get_text() for a in shown.select(".search-examples a")] == [
        "remove a comment",
        "quorum",
        "7.VIII.3",
        '"data protection"',
    ]
    assert shown.find("input", {"name": "q"})["id"] == shown.find("label")["for"]


def test_a_member_finds_the_rule_and_the_second_of_the_film(client, member, library):
    shown = page(client, q="remove a comment")

    rules = shown.find("section", {"aria-labelledby": "kind-rule"})
    first = rules.find("article")
    assert first.a["href"] == "/rules/6.ii.1/"
    assert words(first.find(class_="meta")) == "Rule · 6.II.1 · Chapter 6 › Online spaces"
    assert [mark.get_text() for mark in first.select(".search-snippet mark")] == [
        "remove",
        "comment",
    ]
    film = shown.find("section", {"aria-labelledby": "kind-film"}).find("article")
    assert re.fullmatch(r"/courses/lesson/\?t=\d+", film.a["href"])
    assert re.search(r"at \d:\d\d$", words(film.find(class_="meta")))
    assert "Film" in words(film.find(class_="meta"))


def test_results_stand_by_kind_with_counts_that_are_filters(client, member, library):
    shown = page(client, q="comment")

    filters = [(words(a), a.get("aria-current")) for a in shown.select(".search-filters a")]
    assert filters == [
        ("Everything 13", "page"),
        ("Rules 1", None),
        ("Facts 5", None),
        ("Said in films 7", None),
    ]
    sections = {words(s.h2): len(s.select("article")) for s in shown.select("section")}
    assert sections == {"Rules": 1, "Facts": 4, "Said in films": 2}  # two of one film
    more = shown.find("section", {"aria-labelledby": "kind-film"}).select_one("a.button")
    assert words(more) == "Show all 7 in Said in films"
    assert more["href"] == "/search/?q=comment&kind=film"


def test_one_kind_is_shown_page_by_page(client, member, facts):
    for n in range(23):
        facts.put(f"f{n:02}", "tuba")
    actions.index_changes()

    seen = []
    for number in (1, 2, 3):
        shown = page(client, q="tuba", kind="fact", page=number)
        seen += [a["href"] for a in shown.select("article a")]
        assert words(shown.select_one(".pagination span")) == f"Page {number} of 3"
    assert len(seen) == len(set(seen)) == 23
    assert shown.select_one(".pagination [rel=prev]")["href"] == "/search/?q=tuba&kind=fact&page=2"
    assert not shown.select(".pagination [rel=next]")
    assert shown.find("input", {"name": "kind"})["value"] == "fact"


@pytest.mark.parametrize("number", ["0", "-3", "two", "99999999999999999999", "٣", "4"])
def test_a_page_number_that_makes_no_sense_is_no_error(client, member, library, number):
    shown = page(client, q="comment", kind="film", page=number)

    assert shown.h1.get_text() == "Search"


def test_a_page_beyond_the_last_leads_back(client, member, library):
    shown = page(client, q="comment", kind="film", page=9)

    assert "There are no more results on this page." in words(shown)
    assert shown.select_one(".notice a")["href"] == "/search/?q=comment&kind=film"


def test_a_kind_that_is_not_there_is_left_out(client, member, library):
    assert page(client, q="comment", kind="nonsense").select("section")


def test_a_kind_without_results_leads_to_the_others(client, member, library):
    shown = page(client, q="quorum", kind="film")

    assert "Nothing under “Said in films” matches this." in words(shown)
    assert shown.select_one(".notice a")["href"] == "/search/?q=quorum"


def test_a_citation_stands_first_and_is_set_apart(client, member, library):
    shown = page(client, q="Chapter 7 Clause VIII.3.A")

    first = shown.find("article")
    assert "search-hit--cited" in first["class"]
    assert (first.a["href"], words(first.a)) == ("/rules/7.viii.3.a/", "Appeals")


def test_a_range_of_citations_of_one_chapter_is_shown_whole(client, member, library):
    shown = page(client, q="6.I.1 to 6.I.4")

    rules = shown.find("section", {"aria-labelledby": "kind-rule"})
    assert {words(a) for a in rules.select("article.search-hit--cited a")} == {
        "Official pages",
        "Two keepers",
        "House rules",
        "Handing over",
    }


def test_what_editors_alone_may_see_is_neither_found_nor_counted(client, member, library):
    shown = page(client, q="editors")

    assert "Nothing was found for “editors”" in words(shown)
    assert "Draft" not in words(page(client, q="comment"))


def test_nothing_found_is_said_kindly_with_ways_on(client, member, library):
    shown = page(client, q="zeppelin")

    assert words(shown.h2) == "Nothing was found for “zeppelin”"
    assert "Use fewer words" in words(shown)
    assert shown.select("a[href^='/search/?q=']")


def test_hits_with_only_some_of_the_words_say_so(client, member, library):
    shown = page(client, q="quorum zeppelin")

    assert "Nothing holds all of these words. These hold some of them." in words(shown)
    assert shown.find("article").a["href"] == "/rules/3.ii.2/"


def test_without_an_index_the_page_says_so_and_asks_the_worker(client, member, rule_book):
    DBTaskResult.objects.all().delete()
    shown = page(client, q="quorum")

    assert "Search is being prepared…" in words(shown)
    assert shown.find("input", {"name": "q"})["value"] == "quorum"
    assert DBTaskResult.objects.ready().get().task_path == "search.tasks.index_changes"


def test_what_was_typed_comes_back_as_text(client, member, library):
    typed = '"><script>alert(1)</script>'
    response = client.get("/search/", {"q": typed})

    assert b"<script>alert" not in response.content
    assert page(client, q=typed).find("input", {"name": "q"})["value"] == typed


def test_a_very_long_question_is_cut_and_that_is_said(client, member, library):
    shown = page(client, q="quorum " * 400)

    assert "only its first 1,000 characters" in words(shown)
    assert shown.find("article").a["href"] == "/rules/3.ii.2/"


@pytest.mark.parametrize("hits", [1, 3])
def test_the_queries_do_not_grow_with_the_hits(
    client, member, facts, hits, django_assert_num_queries
):
    for n in range(hits):
        facts.put(f"f{n}", "tuba")
    actions.index_changes()
    client.get("/search/", {"q": "tuba"})

    with django_assert_num_queries(6):
        shown = client.get("/search/", {"q": "tuba"})
    assert shown.content.count(b"<article") == hits
