"""Which audiences a person belongs to."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from party.models import Member
from party.models.audiences import audience_tokens, editors
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
