"""Editions in time, provisions in their tree, and fact cards with their dates."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from library.facts.actions.lifecycle import withdraw_fact
from library.facts.models import FactCard
from library.rules.models import Edition, Provision, Work, nest
from tests.factories.library import make_card, make_edition, make_work

DAY = datetime.timedelta(days=1)


@pytest.fixture
def three_editions(db):
    work = make_work()
    return [
        make_edition(work, label=f"{year} edition", in_force_from=datetime.date(year, 1, 1))
        for year in (2020, 2022, 2024)
    ]


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (datetime.date(2019, 12, 31), None),
        (datetime.date(2020, 1, 1), "2020 edition"),
        (datetime.date(2021, 12, 31), "2020 edition"),
        (datetime.date(2022, 1, 1), "2022 edition"),
        (datetime.date(2030, 1, 1), "2024 edition"),
    ],
)
def test_on_every_day_one_edition_is_current(three_editions, on, label):
    found = Edition.objects.current(on)

    assert [edition.label for edition in found] == ([label] if label else [])
    assert set(Provision.objects.in_force(on).values_list("edition__label", flat=True)) == (
        {label} if label else set()
    )


def test_a_draft_is_never_current(db):
    edition = make_edition(make_work(), publish=False)

    assert not Edition.objects.current(datetime.date(2030, 1, 1)).exists()
    assert edition.standing(datetime.date(2030, 1, 1)) == Edition.Standing.DRAFT


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (datetime.date(2021, 12, 31), Edition.Standing.COMING),
        (datetime.date(2022, 1, 1), Edition.Standing.IN_FORCE),
        (datetime.date(2023, 12, 31), Edition.Standing.IN_FORCE),
        (datetime.date(2024, 1, 1), Edition.Standing.ENDED),
    ],
)
def test_an_edition_knows_how_it_stands_on_a_day(three_editions, on, standing):
    three_editions[1].refresh_from_db()

    assert three_editions[1].standing(on) == standing


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (datetime.date(2019, 1, 1), "2020 edition"),
        (datetime.date(2023, 1, 1), "2022 edition"),
        (datetime.date(2030, 1, 1), "2024 edition"),
    ],
)
def test_readers_are_shown_the_edition_in_force_or_the_next_to_come(three_editions, on, label):
    work = Work.objects.published().get()

    assert work.edition_to_show(on).label == label


def test_readers_are_shown_the_last_edition_of_a_work_that_has_ended(book):
    Edition.objects.update(in_force_until=datetime.date(2021, 1, 1))

    shown = Work.objects.published().get().edition_to_show(datetime.date(2022, 1, 1))

    assert shown == book
    assert shown.standing(datetime.date(2022, 1, 1)) == Edition.Standing.ENDED


def test_two_editions_of_a_work_cannot_both_be_without_an_end(book):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            work=book.work,
            label="Second",
            slug="second",
            status=Edition.Status.PUBLISHED,
            in_force_from=datetime.date(2021, 1, 1),
        )


def test_a_provision_is_found_by_its_citation_in_the_edition_in_force(three_editions):
    found = Provision.objects.in_force(datetime.date(2023, 1, 1)).cited("sample", "7.VIII.3.A")

    assert [(p.edition.label, p.text[:20]) for p in found] == [
        ("2022 edition", "harasses a person, a")
    ]


@pytest.mark.parametrize("citations", [["4.II.1"], ["7.VIII", "4.II.1", "appendix-1.1"]])
def test_many_citations_with_all_below_them_cost_as_much_as_one(
    book, citations, django_assert_num_queries
):
    with django_assert_num_queries(2):
        found = Provision.objects.in_force().cited("sample", *citations).with_below({"members"})
        addresses = [p.get_absolute_url() for p in found]

    assert len(addresses) == len(citations)


def test_a_cited_clause_brings_all_that_stands_below_it(book):
    (clause,) = Provision.objects.in_force().cited("sample", "7.VIII").with_below({"members"})

    lead_in, first, third = clause.below
    assert (lead_in.kind, lead_in.text) == ("lead_in", "A comment is removed for what it says.")
    assert (first.number, first.below) == ("1", [])
    assert [p.number for p in third.below] == ["A", "B"]
    assert [p.text for p in third.below[1].below] == ["of a child."]


def test_a_clause_and_its_own_provision_cited_together_are_both_whole(book):
    clause, provision = (
        Provision.objects.in_force().cited("sample", "7.VIII", "7.VIII.3").with_below({"members"})
    )

    assert clause.below[2] == provision
    assert [p.number for p in provision.below] == ["A", "B"]


def test_nothing_cited_brings_nothing(book):
    assert Provision.objects.cited("sample").with_below({"members"}) == []
    assert Provision.objects.cited("sample", "99.I").with_below({"members"}) == []


def test_nesting_keeps_the_reading_order_of_the_whole_book(book):
    flat = list(book.provisions.order_by("position"))

    def walk(nodes):
        for node in nodes:
            yield node
            yield from walk(node.below)

    tops = nest(flat)
    assert [str(top) for top in tops] == [
        "Chapter 4 — Meetings",
        "Chapter 7 — Online groups",
        "Appendix 1 — House rules",
    ]
    assert list(walk(tops)) == flat


def test_a_provision_is_read_on_its_clauses_page_and_has_an_address_of_its_own(book):
    provision = book.provisions.get(citation="7.VIII.3.A")

    assert provision.get_absolute_url() == "/rules/sample/7/VIII/#VIII.3.A"
    assert provision.get_cited_url() == "/rules/sample/7/VIII/3/A"
    assert provision.get_permanent_url() == f"/rules/id/{provision.lineage}/"
    assert (str(provision), provision.label) == ("Chapter 7 Clause VIII.3.A", "A.")


def test_chapters_and_clauses_are_named_with_their_headings(book):
    chapter = book.provisions.get(path="7")
    clause = book.provisions.get(path="7/VIII")

    assert (str(chapter), chapter.label) == ("Chapter 7 — Online groups", "Chapter 7")
    assert chapter.get_absolute_url() == "/rules/sample/7/"
    assert (str(clause), clause.label) == (
        "Chapter 7 Clause VIII — Removing a comment",
        "Clause VIII",
    )


def test_every_provision_has_a_lineage_of_its_own(book):
    lineages = set(book.provisions.values_list("lineage", flat=True))

    assert len(lineages) == book.provisions.count() == 15


# --- fact cards ------------------------------------------------------------------------------
def test_a_card_is_live_until_its_review_by_date_has_passed(db):
    card = make_card(review_by=datetime.date(2021, 1, 31))

    assert card.status(datetime.date(2021, 1, 31)) == FactCard.Status.LIVE
    assert card.status(datetime.date(2021, 2, 1)) == FactCard.Status.DUE
    for on in (datetime.date(2021, 1, 31), datetime.date(2021, 2, 1)):
        assert (card in FactCard.objects.live(on)) == (card.status(on) == FactCard.Status.LIVE)
        assert (card in FactCard.objects.due_for_review(on)) == (
            card.status(on) == FactCard.Status.DUE
        )


def test_a_withdrawn_card_is_neither_live_nor_due(db):
    card = withdraw_fact(make_card(), reason="Repealed.", by=None, now=timezone.now())

    assert card.status(timezone.localdate()) == FactCard.Status.WITHDRAWN
    assert list(FactCard.objects.withdrawn()) == [card]
    assert not FactCard.objects.live().exists()
    assert not FactCard.objects.due_for_review().exists()


def test_a_card_cannot_be_withdrawn_without_a_reason(db):
    card = make_card()
    card.withdrawn_at = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        card.save()


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ("It does **not** mean *that*.", "<p>It does <strong>not</strong> mean <em>that</em>.</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[law](https://x.example/)", '<p><a href="https://x.example/">law</a></p>'),
        ("# Not a heading", "<p># Not a heading</p>"),
    ],
)
def test_a_cards_detail_is_shown_with_its_emphasis_and_never_as_markup(detail, shown):
    assert FactCard(detail=detail).detail_html.strip() == shown


def test_a_cards_detail_is_searched_as_plain_text():
    card = FactCard(detail="It does **not** mean *R & D*.")

    assert card.detail_text == "It does not mean R & D."
