"""What may change the library, what is refused, and what the audit log and search are told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.rules.actions.drafts import import_edition
from library.rules.actions.publication import publish_edition
from library.rules.actions.works import save_work
from library.rules.models import Edition, Provision, Work
from library.rules.rulebooks.markdown import read_rules
from library.rules.rulebooks.tree import places
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


# --- importing -------------------------------------------------------------------------------
def test_an_imported_edition_is_a_draft_with_every_node_of_the_tree(member):
    work, reading = make_work(), read_rules(BOOK)
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
    reading = read_rules(f"## Chapter 1\n{text}")

    with django_assert_num_queries(13):  # three of them write the three levels
        import_edition(
            work=work,
            label="Second",
            in_force_from=datetime.date(2026, 1, 1),
            tree=reading.tree,
            by=None,
            now=NOW,
        )


# --- publishing ------------------------------------------------------------------------------
def test_publishing_ends_the_edition_before_and_tells_search_of_both(book, member):
    second = make_edition(
        book.work, label="Second", in_force_from=datetime.date(2022, 1, 1), publish=False
    )
    ChangedEntry.objects.all().delete()

    published = publish_edition(second, by=member, now=NOW)

    book.refresh_from_db()
    assert book.in_force_until == datetime.date(2022, 1, 1)
    assert (published.status, published.published_at, published.in_force_until) == (
        Edition.Status.PUBLISHED,
        NOW,
        None,
    )
    assert marked("provision") == keys_of(book) | keys_of(published)
    assert logged(published)[-1] == (
        "rules.publish",
        member.pk,
        {"status": ["draft", "published"]},
    )
    assert logged(book)[-1] == (
        "rules.end",
        member.pk,
        {"in_force_until": [None, "2022-01-01"]},
    )


def test_an_older_edition_published_late_fits_in_before_the_current_one(book):
    older = make_edition(book.work, label="Older", in_force_from=datetime.date(2018, 1, 1))

    book.refresh_from_db()
    assert (older.in_force_until, book.in_force_until) == (datetime.date(2020, 1, 1), None)


def test_an_edition_between_two_ends_one_and_is_ended_by_the_other(book):
    last = make_edition(book.work, label="Last", in_force_from=datetime.date(2024, 1, 1))
    middle = make_edition(book.work, label="Middle", in_force_from=datetime.date(2022, 1, 1))

    book.refresh_from_db()
    last.refresh_from_db()
    assert book.in_force_until == datetime.date(2022, 1, 1)
    assert middle.in_force_until == datetime.date(2024, 1, 1)
    assert last.in_force_until is None


def test_editions_of_other_works_are_left_alone(book):
    make_edition(make_work("other"), in_force_from=datetime.date(2022, 1, 1))

    book.refresh_from_db()
    assert book.in_force_until is None


def test_publishing_twice_is_refused(book):
    with pytest.raises(Refused, match="is published already"):
        publish_edition(book, by=None, now=NOW)


def test_two_editions_from_the_same_day_are_refused(book):
    with pytest.raises(Refused, match="First edition comes into force on the same day"):
        make_edition(book.work, label="Second")
    assert Edition.objects.get(label="Second").status == Edition.Status.DRAFT


def test_an_edition_without_provisions_is_refused(db):
    edition = Edition.objects.create(
        work=make_work(), label="Empty", slug="empty", in_force_from=datetime.date(2026, 1, 1)
    )

    with pytest.raises(Refused, match="has no provisions"):
        publish_edition(edition, by=None, now=NOW)


# --- works -----------------------------------------------------------------------------------
def test_saving_a_work_notes_what_changed_and_tells_search_of_all_its_provisions(book, member):
    ChangedEntry.objects.all().delete()
    work = Work.objects.get()
    work.title = "Renamed"

    save_work(work, by=member, now=NOW)

    assert logged(work)[-1] == (
        "wagtail.edit",
        member.pk,
        {"changes": {"title": ["The sample book", "Renamed"]}},
    )
    assert marked("provision") == keys_of(book)


def test_a_work_whose_address_is_taken_is_not_saved(book):
    with pytest.raises(ValidationError) as refused:
        make_work("sample")
    assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.parametrize("slug", ["flags", "id", "text-size"])
def test_a_work_cannot_have_an_address_that_is_the_hubs_own(db, slug):
    with pytest.raises(ValidationError) as refusal:
        make_work(slug)
    assert "This address is the hub’s own" in str(refusal.value)
    assert not Work.objects.exists()
