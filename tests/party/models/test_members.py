"""Members, who sign in with their e-mail address."""

import pytest
from django.db import IntegrityError, transaction

from party.models import Member
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


def test_two_members_cannot_share_an_address_whatever_its_case():
    Member.objects.create_user("Ada@members.example", "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberFactory(email="ADA@members.example")


def test_members_are_found_by_their_address_in_any_case():
    ada = Member.objects.create_user("Ada@Members.Example", "x")
    assert Member.objects.get_by_natural_key("ADA@members.example") == ada


def test_a_member_needs_an_address():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        Member.objects.create_user("", "x")
