"""Whom a region rings, and why."""

import datetime

import pytest

from learning.models import PostState, posts_of
from learning.models.follow_ups import follow_ups
from party.models import Role
from tests.factories.learning import make_region_of_every_state
from tests.factories.party import AppointmentFactory, RoleFactory, UnitFactory

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def region(db):
    """A region with a vacant post and one in every other state."""
    return make_region_of_every_state(TODAY)


def units_of(region):
    return list(region.units.order_by("pk"))


def test_whom_to_ring_comes_in_the_order_of_use(region):
    secretary = AppointmentFactory(
        unit=region.units.get(name="Unit vacant"),
        role=RoleFactory(name="Secretary", slug=Role.SECRETARY, tracked=False),
    )
    found = follow_ups(posts_of(units_of(region), on=TODAY), on=TODAY, limit=9)
    assert [each.post.state for each in found] == [
        PostState.EXPIRED,
        PostState.EXPIRING,
        PostState.PROGRESS,
        PostState.NEVER,
        PostState.VACANT,
    ]
    assert found[-1].member == secretary.member
    assert "ran out on 16 November 2026" in found[0].reason


def test_a_colleague_of_a_trained_holder_is_not_rung(region):
    unit = region.units.get(name="Unit trained")
    newcomer = AppointmentFactory(unit=unit).member
    found = follow_ups(posts_of(units_of(region), on=TODAY), on=TODAY, limit=9)
    assert newcomer not in {each.member for each in found}


def test_nobody_is_rung_twice_for_several_posts(region):
    busy = region.units.get(name="Unit never").appointments.get().member
    for unit in UnitFactory.create_batch(2, region=region):
        AppointmentFactory(unit=unit, member=busy)
    found = follow_ups(posts_of(units_of(region), on=TODAY), on=TODAY, limit=9)
    assert [each.member for each in found].count(busy) == 1
