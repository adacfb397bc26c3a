"""Appointments: when they hold, and who sees them."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from party.models import Appointment
from tests.factories.party import AppointmentFactory, LeadFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_regions():
    """A region with its lead, another region, and an officer in each."""
    north, south = RegionFactory(name="North", slug="north"), RegionFactory(name="South")
    lead = LeadFactory(region=north).member
    officers = [AppointmentFactory(unit=UnitFactory(region=r)).member for r in (north, south)]
    return north, south, lead, officers


def test_an_appointment_ends_after_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(
            valid_from=datetime.date(2026, 5, 1), valid_until=datetime.date(2026, 5, 1)
        )


def test_an_appointment_is_at_a_unit_or_a_region_and_not_at_both():
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(region=RegionFactory())


def test_two_people_may_share_a_post():
    unit = UnitFactory()
    AppointmentFactory.create_batch(2, unit=unit)
    assert Appointment.objects.active(datetime.date(2026, 6, 1)).filter(unit=unit).count() == 2


def test_leads_see_the_appointments_of_their_region_and_not_anothers(two_regions):
    north, _south, lead, _officers = two_regions
    seen = Appointment.objects.visible_to(lead)
    assert {a.region or a.unit.region for a in seen} == {north}
    assert seen.count() == 2
