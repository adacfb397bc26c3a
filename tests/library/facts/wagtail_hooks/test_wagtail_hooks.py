"""The knowledge bank in the admin's menu: its place, and for whom it is there."""

import pytest
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


def library_menu(member) -> list[str]:
    """Return what a member finds in the admin's menu below Library, from top to bottom."""
    request = RequestFactory().get(reverse("wagtailadmin_home"))
    request.user = member
    groups = [item for item in admin_menu.menu_items_for_request(request) if item.name == "library"]
    return [
        str(item.label)
        for group in groups
        for item in sorted(group.menu.menu_items_for_request(request), key=lambda each: each.order)
    ]


def test_facts_stand_before_rules_and_procedures_after_them():
    assert library_menu(MemberFactory(is_superuser=True)) == [
        *("Fact cards", "Series", "Import facts"),
        *("Works", "Editions", "Imports", "Subjects", "Texts to review"),
        *("Procedures", "Sent to officers"),
    ]


def test_only_what_somebody_may_do_is_there():
    keeper = MemberFactory()
    keeper.user_permissions.set(Permission.objects.filter(codename="change_factcard"))

    assert "Series" not in library_menu(keeper)
    assert "Import facts" not in library_menu(keeper)
