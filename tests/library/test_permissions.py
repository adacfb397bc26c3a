"""Who may read fact cards, and who may publish and withdraw in the library."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from ground.policies import KeptPolicy
from library.facts.models import FactCard
from library.facts.permissions import can_change_facts
from library.rules.models import Edition
from library.rules.permissions import can_publish_editions
from tests.factories.library import make_card
from tests.factories.party import LeadFactory, MemberFactory


@pytest.fixture
def people(db):
    return {
        "nobody": AnonymousUser(),
        "member": MemberFactory(),
        "left": MemberFactory(is_active=False),
        "lead": LeadFactory().member,
        "editor": MemberFactory(is_superuser=True),
    }


def test_fact_cards_are_for_members(people):
    card = make_card()

    for name, person in people.items():
        seen = card in FactCard.objects.visible_to(person)
        assert seen == (name in {"member", "lead", "editor"}), name


def test_publishing_and_withdrawing_need_the_permission_for_it(people):
    librarian = MemberFactory()
    librarian.user_permissions.set(
        Permission.objects.filter(codename__in=["change_edition", "change_factcard"])
    )

    assert can_publish_editions(librarian)
    assert can_change_facts(librarian)
    for name, person in people.items():
        assert can_publish_editions(person) == can_change_facts(person) == (name == "editor")


def test_in_the_admin_what_others_cite_is_never_deleted(people):
    policy = KeptPolicy(FactCard)

    assert policy.user_has_permission(people["editor"], "change")
    assert not policy.user_has_permission(people["editor"], "delete")
    assert not policy.user_has_permission(people["member"], "view")


def test_who_may_publish_editions_may_look_at_them_in_the_admin(db):
    librarian = MemberFactory()
    librarian.user_permissions.set(Permission.objects.filter(codename="change_edition"))

    policy = KeptPolicy(Edition, refused=("add", "change", "delete"))
    assert policy.user_has_permission(librarian, "view")
    assert not policy.user_has_any_permission(librarian, ["add", "change", "delete"])
