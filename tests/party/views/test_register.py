"""The admin's forms of the register: actions do the work, and a refusal loses nothing."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from party.models import Appointment, Member, Region, Role, Unit
from tests.factories.party import (
    AppointmentFactory,
    MemberFactory,
    RegionFactory,
    RoleFactory,
    UnitFactory,
)
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def national(client):
    member = Member.objects.create_superuser("national@members.example", "x", first_name="Nia")
    client.force_login(member)
    return member


def form_of(appointment, **changed):
    return {
        "member": appointment.member_id,
        "role": appointment.role_id,
        "unit": appointment.unit_id or "",
        "region": appointment.region_id or "",
        "basis": appointment.basis,
        "valid_from": appointment.valid_from,
        "valid_until": appointment.valid_until or "",
        **changed,
    }


def test_a_post_given_at_the_wrong_place_is_refused_beside_its_field_and_kept(client, national):
    form = {
        "member": MemberFactory().pk,
        "role": RoleFactory().pk,
        "unit": "",
        "region": "",
        "basis": "elected",
        "valid_from": "2026-05-15",
        "valid_until": "",
    }
    page = client.post(reverse("appointment:add"), form)
    assert "This role is held at a unit. Choose the unit." in visible_text(page)
    assert 'value="2026-05-15"' in page.content.decode()
    assert Appointment.objects.count() == 0


def test_an_edit_is_made_by_the_action_and_the_log_says_what_was_changed(client, national):
    held = AppointmentFactory()
    address = reverse("appointment:edit", args=[held.pk])
    client.post(address, form_of(held, valid_until="2026-12-01"))
    held.refresh_from_db()
    assert held.valid_until == datetime.date(2026, 12, 1)
    entry = ModelLogEntry.objects.get()
    assert (entry.message, entry.user) == ("Until: empty → 1 December 2026", national)


def test_an_edit_that_is_refused_changes_nothing(client, national):
    held = AppointmentFactory()
    address = reverse("appointment:edit", args=[held.pk])
    refused = client.post(address, form_of(held, valid_from="2020-01-01", basis="cover"))
    assert "The unit does not exist on that day." in visible_text(refused)
    held.refresh_from_db()
    assert (held.basis, ModelLogEntry.objects.count()) == ("elected", 0)


def test_ending_a_unit_in_its_form_ends_what_is_held_there(client, national):
    held = AppointmentFactory()
    unit = held.unit
    form = {
        **{name: getattr(unit, name) for name in ("kind", "code", "name", "slug", "valid_from")},
        **{"region": unit.region_id, "valid_until": "2026-12-01"},
        **{"name_cy": "", "hex_column": "", "hex_row": ""},
    }
    client.post(reverse("unit:edit", args=[unit.pk]), form)
    held.refresh_from_db()
    assert held.valid_until == datetime.date(2026, 12, 1)


def test_a_unit_is_made_with_what_it_follows(client, national):
    old, region = UnitFactory(), RegionFactory()
    form = {
        **{"region": region.pk, "kind": "constituency", "code": "E1", "name": "Calder"},
        **{"name_cy": "", "slug": "calder", "valid_from": "2026-01-01", "valid_until": ""},
        **{"predecessors": [old.pk], "hex_column": "", "hex_row": ""},
    }
    client.post(reverse("unit:add"), form)
    assert list(Unit.objects.get(slug="calder").predecessors.all()) == [old]


def test_a_region_is_copied_through_the_same_action(client, national):
    region = RegionFactory(name="North", slug="north", nation="England")
    form = {"name": "South", "slug": "south", "nation": "England"}
    client.post(reverse("region:copy", args=[region.pk]), form)
    made = Region.objects.get(name="South")
    entry = ModelLogEntry.objects.get(object_id=str(made.pk))
    assert (entry.action, entry.user) == ("wagtail.create", national)


def test_what_the_hub_needs_is_not_removed_and_the_list_says_why(client, national):
    role = RoleFactory()
    page = client.post(reverse("role:delete", args=[role.pk]), follow=True)
    assert "The hub itself uses this role, so it was not removed." in visible_text(page)
    assert Role.objects.filter(pk=role.pk).exists()


def test_what_nobody_needs_is_removed(client, national):
    region = RegionFactory()
    client.post(reverse("region:delete", args=[region.pk]))
    assert not Region.objects.exists()
    assert ModelLogEntry.objects.get().action == "wagtail.delete"
