"""Fact cards in the admin: made, changed, published and withdrawn through the actions."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from library.facts.models import FactCard
from search.models import ChangedEntry
from tests.factories.library import make_card
from tests.factories.party import MemberFactory

FORM = {
    "title": "A quorum of a company",
    "slug": "quorum",
    "statement": "Two members are a quorum.",
    "detail": "",
    "does_not_show": "",
    "kind": "law",
    "citation": "Companies Act 2006, section 318",
    "source_name": "legislation.gov.uk",
    "source_url": "https://www.legislation.gov.uk/ukpga/2006/46/section/318",
    "as_at": "2026-06-30",
    "review_by": "2027-06-29",
    "topics": 'Meetings, "Data protection"',
    "audience": "members",
    "note": "Put more shortly.",
}


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


def test_a_card_made_in_the_admin_is_logged_and_goes_to_search(admin, editor):
    response = admin.post(reverse("factcard:add"), FORM)

    card = FactCard.objects.get()
    assert response.headers["Location"] == reverse("factcard:index")
    assert (card.slug, card.as_at) == ("quorum", datetime.date(2026, 6, 30))
    assert sorted(topic.name for topic in card.topics.all()) == ["Data protection", "Meetings"]
    assert ChangedEntry.objects.filter(kind="fact", key=str(card.pk)).exists()
    entry = ModelLogEntry.objects.for_instance(card).get()
    assert (entry.action, entry.user) == ("wagtail.create", editor)


def test_a_card_changed_in_the_admin_is_logged_with_what_changed_and_goes_to_search(admin):
    card = make_card()
    ChangedEntry.objects.all().delete()

    admin.post(reverse("factcard:edit", args=[card.pk]), {**FORM, "topics": "Meetings"})

    card.refresh_from_db()
    assert card.statement == "Two members are a quorum."
    assert [topic.name for topic in card.topics.all()] == ["Meetings"]
    assert ChangedEntry.objects.filter(kind="fact", key=str(card.pk)).exists()
    changes = ModelLogEntry.objects.for_instance(card).get(action="wagtail.edit").data["changes"]
    assert changes["statement"] == [
        "Two members are a quorum of a company.",
        "Two members are a quorum.",
    ]


def test_a_live_card_without_its_source_or_a_note_is_sent_back_with_a_reason(admin):
    address = reverse("factcard:edit", args=[make_card().pk])

    response = admin.post(address, {**FORM, "source_url": "", "slug": "other", "note": ""})

    assert response.context["form"].errors == {
        "source_url": ["A card that has gone live needs this."],
        "note": ["Say what changed: readers see it."],
        "slug": ["The address cannot change after the card has gone live."],
    }
    assert FactCard.objects.get().slug == "quorum"


def test_a_draft_is_looked_at_made_live_and_then_no_longer_deleted(admin, client, member):
    admin.post(reverse("factcard:add"), {**FORM, "review_by": ""})
    card = FactCard.objects.get()
    steps = {name: reverse(f"factcard:{name}", args=[card.pk]) for name in ("publish", "discard")}
    assert "Draft: only editors can see this." in (
        admin.get(reverse("factcard:preview", args=[card.pk])).content.decode()
    )
    assert "It cannot go live yet. Add: review by" in admin.get(steps["publish"]).content.decode()

    admin.post(reverse("factcard:edit", args=[card.pk]), FORM)
    admin.post(steps["publish"])
    admin.post(steps["discard"])

    card.refresh_from_db()
    assert card.state == "live"
    client.force_login(member)
    assert client.get(reverse("factcard:preview", args=[card.pk])).status_code != 200


@pytest.mark.parametrize("name", ["factcard:add", "series:add"])
def test_an_owner_is_chosen_among_editors_so_that_no_list_shows_the_membership(
    admin, editor, librarian, member, name
):
    form = admin.get(reverse(name)).context["form"]

    assert set(form.fields["owner"].queryset) == {editor, librarian}


def test_an_owner_who_may_not_enter_any_more_stays_until_another_is_chosen(admin, member):
    card = make_card(owner=member)

    admin.post(
        reverse("factcard:edit", args=[card.pk]),
        {**FORM, "owner": member.pk, "title": "Another title"},
    )

    card.refresh_from_db()
    assert (card.owner, card.title) == (member, "Another title")
