"""What search is told of the library, and that a member finds it."""

import datetime

import pytest
from django.utils import timezone

from library.facts.actions.lifecycle import withdraw_fact
from library.facts.sources import Facts
from library.rules.actions.indexing import mark_provisions
from library.rules.actions.publication import publish_edition
from library.rules.models import Edition, Provision, Work
from library.rules.sources.provisions import Provisions
from party.models.audiences import audience_tokens
from search.actions.answers import answer, resolve
from search.actions.indexing import index_changes
from search.engines.document import Document, aside
from search.questions.parsing import parse
from tests.factories.library import BOOK, make_card, make_edition, make_work


def document_of(book, citation: str) -> Document:
    key = str(book.provisions.get(citation=citation).pk)
    (document,) = Provisions().documents([key])
    return document


def test_a_provision_is_a_document_that_opens_at_its_place(book):
    provision = book.provisions.get(citation="7.VIII.3.A")

    assert document_of(book, "7.VIII.3.A") == Document(
        id=str(provision.pk),
        key=str(provision.pk),
        kind="provision",
        url="/rules/sample/7/VIII/#VIII.3.A",
        title="Chapter 7 Clause VIII.3.A",
        heading=("The sample book › Chapter 7 — Online groups › Clause VIII — Removing a comment"),
        body="harasses a person, as Chapter 4, Clause II.1 never says; or",
        citation="7.VIII.3.A",
        audience=("members",),
        group="sample/7",
        group_label="Chapter 7 — Online groups",
        edition="The sample book, First edition",
        date=datetime.date(2020, 1, 1),
    )


def test_a_chapter_is_of_the_group_that_is_called_like_it(book):
    assert document_of(book, "7").group_label == "Chapter 7 — Online groups"
    assert document_of(book, "appendix-1.1").group_label == "Appendix 1 — House rules"


def test_lead_ins_belong_to_the_clause_they_lead_in(book):
    clause = document_of(book, "7.VIII")
    lead_in = book.provisions.get(kind=Provision.Kind.LEAD_IN)

    assert clause.title == "Chapter 7 Clause VIII — Removing a comment"
    assert clause.body == "A comment is removed for what it says."
    assert str(lead_in.pk) not in set(Provisions().keys())
    assert Provisions().documents([str(lead_in.pk)]) == []


def test_what_is_not_in_force_is_kept_aside(book):
    today = timezone.localdate()
    draft = make_edition(book.work, label="Draft", in_force_from=today, publish=False)
    old = {str(p.pk) for p in book.provisions.exclude(kind="lead_in")}
    assert set(Provisions().keys()) == old

    publish_edition(draft, by=None, now=timezone.now())

    new = {str(p.pk) for p in draft.provisions.exclude(kind="lead_in")}
    assert set(Provisions().keys()) == old | new
    for keys, current, audience in ((new, True, "members"), (old, False, "members@aside")):
        documents = Provisions().documents(sorted(keys))
        assert {(each.current, each.audience) for each in documents} == {(current, (audience,))}


def test_members_find_an_edition_that_has_ended_only_if_they_ask_for_it(book, member):
    new = BOOK.replace("ten members", "a dozen members")
    make_edition(book.work, new, "Second edition", timezone.localdate())
    index_changes()
    tokens = audience_tokens(member)

    assert answer('"ten members"', audience=tokens).results.total == 0
    (hit,) = answer('"ten members"', audience=tokens | aside(tokens)).results.hits
    assert hit.document.edition == "The sample book, First edition"


def test_what_only_officers_may_read_is_in_nobody_elses_results_or_citations(book, member):
    clause = book.provisions.get(citation="7.VIII")
    Provision.objects.within([clause]).update(audience="officers")
    mark_provisions(Edition.objects.all())
    index_changes()
    tokens = audience_tokens(member)

    assert answer("harasses", audience=tokens).results.total == 0
    assert answer("harasses", audience=tokens | {"officers"}).results.total == 1
    (chapter,) = resolve(parse("Chapter 7"), tokens)[0].cited
    assert "log" in chapter.body
    assert "harasses" not in chapter.body
    (whole,) = resolve(parse("Chapter 7"), tokens | {"officers"})[0].cited
    assert "harasses" in whole.body


def test_a_closed_works_provisions_carry_its_audience(db):
    edition = make_edition(make_work(audience=Work.Audience.EDITORS))

    documents = Provisions().documents([str(p.pk) for p in edition.provisions.all()])
    assert {document.audience for document in documents} == {("editors",)}


@pytest.mark.parametrize("count", [1, 3, 14])
def test_documents_cost_three_queries_however_many_are_asked_for(
    book, count, django_assert_num_queries
):
    keys = list(Provisions().keys())[-count:]

    with django_assert_num_queries(3):
        assert len(Provisions().documents(keys)) == count


