"""What an edit changed, in words."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from party.actions.appointments import end_appointment
from party.models import Appointment, Member, Role, Unit
from tests.factories.party import AppointmentFactory, MemberFactory

pytestmark = pytest.mark.django_db


def message(model, **changes):
    entry = ModelLogEntry(
        action="wagtail.edit",
        content_type=ContentType.objects.get_for_model(model),
        object_id="1",
        data={"changes": changes} if changes else {},
    )
    return entry.message


@pytest.mark.parametrize(
    ("model", "field", "values", "said"),
    [
        (Appointment, "valid_until", ["", "2026-12-01"], "Until: empty → 1 December 2026"),
        (Appointment, "valid_until", ["2026-12-01", None], "Until: 1 December 2026 → empty"),
        (Appointment, "basis", ["elected", "cover"], "Basis: Elected → Cover"),
        (Appointment, "basis", ["elected", "gone"], "Basis: Elected → gone"),
        (Role, "tracked", ["False", "True"], "Counted as a post: no → yes"),
        (Unit, "hex_row", ["", "7"], "Row on the map: empty → 7"),
        (Unit, "region", ["", "999"], "Region or nation: empty → number 999"),
        (Unit, "renamed_since", ["a", "b"], "Renamed_since: a → b"),
        (Unit, "valid_from", ["rubbish", "2026-12-01"], "From: rubbish → 1 December 2026"),
        (Member, "phone", [], "Telephone changed"),
    ],
)
def test_a_change_names_the_field_and_both_values_as_people_read_them(model, field, values, said):
    assert message(model, **{field: values}) == said


def test_related_rows_go_by_their_names():
    held = AppointmentFactory()
    values = ["", str(held.unit.pk)]
    assert message(Appointment, unit=values) == f"Unit: empty → {held.unit}"


def test_a_long_value_is_cut_short():
    said = message(Unit, name=["short", "x" * 500])
    assert said.startswith("Name: short → xxx")
    assert len(said) < 110


def test_an_edit_whose_changes_nobody_kept_says_only_that():
    assert message(Unit) == "Edited"


def test_the_history_page_says_what_changed_and_draws_no_markup_of_it(client):
    national = Member.objects.create_superuser("national@members.example", "x")
    client.force_login(national)
    held = AppointmentFactory(member=MemberFactory())
    end_appointment(held, on=datetime.date(2026, 12, 1), by=national, now=timezone.now())
    ModelLogEntry.objects.update(
        data={"changes": {"valid_until": ["", "2026-12-01"], "<b>": ["<i>", "&"]}}
    )
    page = client.get(reverse("appointment:history", args=[held.pk])).content.decode()
    assert "Until: empty → 1 December 2026; &lt;b&gt;: &lt;i&gt; → &amp;" in page
