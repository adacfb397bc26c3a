"""A step is asked for once more, taken by who may, and says what became of it."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from library.facts.models import Series
from tests.factories.library import make_card, make_series
from tests.pages import visible_text


def state_of(card) -> str:
    card.refresh_from_db()
    return card.state


def test_a_step_is_asked_for_before_it_is_taken(admin):
    card = make_card()
    page = admin.get(reverse("factcard:withdraw", args=[card.pk]))
    assert "You cannot undo this." in visible_text(page)
    assert state_of(card) == "live"


def test_a_step_says_what_it_did(admin):
    address = reverse("factcard:review", args=[make_card().pk])
    page = admin.post(address, {"reason": "The table moved."}, follow=True)
    assert page.redirect_chain == [(reverse("factcard:index"), 302)]
    assert "“About quorum” is under review." in page.content.decode()


def test_a_step_that_is_refused_says_why_and_changes_nothing(admin):
    series = make_series({})
    page = admin.post(reverse("series:publish", args=[series.pk]), follow=True)
    assert "“Seats” has no values. Upload them before you publish it." in page.content.decode()
    assert not Series.objects.get().published


def test_nothing_takes_its_own_place(admin):
    card, new = make_card(), make_card("new")
    form = admin.get(reverse("factcard:supersede", args=[card.pk])).context["form"]
    assert list(form.fields["by_card"].queryset) == [new]


@pytest.mark.parametrize("name", ["preview", "review"])
def test_who_may_not_change_a_card_takes_no_step(client, member, name):
    card = make_card()
    member.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(member)
    page = client.post(
        reverse(f"factcard:{name}", args=[card.pk]), {"reason": "The table moved."}, follow=True
    )
    assert "do not have permission" in page.content.decode()
    assert state_of(card) == "live"
