"""Works in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from library.rules.models import Work
from search.models import ChangedEntry
from tests.factories.party import MemberFactory
from tests.pages import visible_text


@pytest.fixture
def admin(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def librarian(db):
    """May enter the admin, and publish editions and withdraw cards, but is no superuser."""
    librarian = MemberFactory()
    librarian.user_permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "change_edition", "change_factcard"]
        )
    )
    return librarian


def test_the_list_says_yes_and_no(admin, book):
    words = visible_text(admin.get(reverse("work:index")))
    assert "Yes" in words
    assert "True" not in words


def test_a_work_is_made_and_changed_in_the_admin(admin, book):
    form = {"title": "Safe use", "slug": "safe-use", "kind": "policy", "audience": "members"}
    admin.post(reverse("work:add"), form)
    assert Work.objects.get(slug="safe-use").title == "Safe use"
    ChangedEntry.objects.all().delete()

    work = Work.objects.get(slug="sample")
    changed = {"title": "Renamed", "slug": "sample", "kind": "rule_book", "audience": "editors"}
    admin.post(reverse("work:edit", args=[work.pk]), changed)

    work.refresh_from_db()
    assert (work.title, work.audience, work.sample) == ("Renamed", "editors", False)
    assert ChangedEntry.objects.filter(kind="provision").count() == 14
