"""What holds for all lists of the library in the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.library import make_card, make_edition, make_work
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


@pytest.mark.parametrize("name", ["factcard", "work", "edition"])
def test_nothing_that_others_cite_can_be_deleted_even_by_an_administrator(admin, book, name):
    instance = {"factcard": make_card(), "work": book.work, "edition": book}[name]

    response = admin.post(reverse(f"{name}:delete", args=[instance.pk]))

    assert response.headers["Location"] == reverse("wagtailadmin_home")
    instance.refresh_from_db()


def test_a_librarian_publishes_and_withdraws_and_a_member_does_not(client, librarian, member):
    card = make_card()
    edition = make_edition(make_work(), publish=False)
    publish = reverse("edition:publish", args=[edition.pk])
    withdraw = reverse("factcard:withdraw", args=[card.pk])

    client.force_login(member)
    client.post(publish)
    client.post(withdraw, {"reason": "No."})
    edition.refresh_from_db()
    card.refresh_from_db()
    assert (edition.status, card.withdrawn_at) == ("draft", None)

    client.force_login(librarian)
    assert publish in client.get(reverse("edition:index")).content.decode()
    client.post(publish)
    client.post(withdraw, {"reason": "Repealed."})
    edition.refresh_from_db()
    card.refresh_from_db()
    assert (edition.status, card.withdrawal_reason) == ("published", "Repealed.")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("factcard", 2), ("work", 2), ("edition", 3)])
def test_the_admins_lists_ask_as_much_of_the_library_for_one_row_as_for_three(
    admin, name, queries, count
):
    for number in range(count):
        make_edition(make_work(f"work-{number}"), publish=False)
        make_card(f"card-{number}")

    with CaptureQueriesContext(connection) as captured:
        response = admin.get(reverse(f"{name}:index"))

    assert response.context["object_list"].count() == count
    ours = [
        sql for sql in (query["sql"] for query in captured) if "rules_" in sql or "facts_" in sql
    ]
    assert len(ours) == queries  # how many rows, the rows, the filter's works; no frame
