"""Who sees which regions and units, and when a unit exists."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from party.models import Member, Region, Unit
from party.models.places import can_see_region
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    MemberFactory,
    RegionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_regions():
    """A region with its lead, another region, and an officer in each."""
    north, south = RegionFactory(name="North", slug="north"), RegionFactory(name="South")
    lead = LeadFactory(region=north).member
    officers = [AppointmentFactory(unit=UnitFactory(region=r)).member for r in (north, south)]
    return north, south, lead, officers


def test_a_unit_exists_from_its_first_day_until_the_day_it_ends():
    unit = UnitFactory(valid_from=datetime.date(2023, 10, 1), valid_until=datetime.date(2026, 5, 1))
    days = [datetime.date(2023, 9, 30), datetime.date(2023, 10, 1), datetime.date(2026, 5, 1)]
    assert [unit in Unit.objects.active(day) for day in days] == [False, True, False]


def test_a_list_of_regions_agrees_with_the_question_about_each(two_regions):
    _north, _south, lead, officers = two_regions
    national = Member.objects.create_superuser("national@members.example", "x")
    for person in (AnonymousUser(), MemberFactory(), lead, *officers, national):
        listed = set(Region.objects.visible_to(person))
        assert listed == {each for each in Region.objects.all() if can_see_region(person, each)}


def test_the_national_team_sees_every_region_and_a_stranger_none(two_regions):
    north, south, _lead, _officers = two_regions
    national = Member.objects.create_superuser("national@members.example", "x")
    assert set(Region.objects.visible_to(national)) == {north, south}
    assert set(Unit.objects.visible_to(national)) == set(Unit.objects.all())
    assert list(Region.objects.visible_to(AnonymousUser())) == []
    assert list(Unit.objects.visible_to(AnonymousUser())) == []


def test_a_lead_sees_every_unit_of_their_region_and_no_other(two_regions):
    north, _south, lead, _officers = two_regions
    UnitFactory(region=north)
    assert set(Unit.objects.visible_to(lead)) == set(north.units.all())


def test_leads_see_their_region_alone(two_regions):
    north, _south, lead, _officers = two_regions
    assert list(Region.objects.visible_to(lead)) == [north]


def test_officers_see_no_region_but_their_own_unit(two_regions):
    _north, _south, _lead, (officer, _other) = two_regions
    assert list(Region.objects.visible_to(officer)) == []
    assert list(Unit.objects.visible_to(officer)) == [officer.appointments.get().unit]


def test_a_lead_whose_term_has_ended_sees_nothing(two_regions):
    _north, _south, lead, _officers = two_regions
    lead.appointments.update(valid_until=datetime.date(2026, 6, 1))
    assert list(Region.objects.visible_to(lead)) == []
    assert not lead.leads_regions
