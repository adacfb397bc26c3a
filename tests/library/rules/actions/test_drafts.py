"""A tree becomes a draft edition, at addresses that mean one thing; what is refused."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.rules.actions.drafts import import_edition
from library.rules.models import Edition, Provision
from library.rules.rulebooks.outline_text import read_outline
from library.rules.rulebooks.tree import Node, places
from search.models import ChangedEntry
from tests.factories.library import BOOK, make_edition, make_work

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)


def logged(instance) -> list[tuple]:
    entries = ModelLogEntry.objects.for_instance(instance).order_by("pk")
    return [(entry.action, entry.user_id, entry.data) for entry in entries]


def marked(kind: str) -> set[str]:
    return set(ChangedEntry.objects.filter(kind=kind).values_list("key", flat=True))


def keys_of(edition: Edition) -> set[str]:
    """Return the keys of all that search should know of an edition."""
    found = edition.provisions.exclude(kind=Provision.Kind.LEAD_IN)
    return {str(pk) for pk in found.values_list("pk", flat=True)}


def test_an_imported_edition_is_a_draft_with_every_node_of_the_tree(member):
    work, reading = make_work(), read_outline(BOOK)
    ChangedEntry.objects.all().delete()

    edition = import_edition(
        work=work,
        label="Autumn 2026",
        in_force_from=datetime.date(2026, 12, 1),
        tree=reading.tree,
        introduction=reading.introduction,
        by=member,
        now=NOW,
    )

    assert (edition.status, edition.slug) == (Edition.Status.DRAFT, "autumn-2026")
    assert edition.introduction == "An introduction to the rules."
    stored = edition.provisions.order_by("position")
    stations = places(reading.tree)
    assert [(p.position, p.end, p.path, p.citation, p.cited_as) for p in stored] == [
        (s.position, s.end, s.path, s.citation, s.cited_as) for s in stations
    ]
    assert [(p.kind, p.number, p.heading, p.text) for p in stored] == [
        (s.node.kind, s.node.number, s.node.heading, s.node.text) for s in stations
    ]
    for provision in edition.provisions.select_related("parent"):
        parent = provision.path.rpartition("/")[0]
        assert (provision.parent.path if provision.parent else "") == parent
    assert logged(edition) == [
        (
            "rules.import",
            member.pk,
            {"work": "sample", "label": "Autumn 2026", "provisions": 15},
        )
    ]
    assert marked("provision") == set()


def test_importing_a_draft_again_replaces_it(db):
    work = make_work()
    make_edition(work, publish=False)

    edition = make_edition(work, "## Chapter 1\n1. A rule.", publish=False)

    assert list(Edition.objects.all()) == [edition]
    assert [p.path for p in Provision.objects.all()] == ["1", "1/1"]


@pytest.mark.parametrize("label", ["", "—", "7"])
def test_a_label_that_would_give_no_address_of_its_own_is_refused(db, label):
    with pytest.raises(Refused, match="cannot be an edition’s label"):
        make_edition(make_work(), label=label)
    assert not Edition.objects.exists()


def test_a_published_edition_is_never_replaced_by_an_import(book):
    with pytest.raises(Refused, match="published already and was kept"):
        make_edition(book.work, "## Chapter 1\n1. A rule.")
    assert Edition.objects.get().provisions.count() == 15


def test_an_empty_tree_is_refused(db):
    with pytest.raises(Refused, match="no chapter or numbered provision"):
        make_edition(make_work(), "Only a few words.")


@pytest.mark.parametrize("rules", [3, 40])
def test_importing_costs_queries_by_the_depth_of_a_text_and_not_by_provision(
    db, rules, django_assert_num_queries
):
    work = make_work()
    make_edition(work, publish=False)
    text = "\n".join(f"{n}. Rule {n}.\n  A. Below it." for n in range(1, rules + 1))
    reading = read_outline(f"## Chapter 1\n{text}")

    with django_assert_num_queries(13):  # three of them write the three levels
        import_edition(
            work=work,
            label="Second",
            in_force_from=datetime.date(2026, 1, 1),
            tree=reading.tree,
            by=None,
            now=NOW,
        )


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
