"""A tree becomes a draft edition: addresses that mean one thing, and restrictions that go on."""

import datetime

import pytest
from django.utils import timezone

from ground.refusals import Refused
from library.rules.actions.access import restrict_provision, without_heir
from library.rules.actions.drafts import import_edition
from library.rules.models import Edition
from library.rules.rulebooks.tree import Node
from tests.factories.library import BOOK, make_edition, make_work

NEXT = datetime.date(2027, 1, 1)


def chapter(number: str = "1", heading: str = "Meetings", **fields) -> Node:
    rule = Node("provision", "1", text="The quorum is ten members.")
    return Node("chapter", number, heading, children=[rule], **fields)


def take(work, tree, label="Second") -> Edition:
    return import_edition(
        work=work, label=label, in_force_from=NEXT, tree=tree, by=None, now=timezone.now()
    )


def test_a_provision_keeps_its_page_its_source_its_doubt_and_its_page_of_reading(db):
    clause = Node("clause", "I", page=7, source_from=3, source_until=5, doubt="Is it a clause?")
    clause.children.append(Node("provision", "1", text="A rule."))

    edition = take(make_work(), [Node("chapter", "1", children=[clause])])

    kept = edition.provisions.get(path="1/I")
    assert (kept.page, kept.source_from, kept.source_until, kept.doubt, kept.page_steps) == (
        7,
        3,
        5,
        "Is it a clause?",
        2,
    )
    assert edition.provisions.get(path="1/I/1").page_path == "1/I"
    assert edition.provisions.get(path="1").page_path == "1"


@pytest.mark.parametrize("label", ["2026-12-01", "Changes", "ID", "7", "Appendix 1", "10"])
def test_a_label_that_is_a_day_or_another_address_of_the_work_is_refused(book, label):
    take(book.work, [chapter("10")], label="Draft with a tenth chapter")

    with pytest.raises(Refused, match="cannot be an edition’s label"):
        take(book.work, [chapter("1")], label=label)


@pytest.mark.parametrize(
    ("number", "heading"), [("", "First edition"), ("feed", "News"), ("", "2026-12-01")]
)
def test_a_chapter_whose_address_would_mean_something_else_is_refused(book, number, heading):
    with pytest.raises(Refused, match="cannot be the address of a chapter"):
        take(book.work, [chapter(number, heading)])
    assert Edition.objects.count() == 1


def test_an_edition_of_another_work_takes_no_address_away(book):
    take(make_work("other"), [chapter("", "First edition")])
    assert Edition.objects.count() == 2


def test_the_lineage_of_the_edition_before_is_proposed(book):
    edition = make_edition(book.work, label="Second", in_force_from=NEXT, publish=False)

    assert edition.provisions.get(path="7/VIII/3/A").predecessor.path == "7/VIII/3/A"


def test_what_was_restricted_stays_restricted_in_the_next_edition(book):
    restrict_provision(
        book.provisions.get(path="7/VIII/3"), "officers", by=None, now=timezone.now()
    )
    moved = BOOK.replace("### Clause VIII", "### Clause XII")

    edition = make_edition(book.work, moved, label="Second", in_force_from=NEXT, publish=False)

    restricted = edition.provisions.exclude(audience="members").values_list("path", "own_audience")
    assert list(restricted.order_by("position")) == [
        ("7/XII/3", "officers"),
        ("7/XII/3/A", ""),
        ("7/XII/3/B", ""),
        ("7/XII/3/B/i", ""),
    ]
    assert without_heir(edition) == []


def test_what_was_restricted_and_is_followed_by_nothing_is_named_for_the_librarian(book):
    restrict_provision(
        book.provisions.get(path="appendix-1"), "officers", by=None, now=timezone.now()
    )

    edition = take(book.work, [chapter("4")])

    assert [old.path for old in without_heir(edition)] == ["appendix-1", "appendix-1/1"]
