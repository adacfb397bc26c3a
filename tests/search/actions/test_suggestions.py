"""What is suggested while somebody types."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from party.permissions import MEMBERS
from search.actions import indexing, suggestions
from search.models import FrequentQuestion
from search.views.suggestions import suggest
from tests.search.pages import addresses, page

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({"anyone", "members"})


def suggested(client, typed) -> list[dict]:
    response = client.post("/search/suggest/", {"q": typed})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def titles(client, typed) -> list[str]:
    return [each["title"] for each in suggested(client, typed)]


def test_a_citation_comes_first_with_how_its_text_begins(client, member, library):
    first = suggested(client, "7.VIII.3.A")[0]

    assert first["detail"].startswith("7.VIII.3.A · ")
    assert {**first, "detail": ""} == {
        "kind": "rule",
        "label": "Rules",
        "title": "Appeals",
        "detail": "",
        "url": "/rules/7.viii.3.a/",
    }


def test_a_citation_of_many_meanings_suggests_them(client, member, library):
    found = suggested(client, "clause II.1")

    assert "/rules/6.ii.1/" in [each["url"] for each in found]
    assert all("II.1 · " in each["detail"] for each in found if each["kind"] == "rule")


def test_headings_come_before_titles_and_questions_last(client, member, library, rule_book):
    rule_book.put("9.I.1", "She may.", title="Who may remove a comment", citation="9.I.1")
    indexing.index_changes()
    FrequentQuestion.objects.create(question="remove a comment in a hurry", times=9)
    found = suggested(client, "remove a com")

    assert [(each["kind"], each["title"]) for each in found] == [
        ("rule", "Who may remove a comment"),
        ("film", "Before you remove a comment"),
        ("question", "remove a comment in a hurry"),
    ]
    assert found[1]["url"] == "/courses/lesson/?t=59.0#film"
    assert found[2] == {
        "kind": "question",
        "label": "Often asked",
        "title": "remove a comment in a hurry",
        "detail": "",
        "url": "/search/?q=remove+a+comment+in+a+hurry",
    }


def test_the_last_word_may_be_half_typed(client, member, library):
    assert titles(client, "quo")[0] == "Quorum"
    assert titles(client, "no quor") == ["No quorum"]


def test_no_more_than_eight_are_suggested_and_none_twice(client, member, library, facts):
    for n in range(20):
        facts.put(f"many-{n}", "Body.", title=f"Many {n}")
    indexing.index_changes()
    found = suggested(client, "many")

    assert len(found) == len({each["url"] for each in found}) == 8


@pytest.mark.parametrize("typed", ["", "q", "   ", " x ", "\0", "?!", "🦊🦊"])
def test_too_little_suggests_nothing(client, member, library, typed):
    assert suggested(client, typed) == []


def test_what_a_person_may_not_see_is_not_suggested(client, member, library, facts):
    facts.put("two", "For all.", title="Draft for all")
    indexing.index_changes()

    assert titles(client, "draft") == ["Draft for all"]
    held = suggestions.suggestions("draft", EVERYBODY | {"editors"})
    assert {each.title for each in held} == {"Draft", "Draft for all"}
    assert suggestions.suggestions("draft", frozenset({"anyone"})) == []


def test_without_an_index_citations_and_questions_are_still_suggested(client, member, rule_book):
    FrequentQuestion.objects.create(question="quorum of a branch", times=9)

    assert titles(client, "7.VIII.3.A") == ["Appeals"]
    assert titles(client, "quorum") == ["quorum of a branch"]


def test_the_answer_is_for_this_member_alone_and_kept_by_nobody(client, member, library):
    response = client.post("/search/suggest/", {"q": "quorum"})

    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert suggest.open_to == MEMBERS
    client.logout()
    assert client.post("/search/suggest/", {"q": "quorum"}).status_code == 401


def test_what_is_typed_stands_in_no_address_and_is_told_by_the_page_itself(client, member, library):
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(member)
    form = BeautifulSoup(strict.get("/search/").content, "html.parser").header.form
    told = {"q": "quorum", "csrfmiddlewaretoken": form["data-csrf"]}

    assert strict.post(form["data-suggest"], told).json()[0]["title"] == "Quorum"
    assert strict.post(form["data-suggest"], {"q": "quorum"}).status_code == 403
    assert client.get("/search/suggest/", {"q": "quorum"}).status_code == 405


def test_each_suggestion_opens_what_the_results_open(client, member, library):
    (suggestion,) = suggested(client, "no quorum")

    assert suggestion["url"] in addresses(page(client, q="no quorum"))


def test_near_what_found_nothing_are_titles_and_what_others_ask(library):
    FrequentQuestion.objects.create(question="commission of the region", times=9)
    near = suggestions.nearest("the commotion", EVERYBODY)

    assert len(near) == 5
    assert {"Draft"}.isdisjoint({each.title for each in near})
    assert [each.title for each in suggestions.nearest("commixture", EVERYBODY, limit=99)][-1] == (
        "commission of the region"
    )
    assert suggestions.nearest("of the", EVERYBODY) == suggestions.nearest("", EVERYBODY) == []
    assert suggestions.nearest("-commotion", EVERYBODY) == [], "what is excluded is not wanted"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300) | st.sampled_from(["-" * 99, '"' * 7, "7." * 60, "a" * 9000]))
def test_whatever_is_typed_gets_an_answer(library, typed):
    found = suggestions.suggestions(typed, EVERYBODY)

    assert len(found) <= 8
    assert len({each.url for each in found}) == len(found)


@pytest.mark.parametrize("held", [1, 3])
def test_the_queries_do_not_grow_with_what_is_suggested(
    client, member, facts, held, django_assert_num_queries
):
    for n in range(held):
        facts.put(f"f{n}", "Body.", title=f"Tuba {n}")
    indexing.index_changes()
    suggested(client, "tuba")

    with django_assert_num_queries(5):
        assert len(suggested(client, "tuba")) == held
