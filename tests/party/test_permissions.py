"""Who sees which regions, units and appointments."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from party.models import Appointment, Member, Region, Unit
from party.permissions import audience_tokens, can_see_region, can_see_unit, editors
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


def everybody(lead, officers):
    national = Member.objects.create_superuser("national@members.example", "x")
    return [AnonymousUser(), MemberFactory(), lead, *officers, national]


def test_a_list_of_regions_agrees_with_the_question_about_each(two_regions):
    _north, _south, lead, officers = two_regions
    for user in everybody(lead, officers):
        listed = set(Region.objects.visible_to(user))
        assert listed == {r for r in Region.objects.all() if can_see_region(user, r)}


def test_a_list_of_units_agrees_with_the_question_about_each(two_regions):
    _north, _south, lead, officers = two_regions
    for user in everybody(lead, officers):
        listed = set(Unit.objects.visible_to(user))
        assert listed == {u for u in Unit.objects.all() if can_see_unit(user, u)}


def test_a_lead_sees_her_region_alone(two_regions):
    north, _south, lead, _officers = two_regions
    assert list(Region.objects.visible_to(lead)) == [north]


def test_an_officer_sees_no_region_but_her_own_unit(two_regions):
    _north, _south, _lead, (officer, _other) = two_regions
    assert list(Region.objects.visible_to(officer)) == []
    assert list(Unit.objects.visible_to(officer)) == [officer.appointments.get().unit]


def test_a_lead_whose_term_has_ended_sees_nothing(two_regions):
    _north, _south, lead, _officers = two_regions
    lead.appointments.update(valid_until=datetime.date(2026, 6, 1))
    assert list(Region.objects.visible_to(lead)) == []
    assert not lead.leads_regions


def test_a_lead_sees_the_appointments_of_her_region_and_not_anothers(two_regions):
    north, _south, lead, _officers = two_regions
    seen = Appointment.objects.visible_to(lead)
    assert {a.region or a.unit.region for a in seen} == {north}
    assert seen.count() == 2


def test_audiences_follow_roles(two_regions):
    _north, _south, lead, (officer, _other) = two_regions
    assert audience_tokens(AnonymousUser()) == {"anyone"}
    post = "role:social-media-officer"
    assert audience_tokens(officer) == {
        *("anyone", "members", "officers", post, "in:north", f"{post}@north")
    }
    assert audience_tokens(lead) == {
        *("anyone", "members", "officers", "leads", "region:north"),
        *("role:digital-lead", "in:north", "role:digital-lead@north"),
    }


def test_editors_are_those_who_may_enter_the_admin_directly_or_by_a_group(db):
    access = Permission.objects.filter(codename="access_admin")
    group = Group.objects.create(name="Authors")
    group.permissions.set(access)
    everyone = [MemberFactory(is_superuser=number == 0) for number in range(5)]
    everyone[1].groups.add(group)
    everyone[2].user_permissions.set(access)
    everyone[3].user_permissions.set(access)
    Member.objects.filter(pk=everyone[3].pk).update(is_active=False)

    fresh = [Member.objects.get(pk=member.pk) for member in everyone]
    assert set(editors()) == {member for member in fresh if "editors" in audience_tokens(member)}
    assert set(editors()) == set(everyone[:3])


def test_a_deactivated_member_is_nobody(two_regions):
    _north, _south, _lead, (officer, _other) = two_regions
    officer.is_active = False
    assert audience_tokens(officer) == {"anyone"}
