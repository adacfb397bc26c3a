"""The search page."""

import re

import pytest
from django.db import connection

from ground.jobs.models import TaskJob
from party.permissions import MEMBERS
from search.actions import indexing
from search.models import AskedQuestion
from search.views.opened_results import opened
from search.views.page import show_results
from tests.factories.party import MemberFactory
from tests.pages import visible_text
from tests.search.pages import addresses, page

pytestmark = pytest.mark.django_db


def test_only_members_may_search(client):
    response = client.get("/search/", {"q": "quorum"})

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=/search/")
    assert show_results.open_to == MEMBERS


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
    assert visible_text(first.find(class_="meta")) == "Rule · 6.II.1 · Chapter 6 › Online spaces"
    assert [mark.get_text() for mark in first.select(".search-snippet mark")] == [
        "remove",
        "comment",
    ]
    film = shown.find("section", {"aria-labelledby": "kind-film"}).find("article")
    second = re.fullmatch(r"/courses/lesson/\?t=(\d+\.\d)#film", film.a["href"])
    minutes, seconds = re.search(r"^Film .* at (\d):(\d\d)$", visible_text(film.p)).groups()
    assert float(second[1]) == int(minutes) * 60 + int(seconds) - 2  # to hear what comes before


def test_results_stand_by_kind_with_counts_that_are_filters(client, member, library):
    shown = page(client, q="comment")

    filters = [(visible_text(a), a.get("aria-current")) for a in shown.select(".search-filters a")]
    assert filters == [
        ("Everything 13", "page"),
        ("Rules 1", None),
        ("Facts 5", None),
        ("Said in films 7", None),
    ]
    sections = {visible_text(s.h2): len(s.select("article")) for s in shown.select("section")}
    assert sections == {"Rules": 1, "Facts": 4, "Said in films": 2}  # two of one film
    more = shown.find("section", {"aria-labelledby": "kind-film"}).select_one("a.button")
    assert visible_text(more) == "Show all 7 in Said in films"
    assert more["href"] == "/search/?q=comment&kind=film"


def test_one_kind_is_shown_page_by_page(client, member, facts):
    for n in range(23):
        facts.put(f"f{n:02}", "tuba")
    indexing.index_changes()

    seen = []
    for number in (1, 2, 3):
        shown = page(client, q="tuba", kind="fact", page=number)
        seen += [a["href"] for a in shown.select("article a")]
        assert visible_text(shown.select_one(".pagination span")) == f"Page {number} of 3"
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

    assert "There are no more results on this page." in visible_text(shown)
    assert shown.select_one(".notice a")["href"] == "/search/?q=comment&kind=film"


def test_a_kind_that_is_not_there_is_left_out(client, member, library):
    assert page(client, q="comment", kind="nonsense").select("section")


def test_more_of_one_film_is_a_link_to_all_of_it(client, member, library):
    overview = page(client, q="comment")
    more = overview.select_one("[aria-labelledby=kind-film] a.search-more")
    assert visible_text(more) == "5 more in Before you remove a comment"
    assert more["href"] == "/search/?q=comment&group=film"

    whole = page(client, q="comment", group="film")
    assert visible_text(whole.h2) == "In Before you remove a comment"
    assert len(whole.select("article")) == 7
    assert not whole.select(".search-more")


def test_what_editors_alone_may_see_is_neither_found_nor_counted(client, member, library):
    shown = page(client, q="editors")

    assert "Nothing was found for “ editors ”" in visible_text(shown)
    assert "Draft" not in visible_text(page(client, q="comment"))


def test_nothing_found_is_said_kindly_with_ways_on(client, member, library, settings):
    settings.SEARCH_HELP = "Ask the rules desk: rules@hub.example"
    shown = page(client, q="zeppelin")

    assert visible_text(shown.h2) == "Nothing was found for “ zeppelin ”"
    assert "Use fewer words" in visible_text(shown)
    assert "Ask the rules desk: rules@hub.example" in visible_text(shown)
    assert shown.select_one("a[href^='mailto:']")["href"] == "mailto:rules@hub.example"
    assert "Your region’s digital lead." in visible_text(shown)
    assert shown.select("a[href^='/search/?q=']")


def test_titles_that_come_near_are_offered_where_nothing_was_found(client, member, library):
    shown = page(client, q="commentariat")

    near = shown.find("h3", string="Similar results").find_next("ul")
    assert "/fact/fact-0/" in addresses(near, "li a")
    assert "Draft" not in visible_text(near)


