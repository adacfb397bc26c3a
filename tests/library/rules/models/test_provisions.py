"""Provisions in their tree: found by citation, nested, addressed."""

import datetime

import pytest

from library.rules.models import Provision, nest
from tests.factories.library import make_edition, make_work


@pytest.fixture
def three_editions(db):
    work = make_work()
    return [
        make_edition(work, label=f"{year} edition", in_force_from=datetime.date(year, 1, 1))
        for year in (2020, 2022, 2024)
    ]


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
