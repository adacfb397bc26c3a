"""Procedures in the admin: a version is issued from a page's menu, and what was issued stays."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from library.procedures.actions.procedures import issue_version
from library.procedures.models import ProcedurePage, ProcedureVersion
from tests.factories.library import make_procedure
from tests.factories.party import MemberFactory
from tests.pages import visible_text


@pytest.fixture
def author(client, db):
    """An editor with the rights of the demonstration's authors, and no more."""
    group = Group.objects.create(name="Authors")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    root = Page.objects.get(depth=1)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    person = MemberFactory()
    person.groups.add(group)
    client.force_login(person)
    return person


def test_an_author_issues_what_is_published_from_the_pages_menu(client, author):
    page = make_procedure()
    address = reverse("procedures_issue_version", args=[page.pk])

    menu = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address in menu
    assert "Issue as version 1" in menu
    assert "Issue version" in client.get(address).content.decode()

    response = client.post(address, {"note": "The first."})
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    version = ProcedureVersion.objects.get()
    assert (version.number, version.note, version.issued_by) == (1, "The first.", author)

    again = client.post(address, {"note": "Nothing."}, follow=True).content.decode()
    assert "has not changed since version 1" in again
    assert ProcedureVersion.objects.count() == 1


def test_an_owner_is_chosen_among_editors_so_that_no_list_shows_the_membership(client, author):
    stranger = MemberFactory()
    page = make_procedure()

    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]

    offered = set(form.fields["responsible"].queryset)
    assert author in offered
    assert stranger not in offered


def test_nobody_issues_a_version_of_what_they_may_not_publish(client, author):
    page = make_procedure()
    GroupPagePermission.objects.all().delete()

    client.post(reverse("procedures_issue_version", args=[page.pk]), {"note": "Mine."})

    assert not ProcedureVersion.objects.exists()


def test_what_was_issued_is_not_deleted_with_its_page_or_the_one_above(client, editor):
    page = make_procedure()
    issue_version(page, note="", by=None, now=timezone.now())
    client.force_login(editor)
    above = page.get_parent()

    for each in (page, above):
        answer = client.post(reverse("wagtailadmin_pages:delete", args=[each.pk]), follow=True)
        assert "Unpublish it instead" in answer.content.decode()
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{many}?id={page.pk}&next=/admin/")
    assert ProcedurePage.objects.filter(pk=page.pk).exists()

    other = make_procedure("never-issued")
    client.post(reverse("wagtailadmin_pages:delete", args=[other.pk]))
    assert not ProcedurePage.objects.filter(pk=other.pk).exists()


def test_an_author_sees_it_before_it_is_published(client, author):
    page = make_procedure(publish=False)

    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "It binds its moderators." in visible_text(preview)
