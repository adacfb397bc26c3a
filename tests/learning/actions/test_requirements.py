"""Which role needs which course, and who changed that."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.actions.requirements import (
    change_requirement,
    require_course,
    withdraw_requirement,
)
from learning.models import Requirement
from tests.factories.courses import make_course
from tests.factories.party import LeadRoleFactory, MemberFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def acting():
    return {"by": MemberFactory(), "now": timezone.now()}


def test_a_course_is_required_of_a_role_once(acting):
    role, course = RoleFactory(), make_course()
    made = require_course(role=role, course=course, **acting)
    assert (made.role, made.course) == (role, course)
    with pytest.raises(ValidationError):
        require_course(role=role, course=course, **acting)
    assert Requirement.objects.count() == 1


def test_only_a_live_course_can_be_required(acting):
    live, draft = make_course("live"), make_course("draft")
    draft.unpublish()
    with pytest.raises(ValidationError, match="This course is not published"):
        require_course(role=RoleFactory(), course=draft, **acting)
    made = require_course(role=RoleFactory(), course=live, **acting)
    with pytest.raises(ValidationError, match="This course is not published"):
        change_requirement(made, role=made.role, course=draft, **acting)
    assert Requirement.objects.get().course == live


def test_a_change_and_a_withdrawal_leave_who_did_it_and_what_it_was(acting):
    first, second = make_course("first"), make_course("second")
    made = require_course(role=RoleFactory(), course=first, **acting)
    change_requirement(made, role=LeadRoleFactory(), course=second, **acting)
    withdraw_requirement(made, **acting)
    assert Requirement.objects.count() == 0
    entries = ModelLogEntry.objects.order_by("pk")
    assert {entry.user for entry in entries} == {acting["by"]}
    assert [entry.message for entry in entries][1:2] == [
        "Role: Social media officer → Regional digital lead; Course: Course first → Course second"
    ]
    assert [entry.action for entry in entries] == [
        "wagtail.create",
        "wagtail.edit",
        "wagtail.delete",
    ]
