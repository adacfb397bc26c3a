"""Rows of the register are made, changed and removed with an entry that says what was."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Region
from tests.factories.party import MemberFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def acting():
    return {"by": MemberFactory(), "now": timezone.now()}


def test_what_is_made_is_stored_and_says_who_made_it_and_when(acting):
    made = create_record(Region(name="North", slug="north", nation="England"), **acting)
    entry = ModelLogEntry.objects.get()
    assert (entry.object_id, entry.action) == (str(made.pk), "wagtail.create")
    assert (entry.user, entry.timestamp) == (acting["by"], acting["now"])


def test_what_cannot_be_is_neither_stored_nor_logged(acting):
    with pytest.raises(ValidationError):
        create_record(Region(name="", slug="not a slug", nation="England"), **acting)
    assert (Region.objects.count(), ModelLogEntry.objects.count()) == (0, 0)


def test_a_change_keeps_old_and_new_value_of_what_differs_alone(acting):
    region = RegionFactory(name="Nort", nation="England")
    change_record(locked(region), {"name": "North", "nation": "England"}, **acting)
    assert Region.objects.get().name == "North"
    assert ModelLogEntry.objects.get().data == {"changes": {"name": ["Nort", "North"]}}


def test_nothing_is_logged_where_nothing_differs(acting):
    region = RegionFactory(name="North")
    change_record(locked(region), {"name": "North"}, **acting)
    assert ModelLogEntry.objects.count() == 0


def test_a_change_that_cannot_be_leaves_all_as_it_was(acting):
    RegionFactory(name="South")
    region = RegionFactory(name="North")
    with pytest.raises(ValidationError, match="already exists"):
        change_record(locked(region), {"name": "South"}, **acting)
    region.refresh_from_db()
    assert (region.name, ModelLogEntry.objects.count()) == ("North", 0)


def test_related_rows_are_changed_and_logged_too(acting):
    old, new, unit = UnitFactory.create_batch(3)
    unit.predecessors.set([old])
    change_record(locked(unit), {"predecessors": [new]}, **acting)
    assert list(unit.predecessors.all()) == [new]
    changes = {"predecessors": [str(old.pk), str(new.pk)]}
    assert ModelLogEntry.objects.get().data == {"changes": changes}


def test_what_is_removed_leaves_what_it_was(acting):
    region = RegionFactory(name="North", slug="north", nation="England")
    remove_record(region, **acting)
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.deleted) == ("wagtail.delete", True)
    assert entry.data == {"values": {"name": "North", "slug": "north", "nation": "England"}}


def test_what_others_need_stays_and_no_entry_says_otherwise(acting):
    region = UnitFactory().region
    with pytest.raises(ValidationError, match="is still in use"):
        remove_record(region, **acting)
    assert (Region.objects.count(), ModelLogEntry.objects.count()) == (1, 0)
