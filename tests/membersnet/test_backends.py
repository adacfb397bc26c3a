"""What is read of a member’s rights."""

import pytest
from django.contrib.auth.models import Group, Permission

from membersnet.backends import MembersBackend
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
RIGHT = "party.view_region"


def read(member):
    return MembersBackend().get_user(member.pk)


def test_whoever_was_given_no_rights_is_asked_for_none(django_assert_num_queries):
    member = MemberFactory()
    with django_assert_num_queries(1):
        user = read(member)
        assert not user.has_perm(RIGHT)
        assert user.get_all_permissions() == set()


def test_rights_of_their_own_of_a_group_and_of_everything_are_found():
    right = Permission.objects.get(codename="view_region")
    own, grouped, every = MemberFactory(), MemberFactory(), MemberFactory(is_superuser=True)
    own.user_permissions.add(right)
    group = Group.objects.create(name="National")
    group.permissions.add(right)
    grouped.groups.add(group)
    assert [read(each).has_perm(RIGHT) for each in (own, grouped, every)] == [True, True, True]


def test_whoever_has_no_account_any_more_is_nobody():
    gone = MemberFactory(is_active=False)
    assert (read(gone), MembersBackend().get_user(0)) == (None, None)
