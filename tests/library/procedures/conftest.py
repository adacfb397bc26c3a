"""Regions and posts to which a version is sent."""

import pytest

from party.models import Role
from tests.factories.party import AppointmentFactory, RegionFactory, RoleFactory, UnitFactory


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
