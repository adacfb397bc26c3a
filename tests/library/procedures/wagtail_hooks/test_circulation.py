"""A version is sent from its page in the admin, by those who may circulate alone."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from library.procedures.models import Circulation
from tests.factories.library import make_version
from tests.factories.party import (
    MemberFactory,
)
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


TODAY = timezone.localdate()


DAY = datetime.timedelta(days=1)


def test_whoever_may_circulate_counts_first_and_then_sends(client, post, national):
    version = make_version()
    client.force_login(national)
    address = f"/admin/procedures/{version.page_id}/send/"
    chosen = {"roles": [post.role_id], "due_on": (TODAY + DAY).isoformat(), "look": "yes"}
    said = visible_text(client.post(address, chosen))
    assert "1 person" in said
    assert "North Social media officer 1" in said
    assert not Circulation.objects.exists()

    response = client.post(address, {**chosen, "look": "", "send": "yes"})
    circulation = Circulation.objects.get()
    assert response.url == f"/circulations/{circulation.pk}/acknowledgements/"
    assert (circulation.sent_by, circulation.due_on) == (national, TODAY + DAY)
    again = visible_text(client.post(address, {**chosen, "send": "yes"}))
    assert "everyone in these posts already has The accounts procedure, version 1" in again


def test_the_button_stands_on_a_procedure_of_which_a_version_was_issued(client, editor):
    page = make_version().page
    client.force_login(editor)
    assert "Send to officers" in visible_text(client.get(f"/admin/pages/{page.pk}/edit/"))


def test_the_librarys_menu_leads_to_procedures_and_to_what_was_sent(client, editor):
    page = make_version().page
    client.force_login(editor)
    menu = client.get("/admin/").content.decode()
    assert '"/circulations/"' in menu
    assert '"/admin/procedures/"' in menu
    there = client.get("/admin/procedures/")
    assert there.headers["Location"] == f"/admin/pages/{page.get_parent().pk}/"


def test_nobody_else_sends(client, post):
    editor = MemberFactory()
    editor.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(editor)
    response = client.post(f"/admin/procedures/{make_version().page_id}/send/", {"send": "yes"})
    assert response.status_code in {302, 403}
    assert not Circulation.objects.exists()
