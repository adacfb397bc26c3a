"""Appointments: when they hold, and who sees them."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from party.models import Appointment
from tests.factories.party import AppointmentFactory, LeadFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def two_regions():
    """A region with its lead, another region, and an officer in each."""
    north, south = RegionFactory(name="North", slug="north"), RegionFactory(name="South")
    lead = LeadFactory(region=north).member
    officers = [AppointmentFactory(unit=UnitFactory(region=r)).member for r in (north, south)]
    return north, south, lead, officers


def test_a_post_is_held_from_the_first_day_to_the_last_and_not_on_the_next():
    first, last = datetime.date(2026, 5, 1), datetime.date(2027, 4, 30)
    held = AppointmentFactory(valid_from=first, valid_until=last)
    days = [first - DAY, first, last, last + DAY]
    for found in (Appointment.objects.active, Appointment.objects.in_term):
        assert [held in found(day) for day in days] == [False, True, True, False]
    assert [held in Appointment.objects.over(day) for day in days] == [False, False, False, True]


def test_an_open_term_is_not_over_and_a_closed_account_holds_nothing():
    closed = AppointmentFactory(member__is_active=False)
    later = datetime.date(2126, 5, 1)
    assert closed in Appointment.objects.in_term(later)
    assert closed not in Appointment.objects.active(later)
    assert closed not in Appointment.objects.over(later)


def test_an_appointment_ends_no_earlier_than_it_begins():
    first = datetime.date(2026, 5, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(valid_from=first, valid_until=first - DAY)
    assert AppointmentFactory(valid_from=first, valid_until=first) in Appointment.objects.active(
        first
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
