"""Every page that the editors' admin offers opens, for the national team and for an author."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from party.models import Appointment, Member, Role
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import AppointmentFactory, MemberFactory, RoleFactory, UnitFactory
from tests.pages import visible_text

pytestmark = pytest.mark.django_db
QUERIES = {"appointment:index": 9, "unit:index": 9}

PAGES = [
    "wagtailadmin_home",
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailsites:index",
    "wagtailadmin_reports:site_history",
    "films:index",
    "films:add",
    "appointment:index",
    "appointment:add",
    "unit:index",
    "unit:add",
    "region:index",
    "role:index",
    "requirements:index",
    "requirements:add",
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_admin_opens(client, national, name):
    AppointmentFactory()
    make_course()
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "<main" in page.content.decode()


def test_the_national_team_records_an_election(client, national):
    role, unit = RoleFactory(), UnitFactory()
    form = {
        "member": national.pk,
        "role": role.pk,
        "unit": unit.pk,
        "region": "",
        "basis": Appointment.Basis.ELECTED,
        "valid_from": "2026-05-15",
        "valid_until": "2027-06-15",
    }
    client.post(reverse("appointment:add"), form)
    assert Appointment.objects.get().unit == unit


def test_an_appointment_that_ends_before_it_begins_is_refused_in_a_sentence(client, national):
    form = {
        "member": national.pk,
        "role": RoleFactory().pk,
        "unit": UnitFactory().pk,
        "basis": Appointment.Basis.ELECTED,
        "valid_from": "2026-05-15",
        "valid_until": "2026-05-01",
    }
    page = client.post(reverse("appointment:add"), form)
    assert "The last day cannot be before the first." in page.content.decode()
    assert Appointment.objects.count() == 0


def test_a_member_is_added_and_put_into_a_group(client, national):
    group = Group.objects.create(name="Authors")
    form = {
        "email": "new@members.example",
        "first_name": "New",
        "last_name": "Author",
        "password1": "a-long-enough-secret",
        "password2": "a-long-enough-secret",
        "groups": [group.pk],
    }
    client.post(reverse("wagtailusers_users:add"), form)
    assert list(Member.objects.get(email="new@members.example").groups.all()) == [group]
    page = client.get(reverse("wagtailusers_users:index"))
    assert "new@members.example" in page.content.decode()


def test_an_author_is_offered_no_posts_and_no_people(client):
    from django.contrib.auth.models import Permission

    author = Member.objects.create_user("author@members.example", "x")
    author.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(author)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert not re.search(r'"/admin/(appointment|unit|users|requirements)/', home)
    assert Role.objects.count() == 0
    for name in ("appointment:index", "unit:index", "wagtailusers_users:index"):
        assert client.get(reverse(name)).url == "/admin/"


@pytest.mark.parametrize(
    ("name", "make"), [("appointment:index", AppointmentFactory), ("unit:index", UnitFactory)]
)
def test_a_list_of_posts_costs_the_same_for_one_row_as_for_three(
    client, national, name, make, django_assert_num_queries
):
    make()
    client.get(reverse(name))
    with django_assert_num_queries(QUERIES[name]):
        client.get(reverse(name))
    make.create_batch(2)
    with django_assert_num_queries(QUERIES[name]):
        client.get(reverse(name))


def test_a_member_on_whom_posts_or_certificates_hang_is_not_deleted(client, national):
    officer, learner, free = AppointmentFactory().member, MemberFactory(), MemberFactory()
    pass_course(learner, make_course())
    for member in (officer, learner):
        address = reverse("wagtailusers_users:delete", args=[member.pk])
        said = visible_text(client.post(address, follow=True))
        assert f"“{member}” is still in use, so it was not removed: 1 " in said
        assert "Close the account instead: untick “Active”" in said
        many = reverse("wagtail_bulk_action", args=["party", "member", "delete"])
        client.post(f"{many}?id={member.pk}&id={free.pk}")
    assert set(Member.objects.exclude(pk=national.pk)) == {officer, learner, free}
    client.post(reverse("wagtailusers_users:delete", args=[free.pk]))
    assert not Member.objects.filter(pk=free.pk).exists()
