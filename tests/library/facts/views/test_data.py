"""Cards and series as files: what is in them, and for whom."""

import csv
import datetime

import pytest

from library.facts.actions.lifecycle import review_fact, supersede_fact, withdraw_fact
from library.facts.models import FactCard
from tests.factories.library import make_card, make_series
from tests.pages import assert_hidden

pytestmark = pytest.mark.any_database
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def lines_of(response) -> list[str]:
    content = b"".join(response.streaming_content).decode()
    return content.removeprefix("\ufeff").splitlines()


def test_a_card_as_json_says_all_that_its_page_says(browser):
    old = make_card("old")
    supersede_fact(old, by_card=make_card(figure="2", topics=("B", "A")), by=None, now=NOW)

    new = browser.get("/facts/quorum/data.json").json()
    assert new["figure"] == "2"
    assert new["topics"] == ["A", "B"]
    assert new["source"] == {
        "publisher": "legislation.gov.uk",
        "title": "Companies Act 2006, section 318",
        "address": "https://www.legislation.gov.uk/ukpga/2006/46/section/318",
        "published": None,
        "accessed": None,
        "licence": "",
    }
    assert (new["status"], new["as_at"], new["review_by"]) == ("live", "2020-06-30", "2999-06-29")
    gone = browser.get("/facts/old/data.json").json()
    assert (gone["status"], gone["version"], gone["superseded_by"]) == (
        "superseded",
        2,
        "http://testserver/facts/quorum/",
    )


def test_all_live_cards_that_one_may_read_are_a_file_no_spreadsheet_runs(client, member):
    make_card("open", audience=FactCard.Audience.ANYONE, figure="=HYPERLINK(1)", detail="-5")
    make_card("members")
    review_fact(make_card("review"), reason="Why.", by=None, now=NOW)

    heading, *rows = lines_of(client.get("/facts/data.csv"))
    assert heading.startswith("title,slug,statement,kind,figure")
    assert [row.split(",")[1] for row in rows] == ["open"]
    assert rows[0].split(",")[4] == "'=HYPERLINK(1)"
    client.force_login(member)
    assert [row.split(",")[1] for row in lines_of(client.get("/facts/data.csv"))[1:]] == [
        "members",
        "open",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_of_all_cards_costs_the_same_queries_for_one_and_three(
    client, db, count, django_assert_num_queries
):
    for number in range(count):
        make_card(f"card-{number}", audience=FactCard.Audience.ANYONE, topics=("Meetings",))

    with django_assert_num_queries(2):
        assert len(list(client.get("/facts/data.csv").streaming_content)) == count + 1


def test_values_as_data_keep_their_numbers(browser):
    make_series({"Wales": {2024: "-1234.5"}})

    lines = b"".join(browser.get("/series/seats/data.csv").streaming_content).decode()
    assert lines == (
        "\ufeffperiod,starts_on,place,place_code,value\r\n"
        "2024,2024-01-01,Wales,code-Wales,-1234.5\r\n"
    )
    assert browser.get("/series/seats/data.json").json()["values"] == [
        {
            "period": "2024",
            "starts_on": "2024-01-01",
            "place": "Wales",
            "place_code": "code-Wales",
            "value": "-1234.5",
        }
    ]


@pytest.mark.parametrize("end", ["data.json", "data.csv"])
def test_strangers_take_what_is_for_anyone_and_learn_nothing_of_other_cards(client, member, end):
    make_card("open", audience=FactCard.Audience.ANYONE)
    make_card("members")

    def content(slug: str) -> str:
        return client.get(f"/facts/{slug}/{end}").getvalue().decode()

    assert "http://testserver/facts/open/" in content("open")
    asked = [client.get(f"/facts/{slug}/{end}") for slug in ("members", "none")]
    assert [answer["Location"] for answer in asked] == [
        f"/accounts/login/?next=/facts/{slug}/{end}" for slug in ("members", "none")
    ]
    client.force_login(member)
    assert "http://testserver/facts/members/" in content("members")
    assert_hidden(client, f"/facts/none/{end}")


@pytest.mark.parametrize("end", ["data.csv", "data.json"])
def test_strangers_take_the_series_that_are_for_anyone_and_sign_in_for_the_rest(client, db, end):
    make_series({"Wales": {2024: 32}}, "open", audience="anyone")
    make_series({"Wales": {2024: 33}}, "members")

    assert "32" in client.get(f"/series/open/{end}").getvalue().decode()
    for slug in ("members", "none"):
        answer = client.get(f"/series/{slug}/{end}")
        assert answer["Location"] == f"/accounts/login/?next=/series/{slug}/{end}"


def test_the_file_of_a_card_is_a_row_under_the_columns_of_an_import(browser):
    make_card(topics=("Meetings", "Companies"), figure="2", unit="members")

    response = browser.get("/facts/quorum/data.csv")
    assert response["Content-Disposition"] == 'attachment; filename="quorum.csv"'
    heading, row = csv.reader(lines_of(response))
    assert [*heading[:4], *heading[-3:]] == [
        "title", "slug", "statement", "kind", "topics", "status", "link"
    ]  # fmt: skip
    filled = {name: value for name, value in zip(heading, row, strict=True) if value}
    assert filled == {
        "title": "About quorum",
        "slug": "quorum",
        "statement": "Two members are a quorum of a company.",
        "kind": "law",
        "figure": "2",
        "unit": "members",
        "source_name": "legislation.gov.uk",
        "source_url": "https://www.legislation.gov.uk/ukpga/2006/46/section/318",
        "citation": "Companies Act 2006, section 318",
        "as_at": "2020-06-30",
        "review_by": "2999-06-29",
        "audience": "members",
        "topics": "Companies; Meetings",
        "status": "live",
        "link": "http://testserver/facts/quorum/",
    }


def test_a_withdrawn_card_as_json_says_when_and_why(browser):
    withdraw_fact(make_card(), reason="It was wrong.", by=None, now=NOW)

    content = browser.get("/facts/quorum/data.json").json()
    assert (content["status"], content["superseded_by"]) == ("withdrawn", None)
    assert content["withdrawn"] == {"at": "2026-11-21T12:00:00Z", "reason": "It was wrong."}


def test_a_series_as_json_says_what_it_measures_and_whose_it_is(browser):
    make_series({"Wales": {2024: 32}}, does_not_show="Who sits in them.")

    content = browser.get("/series/seats/data.json").json()
    assert content.pop("values")[0]["value"] == "32"
    assert content == {
        "link": "http://testserver/series/seats/",
        "title": "Seats",
        "measure": "How many seats there are.",
        "unit": "seats",
        "does_not_show": "Who sits in them.",
        "source": {
            "publisher": "Nobody",
            "title": "A test",
            "address": "https://example.org/",
            "published": None,
            "accessed": None,
            "licence": "",
        },
        "as_at": "2020-01-01",
        "review_by": "2999-01-01",
    }
