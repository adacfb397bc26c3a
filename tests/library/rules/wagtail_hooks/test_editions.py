"""Editions in the admin: looked at and published through the actions."""

import datetime
import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from library.rules.actions.lineage import confirm_lineage
from library.rules.models import Edition
from tests.factories.library import make_edition, make_work
from tests.factories.party import MemberFactory


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


def test_a_draft_edition_is_looked_at_and_published(admin):
    edition = make_edition(make_work(), publish=False)
    address = reverse("edition:publish", args=[edition.pk])
    assert address in admin.get(reverse("edition:index")).content.decode()
    inspected = admin.get(reverse("edition:inspect", args=[edition.pk])).content.decode()
    assert address in inspected
    assert "Chapter 7 — Online groups" in inspected
    assert "Its 15 provisions will be in force from 1 January 2020." in (
        admin.get(address).content.decode()
    )
    edition.refresh_from_db()
    assert edition.status == Edition.Status.DRAFT

    published = admin.post(address, follow=True).content.decode()

    edition.refresh_from_db()
    assert edition.status == Edition.Status.PUBLISHED
    assert re.search(r'href="/rules/sample/"[^>]*>\s*Read it', published)
    assert address not in admin.get(reverse("edition:index")).content.decode()


def test_before_publishing_one_reads_which_edition_will_end(admin, book):
    edition = make_edition(
        book.work, label="Second", in_force_from=datetime.date(2022, 1, 1), publish=False
    )

    page = admin.get(reverse("edition:publish", args=[edition.pk])).content.decode()

    assert "“First edition” ends the day before." in page


def test_a_refusal_to_publish_is_shown_as_a_sentence(admin, book):
    edition = make_edition(book.work, label="Second", publish=False)

    response = admin.post(reverse("edition:publish", args=[edition.pk]), follow=True)

    assert "comes into force on the same day" in response.content.decode()
    edition.refresh_from_db()
    assert edition.status == Edition.Status.DRAFT


def test_a_note_on_what_changed_is_kept_for_followers(admin, book):
    draft = make_edition(
        book.work, label="Second edition", in_force_from=datetime.date(2021, 3, 1), publish=False
    )
    confirm_lineage(draft, by=None, now=timezone.now())
    admin.post(f"/admin/edition/publish/{draft.pk}/", {"note": " The quorum is smaller. "})
    draft.refresh_from_db()
    assert (draft.status, draft.note) == ("published", "The quorum is smaller.")
