"""Audiences, and how an address says who may see it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from party import permissions
from party.permissions import LADDER, narrowest, open_to, sees_every_region, tokens_of
from tests.factories.party import MemberFactory


@pytest.mark.parametrize("audience", LADDER)
def test_an_address_carries_its_audience_and_only_anyone_lifts_the_sign_in(audience):
    def view(request):
        return None

    declared = open_to(audience)(view)
    assert declared.open_to == audience
    assert getattr(declared, "login_required", True) is (audience != permissions.ANYONE)


def test_the_narrowest_of_some_audiences_is_the_last_on_the_ladder():
    assert narrowest("members", "editors", "anyone") == "editors"
    assert narrowest(*LADDER[:2]) == LADDER[1]


@pytest.mark.parametrize(
    ("roles", "regions", "tokens"),
    [
        ([], [], ("members",)),
        (["secretary"], [], ("role:secretary", "editors")),
        ([], ["north", "south"], ("in:north", "in:south", "editors")),
        (["secretary"], ["north"], ("role:secretary@north", "editors")),
    ],
)
def test_roles_and_regions_make_the_words_of_an_audience(roles, regions, tokens):
    assert tokens_of(roles, regions) == tokens


@pytest.mark.django_db
def test_whoever_works_for_the_whole_party_sees_every_region():
    nia, left = MemberFactory(), MemberFactory(is_active=False)
    for member in (nia, left):
        member.user_permissions.set(Permission.objects.filter(codename="view_region"))
    people = [nia, left, MemberFactory(), MemberFactory(is_superuser=True), AnonymousUser()]
    assert [sees_every_region(person) for person in people] == [True, False, False, True, False]


def test_person_can_be_read_at_run_time_without_the_models():
    def greet(person: permissions.Person | None) -> list[permissions.Person]:
        return [person] if person else []

    assert set(greet.__annotations__) == {"person", "return"}
