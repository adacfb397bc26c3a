"""The knowledge bank's pages: the list with its filters, a card as it stands, its versions."""

import datetime
import re

import pytest
from django.utils import timezone

from library.facts.actions.facts import save_fact
from library.facts.actions.lifecycle import confirm_fact, review_fact, supersede_fact, withdraw_fact
from library.facts.models import FactCard
from tests.factories.library import make_card
from tests.pages import assert_hidden, visible_text

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
FACTS_QUERIES = 8  # six are the session's, the member's, their permissions' and regions'
VERSIONS_QUERIES = 7


def main_of(response) -> str:
    return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()


def slugs(response) -> list[str]:
    return [card.slug for card, _status in response.context["cards"]]


# --- the list --------------------------------------------------------------------------------
def test_the_list_leaves_out_what_holds_no_longer_and_marks_what_is_due(browser):
    make_card("live")
    make_card("due", review_by=datetime.date(2021, 1, 1))
    review_fact(make_card("review"), reason="Why.", by=None, now=NOW)
    withdraw_fact(make_card("gone"), reason="Repealed.", by=None, now=NOW)
    supersede_fact(make_card("old"), by_card=FactCard.objects.get(slug="live"), by=None, now=NOW)
    save_fact(
        FactCard(slug="draft", title="A", statement="B", kind="law"), topics=None, by=None, now=NOW
    )

    response = browser.get("/facts/")

    assert [(card.slug, status) for card, status in response.context["cards"]] == [
        ("due", "due"),
        ("live", "live"),
        ("review", "review"),
    ]
    marks = re.findall(r'<span class="badge[^"]*">([^<]+)', main_of(response))
    assert marks == ["Due for review", "Under review"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=live", ["data", "law"]),
        ("status=due", ["due"]),
        ("status=withdrawn", ["gone"]),
        ("status=superseded", []),
        ("kind=computed", ["data"]),
        ("q=Waleses+CONSTITUENCY", ["data"]),
        ("q=32", ["data"]),
        ("q=%25", ["data", "due", "law"]),
        ("q=wales&kind=law", []),
        ("status=nonsense", ["data", "due", "law"]),
        ("topic=meetings&q=quorum", ["law"]),
    ],
)
def test_the_list_is_narrowed_by_status_kind_topic_and_words(browser, asked, found):
    make_card("law", topics=("Meetings",))
    make_card(
        "data", kind="computed", statement="A count.", figure="32", unit="constituencies",
        place="Wales",
    )  # fmt: skip
    make_card("due", review_by=datetime.date(2021, 1, 1), statement="Something else.")
    withdraw_fact(make_card("gone"), reason="Repealed.", by=None, now=NOW)

    response = browser.get(f"/facts/?{asked}")

    assert slugs(response) == found
    assert ("No facts match." in visible_text(response)) == (not found)


def test_the_topics_offered_are_those_of_cards_that_hold(browser):
    make_card("one", topics=("Meetings",))
    make_card("two", topics=("Meetings", "Data protection"))
    withdraw_fact(make_card("three", topics=("Old",)), reason="Repealed.", by=None, now=NOW)

    response = browser.get("/facts/?topic=data-protection")

    assert slugs(response) == ["two"]
    assert [topic.name for topic in response.context["topics"]] == ["Data protection", "Meetings"]
    assert "Facts about Data protection" in visible_text(response)
    assert_hidden(browser, "/facts/?topic=unheard-of")
    assert browser.get("/facts/?topic=old").status_code == 200


def test_a_topic_of_drafts_alone_is_as_unheard_of_as_any_other(browser):
    draft = FactCard(slug="draft", title="A", statement="B", kind="law")
    save_fact(draft, topics=("Secret plans",), by=None, now=NOW)

    assert_hidden(browser, "/facts/?topic=secret-plans")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries_for_one_and_three(
    browser, count, django_assert_num_queries
):
    for number in range(count):
        make_card(f"card-{number}", topics=("Meetings",))

    with django_assert_num_queries(FACTS_QUERIES):
        assert len(browser.get("/facts/").context["cards"]) == count


def test_turning_a_page_keeps_what_was_asked_for(browser):
    first = make_card("card-00")
    fields = {f.name: getattr(first, f.name) for f in FactCard._meta.local_fields}
    FactCard.objects.bulk_create(
        FactCard(**{**fields, "id": None, "slug": f"card-{n:02}"}) for n in range(1, 50)
    )

    one, two = browser.get("/facts/?kind=law"), browser.get("/facts/?kind=law&page=2")

    assert [len(page.context["cards"]) for page in (one, two)] == [48, 2]
    assert 'href="?page=2&amp;kind=law"' in main_of(one)


# --- a card ----------------------------------------------------------------------------------
def test_a_card_shows_its_figure_claim_limits_and_every_part_of_its_source(browser):
    make_card(
        topics=("Meetings",),
        figure="2",
        unit="persons",
        period="since 2007",
        place="United Kingdom",
        detail="It has *details*.",
        does_not_show="Not that one is.",
        source_published=datetime.date(2006, 11, 8),
        source_accessed=datetime.date(2020, 6, 30),
        source_licence="Open Government Licence v3.0",
        review_by=datetime.date(2999, 6, 29),
    )

    response = browser.get("/facts/quorum/")

    text = visible_text(response)
    for words in (
        "2 persons, since 2007, United Kingdom Two members are a quorum of a company.",
        "What it does not show Not that one is.",
        "More detail It has details .",
        "Source Companies Act 2006, section 318 Publisher legislation.gov.uk",
        "Published 8 November 2006 Accessed 30 June 2020 Licence Open Government Licence v3.0",
        "As at 30 June 2020 Review by 29 June 2999",
        "Maintained by The knowledge bank Version 1, ",
    ):
        assert words in text
    assert (
        '<a href="https://www.legislation.gov.uk/ukpga/2006/46/section/318" rel="noopener">'
        "Companies Act 2006, section 318</a>"
    ) in main_of(response)


