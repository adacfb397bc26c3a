"""Who sees which regions and units, and when a unit exists."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

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
DAY = datetime.timedelta(days=1)


@pytest.fixture
def two_regions():
    """A region with its lead, another region, and an officer in each."""
    north, south = RegionFactory(name="North", slug="north"), RegionFactory(name="South")
    lead = LeadFactory(region=north).member
    officers = [AppointmentFactory(unit=UnitFactory(region=r)).member for r in (north, south)]
    return north, south, lead, officers


def test_a_unit_exists_from_its_first_day_to_its_last_and_not_on_the_next():
    first, last = datetime.date(2023, 10, 1), datetime.date(2026, 5, 1)
    unit = UnitFactory(valid_from=first, valid_until=last)
    days = [first - DAY, first, last, last + DAY]
    assert [unit in Unit.objects.active(day) for day in days] == [False, True, True, False]


def test_a_unit_ends_no_earlier_than_it_begins():
    first = datetime.date(2023, 10, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitFactory(valid_from=first, valid_until=first - DAY)
    assert UnitFactory(valid_from=first, valid_until=first) in Unit.objects.active(first)


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


def test_a_lead_sees_their_region_on_their_last_day_and_nothing_from_the_next_on(two_regions):
    north, _south, lead, _officers = two_regions
    lead.appointments.update(valid_until=timezone.localdate())
    assert list(Region.objects.visible_to(lead)) == [north]
    lead.appointments.update(valid_until=timezone.localdate() - DAY)
    assert list(Region.objects.visible_to(lead)) == []
    assert not lead.leads_regions
