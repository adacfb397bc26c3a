"""A work is saved: what is noted, what search is told, and which addresses are refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from library.rules.actions.works import save_work
from library.rules.models import Edition, Provision, Work
from search.models import ChangedEntry
from tests.factories.library import make_work

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