def test_a_fact_card_is_a_document_with_its_statement_detail_and_source(db):
    card = make_card(
        topics=("Meetings", "Companies"),
        detail="It does **not** say more.",
        does_not_show="Nor less.",
    )

    assert Facts().documents([str(card.pk)]) == [
        Document(
            id=str(card.pk),
            key=str(card.pk),
            kind="fact",
            url="/facts/quorum/",
            title="About quorum",
            heading="Companies, Meetings",
            body=(
                "Two members are a quorum of a company.\nIt does not say more.\nNor less.\n"
                "Companies Act 2006, section 318, legislation.gov.uk"
            ),
            audience=("members",),
            date=datetime.date(2020, 6, 30),
        )
    ]


def test_a_card_that_is_due_for_review_stands_below_what_is_live(db):
    today = timezone.localdate()
    cards = [
        make_card(f"card-{days}", review_by=today + datetime.timedelta(days=days))
        for days in (-1, 0, 1)
    ]

    documents = Facts().documents([str(card.pk) for card in cards])

    assert {document.key: document.current for document in documents} == {
        str(cards[0].pk): False,
        str(cards[1].pk): True,
        str(cards[2].pk): True,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_fact_documents_cost_two_queries_however_many_there_are(
    db, count, django_assert_num_queries
):
    keys = [str(make_card(f"card-{n}", topics=("Meetings",)).pk) for n in range(count)]

    with django_assert_num_queries(2):
        assert len(Facts().documents(keys)) == count


def test_a_member_finds_rules_and_facts_by_citation_and_by_words(book, member):
    make_card()
    index_changes()
    audience = audience_tokens(member)

    by_citation = answer("Chapter 7 Clause VIII.3.A", audience=audience).results
    by_words = answer("quorum", audience=audience).results

    assert by_citation.hits[0].document.url == "/rules/sample/7/VIII/#VIII.3.A"
    assert {hit.document.url for hit in by_words.hits} >= {
        "/rules/sample/4/II/",
        "/rules/sample/4/II/#II.1",
        "/facts/quorum/",
    }
    assert answer("quorum", audience=frozenset({"anyone"})).results.total == 0


def test_a_withdrawn_card_is_found_no_longer(book, member):
    card = make_card()
    index_changes()
    withdraw_fact(card, reason="Repealed.", by=None, now=timezone.now())
    index_changes()

    found = answer("quorum", audience=audience_tokens(member), kind="fact").results

    assert found.total == 0
    assert list(Facts().keys()) == []


def titles_with(source, *words: str, limit: int = 10) -> list[str]:
    """What the database's own search finds, by title."""
    keys = list(source.keys_with(words, limit))
    titles = {document.key: document.title for document in source.documents(keys)}
    return [titles[key] for key in keys]


def test_provisions_are_found_without_the_index_by_all_of_the_words(book):
    assert titles_with(Provisions(), "moderators", "may") == ["Chapter 7 Clause VIII.3"]
    assert titles_with(Provisions(), "copies", "comments") == ["Chapter 7 Clause VIII.1"]
    assert titles_with(Provisions(), "removing", "copies") == ["Chapter 7 Clause VIII.1"]
    assert titles_with(Provisions(), "quorum") == [
        "Chapter 4 Clause II — Quorum",
        "Chapter 4 Clause II.1",
    ]
    assert titles_with(Provisions(), "quorum", limit=1) == ["Chapter 4 Clause II — Quorum"]
    assert titles_with(Provisions(), "quorum", "100%") == []


def test_only_what_is_in_force_or_published_is_found_without_the_index(book):
    draft = make_edition(book.work, BOOK.replace("ten", "eleven"), label="Draft", publish=False)
    withdrawn = make_card("gone", title="A withdrawn card")
    make_card("kept", title="A kept card", statement="Ten_percent of 100%.")
    withdraw_fact(withdrawn, reason="Wrong.", by=None, now=timezone.now())

    assert draft.provisions.filter(text__contains="eleven").exists()
    assert titles_with(Provisions(), "eleven") == []
    assert titles_with(Facts(), "card") == ["A kept card"]
    assert titles_with(Facts(), "cards", "percent") == ["A kept card"]
    assert titles_with(Facts(), "legislation.gov.uk", "acts") == ["A kept card"]
    assert titles_with(Facts(), "nothing") == []


@pytest.mark.parametrize("source", [Provisions(), Facts()])
@pytest.mark.parametrize("words", [["quorum"], ["a", "b", "c"], [], ["%", "\\", "'"]])
def test_looking_without_the_index_costs_one_query(book, source, words, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(list(source.keys_with(words, 3))) <= 3