def test_hits_with_only_some_of_the_words_say_so(client, member, library):
    shown = page(client, q="quorum zeppelin")

    assert "No result has all of these words. These have some of them." in visible_text(shown)
    assert shown.find("article").a["href"] == "/rules/3.ii.2/"


def test_without_an_index_the_database_answers_and_a_worker_is_asked(client, member, rule_book):
    TaskJob.objects.all().delete()
    shown = page(client, q="quorum present")

    assert "Search is being prepared." in visible_text(shown.select_one(".notice--warning"))
    assert addresses(shown) == ["/rules/3.ii.2/"]
    assert [mark.get_text() for mark in shown.select(".search-snippet mark")] != []
    assert TaskJob.objects.get().task == "search.tasks.index_changes"
    assert AskedQuestion.objects.count() == 0  # what the database finds says nothing of the search


def test_a_citation_is_answered_without_an_index(client, member, rule_book):
    shown = page(client, q="7.VIII.3.A")

    assert visible_text(shown.select_one(".search-cited h2")) == "Appeals"


def test_what_was_typed_comes_back_as_text(client, member, library):
    typed = '"><script>alert(1)</script>'
    response = client.get("/search/", {"q": typed})

    assert b"<script>alert" not in response.content
    assert page(client, q=typed).find("input", {"name": "q"})["value"] == typed


def test_a_very_long_question_is_cut_and_that_is_said(client, member, library):
    shown = page(client, q="quorum " * 400)

    assert "only its first 1,000 characters" in visible_text(shown)
    assert shown.find("article").a["href"] == "/rules/3.ii.2/"


def test_a_question_is_remembered_without_who_asked(client, member, library):
    page(client, q="Remove a comment")
    page(client, q="zeppelin")

    asked = AskedQuestion.objects.order_by("question").values_list(
        "question", "results", "position"
    )
    assert list(asked) == [("remove a comment", 13, None), ("zeppelin", 0, None)]


def test_a_question_asked_again_by_the_same_person_is_remembered_once_a_day(
    client, member, library
):
    for typed in ("comment", "Comment ", "comment"):
        page(client, q=typed)
    client.force_login(MemberFactory())
    page(client, q="comment")

    assert AskedQuestion.objects.filter(question="comment").count() == 2


def test_a_list_that_was_narrowed_is_no_new_question(client, member, library):
    page(client, q="comment", kind="film")
    page(client, q="comment", page=2)
    page(client, q="comment", sort="date")

    assert AskedQuestion.objects.count() == 0


def test_opening_a_result_is_noted_once_for_its_search(client, member, library):
    shown = page(client, q="comment")
    holder = shown.select_one("[data-asked]")
    assert holder["data-opened-url"] == "/search/opened/"

    for position in ("3", "1"):
        told = {"token": holder["data-asked"], "position": position}
        assert client.post("/search/opened/", told).status_code == 204
    assert AskedQuestion.objects.get().position == 3


@pytest.mark.parametrize(
    "told",
    [{}, {"token": "made up", "position": "1"}, {"token": "", "position": "٣"}, {"position": "-1"}],
)
def test_what_makes_no_sense_is_not_noted_and_no_error(client, member, library, told):
    page(client, q="comment")

    response = client.post("/search/opened/", told)

    assert (response.status_code, response.content) == (204, b"")
    assert AskedQuestion.objects.get().position is None


def test_opening_is_told_by_the_page_itself_and_only_by_members(client, member, library):
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(member)

    assert strict.post("/search/opened/", {"token": "x", "position": "1"}).status_code == 403
    assert client.get("/search/opened/").status_code == 405
    assert opened.open_to == MEMBERS


@pytest.mark.parametrize("hits", [1, 3])
def test_the_queries_do_not_grow_with_the_hits(
    client, member, facts, hits, django_assert_num_queries
):
    for n in range(hits):
        facts.put(f"f{n}", "tuba", edition="2026")
    indexing.index_changes()
    client.get("/search/", {"q": "tubas"})

    noting = 5 if connection.vendor == "sqlite" else 3  # SQLite is told how long to wait
    with django_assert_num_queries(5 + noting):
        shown = client.get("/search/", {"q": "tuba"})
    assert shown.content.count(b"<article") == hits
    with django_assert_num_queries(5):
        shown = client.get("/search/", {"q": "tuba", "kind": "fact", "edition": "2026"})
    assert shown.content.count(b"<article") == hits
