"""Whom a version would reach: the holders of posts, each once."""

import datetime

import pytest
from django.utils import timezone

from library.procedures.models.reach import Reach, holders, post_of, posts, region_of
from party.models import Role
from tests.factories.library import circulate_version, make_version
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    RegionFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)


def test_before_it_is_sent_one_sees_how_many_it_would_reach_and_who_would_get_no_email(
    posts, north, officer_role
):
    first, second, _south, _secretary = posts
    second.member.email_notices = False
    second.member.save()
    AppointmentFactory(unit=first.unit, member__is_active=False)
    version = make_version()
    audience = Reach.of(version, [officer_role], [], on=TODAY)
    assert audience.by_region_and_role() == [
        ("North", "Social media officer", 2),
        ("South", "Social media officer", 1),
    ]
    assert (audience.already, audience.without_account, audience.without_email) == (0, 1, 1)
    circulate_version(version, regions=[north])
    again = Reach.of(version, [officer_role], [], on=TODAY)
    assert (len(again.asked), again.already) == (1, 2)


def test_a_post_is_a_role_at_a_unit_or_else_at_a_region(north):
    officer, lead = AppointmentFactory(unit=UnitFactory(region=north)), LeadFactory(region=north)
    assert post_of(officer) == (officer.role_id, officer.unit_id, None)
    assert post_of(lead) == (lead.role_id, None, north.pk)
    assert region_of(officer) == region_of(lead) == north


def test_posts_are_those_held_on_the_day_in_the_regions_asked_oldest_first(north, officer_role):
    at = UnitFactory(region=north)
    newer = AppointmentFactory(unit=at, valid_from=TODAY - DAY)
    older = AppointmentFactory(unit=at, valid_from=TODAY - 2 * DAY, member__is_active=False)
    begins = AppointmentFactory(unit=at, valid_from=TODAY + DAY)
    AppointmentFactory(unit=at, valid_from=TODAY - 3 * DAY, valid_until=TODAY - DAY)
    AppointmentFactory(unit=UnitFactory(region=north, valid_until=TODAY - DAY))
    elsewhere = AppointmentFactory(valid_from=TODAY)
    AppointmentFactory(unit=at, role=RoleFactory(slug=Role.SECRETARY, name="Secretary"))
    leaves = AppointmentFactory(unit=at, valid_from=TODAY - 5 * DAY, valid_until=TODAY)
    closes = AppointmentFactory(
        unit=UnitFactory(region=north, valid_until=TODAY), valid_from=TODAY - 4 * DAY
    )

    assert list(posts([officer_role], [north], on=TODAY)) == [leaves, closes, older, newer]
    assert list(posts([officer_role], [north], on=TODAY + DAY)) == [older, newer, begins]
    everywhere = list(posts([officer_role], [], on=TODAY))
    assert everywhere == [leaves, closes, older, newer, elsewhere]
    assert list(posts([], [north], on=TODAY)) == []


def test_holders_are_those_of_a_circulations_posts_whose_account_is_open(north, officer_role):
    officer = AppointmentFactory(unit=UnitFactory(region=north))
    circulation = circulate_version(make_version(), regions=[north])
    newcomer = AppointmentFactory(unit=officer.unit)
    AppointmentFactory(unit=officer.unit, member__is_active=False)
    AppointmentFactory(unit=UnitFactory(region=RegionFactory()))

    assert holders(circulation, on=TODAY) == [officer, newcomer]


def test_a_member_with_several_posts_is_asked_once_by_the_oldest(north, officer_role):
    newer = AppointmentFactory(unit=UnitFactory(region=north), valid_from=TODAY - DAY)
    older = AppointmentFactory(
        member=newer.member, unit=UnitFactory(region=north), valid_from=TODAY - 2 * DAY
    )
    assert Reach.of(make_version(), [officer_role], [], on=TODAY).asked == [older]


def test_those_without_an_address_or_a_wish_for_email_are_asked_in_the_hub(north, officer_role):
    for fields in ({}, {"member__email": ""}, {"member__email_notices": False}):
        AppointmentFactory(unit=UnitFactory(region=north), **fields)
    reach = Reach.of(make_version(), [officer_role], [north], on=TODAY)
    assert (len(reach.asked), reach.without_email) == (3, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_reach_costs_two_queries_whatever_its_size(
    north, officer_role, count, django_assert_num_queries
):
    for _each in range(count):
        AppointmentFactory(unit=UnitFactory(region=north))
    version = make_version()
    with django_assert_num_queries(2):
        reach = Reach.of(version, [officer_role], [north], on=TODAY)
        assert reach.by_region_and_role() == [("North", "Social media officer", count)]