def test_only_editors_read_who_keeps_a_card(client, member, editor):
    make_card(owner=member)

    client.force_login(member)
    assert str(member) not in visible_text(client.get("/facts/quorum/"))
    client.force_login(editor)
    assert f"Maintained by {member}" in visible_text(client.get("/facts/quorum/"))


def test_a_card_past_its_review_date_asks_to_be_checked_first(browser):
    make_card(review_by=datetime.date(2021, 1, 31))

    assert "due for review by 31 January 2021" in visible_text(browser.get("/facts/quorum/"))


def test_a_card_under_review_says_why(browser):
    review_fact(make_card(), reason="The table moved.", by=None, now=NOW)

    text = visible_text(browser.get("/facts/quorum/"))

    assert "This fact is under review. Check its source before you share it." in text
    assert "The table moved." in text


def test_a_superseded_card_answers_says_so_and_leads_to_the_last_of_its_line(browser):
    for slug in ("first", "second", "third"):
        make_card(slug, title=f"The {slug} count")
    cards = {card.slug: card for card in FactCard.objects.all()}
    supersede_fact(cards["first"], by_card=cards["second"], by=None, now=NOW)
    supersede_fact(cards["second"], by_card=cards["third"], by=None, now=NOW)

    response = browser.get("/facts/first/")

    assert response.status_code == 200
    assert "This fact was superseded on 21 November 2026." in visible_text(response)
    assert '<a href="/facts/third/">The third count</a>' in main_of(response)
    withdraw_fact(cards["third"], reason="Wrong.", by=None, now=NOW)
    assert "(withdrawn since)" in visible_text(browser.get("/facts/first/"))


def test_a_withdrawn_card_answers_and_says_why(browser):
    withdraw_fact(make_card(figure="2"), reason="The Act was repealed.", by=None, now=NOW)

    response = browser.get("/facts/quorum/")

    text = visible_text(response)
    assert response.status_code == 200
    assert "This fact was withdrawn on 21 November 2026. Do not share it." in text
    assert "The Act was repealed." in text
    assert "<del>2</del>" in main_of(response)


@pytest.mark.parametrize("address", ["", "versions/"], ids=["page", "versions"])
def test_strangers_open_what_is_for_anyone_and_learn_nothing_of_the_rest(client, member, address):
    make_card("open", audience=FactCard.Audience.ANYONE)
    make_card("members")

    assert client.get(f"/facts/open/{address}").status_code == 200
    asked = [client.get(f"/facts/{slug}/{address}") for slug in ("members", "none")]
    assert [answer.headers["Location"] for answer in asked] == [
        f"/accounts/login/?next=/facts/{slug}/{address}" for slug in ("members", "none")
    ]
    client.force_login(member)
    assert client.get(f"/facts/members/{address}").status_code == 200
    assert_hidden(client, f"/facts/none/{address}")


def test_no_browser_keeps_a_card(client, db):
    make_card("open", audience=FactCard.Audience.ANYONE)

    assert client.get("/facts/open/")["Cache-Control"] == "private, no-store"


# --- versions --------------------------------------------------------------------------------
def test_versions_are_listed_newest_first_with_their_differences(browser):
    card = make_card()
    card.statement = "Three members are a quorum of a company."
    save_fact(card, topics=None, note="The Act was changed.", by=None, now=NOW)
    confirm_fact(
        card, as_at=datetime.date(2026, 11, 1), review_by=datetime.date(2027, 11, 1), by=None,
        now=NOW,
    )  # fmt: skip

    text = visible_text(browser.get("/facts/quorum/versions/"))

    assert "The Act was changed. Statement removed: Two added: Three members are a quorum" in text
    assert "As at removed: 30 June 2020 added: 1 November 2026" in text
    assert text.index("Version 3") < text.index("Version 2") < text.index("Version 1")
    assert "what changed" in visible_text(browser.get("/facts/quorum/"))


def test_what_was_only_for_members_stays_so_when_a_card_is_opened(client, member):
    card = make_card(statement="A secret between members.")
    card.audience, card.statement = FactCard.Audience.ANYONE, "A claim for all."
    save_fact(card, topics=None, note="Opened.", by=None, now=NOW)

    page = client.get("/facts/quorum/versions/")
    assert "Version 2" in visible_text(page)
    assert "secret" not in page.content.decode()
    client.force_login(member)
    assert "secret" in client.get("/facts/quorum/versions/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_versions_cost_the_same_queries_for_one_and_three(
    browser, count, django_assert_num_queries
):
    card = make_card()
    for number in range(count - 1):
        card.figure = str(number)
        save_fact(card, topics=None, note="Counted.", by=None, now=timezone.now())

    with django_assert_num_queries(VERSIONS_QUERIES):
        assert len(browser.get("/facts/quorum/versions/").context["versions"]) == count
