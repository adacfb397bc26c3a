"""Regions and posts to which a version is sent, who may send it, and whom a procedure is for."""

import pytest
from django.contrib.auth.models import Permission

from party.models import Role
from tests.factories.party import (
    AppointmentFactory,
    MemberFactory,
    RegionFactory,
    RoleFactory,
    UnitFactory,
)


@pytest.fixture
def officer_role():
    return RoleFactory()


@pytest.fixture
def north():
    return RegionFactory(name="North", slug="north")


@pytest.fixture
def posts(north, officer_role):
    """Two officers in the north, one in the south, and a secretary."""
    secretary = RoleFactory(slug=Role.SECRETARY, name="Secretary", tracked=False)
    south = RegionFactory(name="South", slug="south")
    return [
        AppointmentFactory(unit=UnitFactory(region=north, name="Alpha")),
        AppointmentFactory(unit=UnitFactory(region=north, name="Beta")),
        AppointmentFactory(unit=UnitFactory(region=south, name="Gamma")),
        AppointmentFactory(unit=UnitFactory(region=north, name="Delta"), role=secretary),
    ]


@pytest.fixture
def post(north):
    """Ada's post in the north."""
    return AppointmentFactory(unit=UnitFactory(region=north, name="Alpha"))


@pytest.fixture
def national(db):
    """May circulate, and is no superuser."""
    member = MemberFactory()
    wanted = ["add_circulation", "access_admin"]
    member.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return member


@pytest.fixture
def people(db):
    """Members with and without posts, in two regions, and an editor."""
    here, there = UnitFactory(), UnitFactory()
    officer, secretary = RoleFactory(), RoleFactory(name="Secretary", slug="secretary")
    return {
        "roles": {"officer": officer, "secretary": secretary},
        "regions": {"here": here.region, "there": there.region},
        "members": {
            "member": MemberFactory(),
            "officer here": AppointmentFactory(unit=here, role=officer).member,
            "officer there": AppointmentFactory(unit=there, role=officer).member,
            "secretary here": AppointmentFactory(unit=here, role=secretary).member,
            "editor": MemberFactory(is_superuser=True),
        },
    }
