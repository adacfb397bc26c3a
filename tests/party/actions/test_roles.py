"""Roles: what may change about one that people hold, or that the hub itself looks for."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from party.actions.roles import change_role, create_role, remove_role
from party.models import Role
from tests.factories.party import AppointmentFactory, MemberFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def acting():
    return {"by": MemberFactory(), "now": timezone.now()}


def test_a_role_is_made_and_changed(acting):
    role = create_role(name="Treasurer", slug="treasurer", level=Role.Level.UNIT, **acting)
    change_role(role, name="Treasurer and auditor", tracked=True, **acting)
    assert ModelLogEntry.objects.get(action="wagtail.edit").message == (
        "Name: Treasurer → Treasurer and auditor; Counted as a post: no → yes"
    )


def test_a_role_that_the_hub_looks_for_keeps_its_address_and_stays(acting):
    role = RoleFactory()
    with pytest.raises(ValidationError, match="so that stays"):
        change_role(role, slug="officer", **acting)
    with pytest.raises(ValidationError, match="was not removed"):
        remove_role(role, **acting)
    assert Role.objects.get().slug == Role.SOCIAL_MEDIA_OFFICER


def test_the_level_of_a_role_that_people_hold_stays(acting):
    role = AppointmentFactory().role
    with pytest.raises(ValidationError, match="so its level stays"):
        change_role(role, level=Role.Level.NATIONAL, **acting)


def test_a_role_that_nobody_ever_held_is_removed(acting):
    role = RoleFactory(slug="treasurer", name="Treasurer")
    remove_role(role, **acting)
    assert Role.objects.count() == 0
