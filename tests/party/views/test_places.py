"""The pages of regions and units: who may open them, and who held the posts before."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from tests.factories.party import AppointmentFactory, LeadFactory, RegionFactory, UnitFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    region = RegionFactory(name="North", slug="north")
    AppointmentFactory(unit=UnitFactory(region=region, name="Held", slug="held"))
    UnitFactory(region=region, name="Empty", slug="empty")
    return region


@pytest.fixture
def lead(client, region):
    rowan = LeadFactory(region=region).member
    client.force_login(rowan)
    return rowan


def test_one_region_alone_opens_at_once(client, region, lead):
    assert client.get("/regions/").url == "/regions/north/"


def test_whoever_leads_no_region_finds_no_list_of_them(client):
    client.force_login(AppointmentFactory().member)
    assert_hidden(client, "/regions/")
    assert "/regions/" not in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/regions/south/", "/units/in-the-south/", "/regions/x/"])
def test_another_region_answers_404(client, region, lead, address):
    UnitFactory(slug="in-the-south", region=RegionFactory(slug="south", name="South"))
    assert_hidden(client, address)


def test_officers_see_their_unit_and_not_their_region(client, region):
    client.force_login(region.units.get(name="Held").appointments.get().member)
    assert "Held" in visible_text(client.get("/units/held/"))
    assert_hidden(client, "/units/empty/")
    assert_hidden(client, "/regions/north/")


def test_who_has_their_last_day_today_still_holds_the_post_and_is_a_previous_holder_tomorrow(
    client, region, lead
):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    unit = region.units.get(name="Empty")
    since = today - 9 * day
    AppointmentFactory(unit=unit, member__last_name="Today", valid_from=since, valid_until=today)
    AppointmentFactory(
        unit=unit, member__last_name="Before", valid_from=since, valid_until=today - day
    )
    held, past = visible_text(client.get("/units/empty/")).split("Previous holders")
    assert f"since {date_format(since)}, until {date_format(today)}" in held
    assert ("Today" in held, "Before" in held) == (True, False)
    assert f"Demo Before, social media officer, {date_format(since)} to" in past
    assert (date_format(today - day) in past, "Today" in past) == (True, False)
