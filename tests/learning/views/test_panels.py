"""What learning shows of a region: its coverage, and each post."""

import pytest

from learning.models import PostState, Requirement
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import (
    AppointmentFactory,
    LeadFactory,
    RegionFactory,
    RoleFactory,
    UnitFactory,
)
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    region = RegionFactory(name="North", slug="north")
    Requirement.objects.create(role=RoleFactory(), course=make_course(lessons=1))
    AppointmentFactory(unit=UnitFactory(region=region, name="Held", slug="held"))
    UnitFactory(region=region, name="Empty", slug="empty", hex_column=3, hex_row=5)
    return region


@pytest.fixture
def lead(client, region):
    rowan = LeadFactory(region=region).member
    client.force_login(rowan)
    return rowan


def test_a_region_is_one_number_and_a_table(client, region, lead):
    said = visible_text(client.get("/regions/north/"))
    assert "0 of 2 posts are held by a trained officer" in said
    assert "Never trained" in said
    assert "Vacant" in said


def test_a_fresh_certificate_changes_the_regions_number(client, region, lead):
    officer = region.units.get(name="Held").appointments.get().member
    pass_course(officer, Requirement.objects.get().course)
    assert "1 of 2 posts are held by a trained officer" in visible_text(
        client.get("/regions/north/")
    )


def test_the_table_can_be_cut_down_to_one_state(client, region, lead):
    page = client.get("/regions/north/", {"state": PostState.VACANT})
    assert [post.unit.name for post in page.context["posts"]] == ["Empty"]


def test_a_state_that_is_none_shows_every_post(client, region, lead):
    page = client.get("/regions/north/", {"state": "rubbish"})
    assert page.context["wanted"] is None
    assert len(page.context["posts"]) == 2


def test_a_region_costs_the_same_for_one_post_as_for_three(
    client, region, lead, django_assert_num_queries
):
    client.get("/regions/north/")
    with django_assert_num_queries(11):
        client.get("/regions/north/")
    for unit in UnitFactory.create_batch(3, region=region):
        AppointmentFactory(unit=unit)
    with django_assert_num_queries(11):
        client.get("/regions/north/")


def test_a_region_without_units_says_so_and_praises_nobody(client):
    empty = RegionFactory(name="Nowhere", slug="nowhere")
    client.force_login(LeadFactory(region=empty).member)
    said = visible_text(client.get("/regions/nowhere/"))
    assert "This region has no units yet" in said
    assert "Every post is held" not in said
