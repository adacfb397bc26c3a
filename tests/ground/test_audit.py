"""What an audit entry keeps of a change."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ground.audit import changes_between, log_saved, values_of
from party.models import Unit
from tests.factories.party import MemberFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_what_is_stored_is_text_and_nothing_is_the_empty_text():
    unit = UnitFactory(name="Calder", valid_from=datetime.date(2023, 10, 1), hex_row=7)
    values = values_of(unit)
    assert (values["name"], values["valid_from"], values["hex_row"]) == (
        "Calder",
        "2023-10-01",
        "7",
    )
    assert (values["valid_until"], values["region"]) == ("", str(unit.region_id))
    assert "id" not in values
    assert "predecessors" not in values
    assert values_of(None) == {}


def test_related_rows_are_their_keys_in_order_and_cost_a_query_each(django_assert_num_queries):
    old, older, unit = UnitFactory.create_batch(3)
    unit.predecessors.set([older, old])
    with django_assert_num_queries(0):
        values_of(unit)
    with django_assert_num_queries(1):
        values = values_of(unit, many=["predecessors"])
    assert values["predecessors"] == f"{old.pk}, {older.pk}"


def test_only_what_differs_is_a_change_and_of_private_fields_neither_value_is_kept():
    old = {"name": "Ada", "email": "a@members.example", "phone": ""}
    new = {"name": "Ada", "email": "b@members.example", "phone": "07700 900000"}
    changes = changes_between(old, new, private={"email"})
    assert changes == {"email": [], "phone": ["", "07700 900000"]}


def test_making_and_changing_leave_an_entry_each_with_who_and_when():
    by, now = MemberFactory(), timezone.now()
    unit = UnitFactory(name="Calder")
    log_saved(unit, {}, by=by, now=now)
    old = values_of(unit)
    Unit.objects.filter(pk=unit.pk).update(name="Calder Valley")
    unit.refresh_from_db()
    log_saved(unit, old, by=by, now=now)
    made, changed = ModelLogEntry.objects.order_by("pk")
    assert (made.action, made.data) == ("wagtail.create", {})
    assert (changed.action, changed.data["changes"]) == (
        "wagtail.edit",
        {"name": ["Calder", "Calder Valley"]},
    )
    assert {(entry.user, entry.timestamp) for entry in (made, changed)} == {(by, now)}
