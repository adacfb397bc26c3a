"""The library in the editors' admin: what is saved there goes through the actions."""

import datetime
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from library.facts.models import FactCard
from library.rules.actions.lineage import confirm_lineage
from library.rules.models import Edition, Work
from search.models import ChangedEntry
from tests.factories.library import make_card, make_edition, make_work
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


def test_each_step_of_a_cards_life_is_taken_in_the_admin(admin):
    card, new = make_card(), make_card("new")

    def take(name: str, **given) -> str:
        admin.post(reverse(f"factcard:{name}", args=[card.pk]), given)
        card.refresh_from_db()
        return card.state

    assert take("review", reason="The table moved.") == "review"
    assert take("confirm", as_at="2026-11-20", review_by="2026-11-20") == "review"
    assert take("confirm", as_at="2026-11-20", review_by="2027-11-20") == "live"
    assert take("supersede", by_card=card.pk) == "live"
    assert take("supersede", by_card=new.pk) == "superseded"
    edit = admin.get(reverse("factcard:edit", args=[card.pk]))
    assert edit.headers["Location"] == reverse("factcard:preview", args=[card.pk])
    assert take("withdraw", reason="Wrong.") == "withdrawn"


def test_a_card_is_withdrawn_after_giving_a_reason(admin):
    card = make_card()
    address = reverse("factcard:withdraw", args=[card.pk])
    assert address in admin.get(reverse("factcard:index")).content.decode()
    assert address in admin.get(reverse("factcard:edit", args=[card.pk])).content.decode()

    refused = admin.post(address, {"reason": ""})
    card.refresh_from_db()
    assert (refused.context["form"].errors["reason"], card.withdrawn_at) == (
        ["This field is required."],
        None,
    )

    admin.post(address, {"reason": "The Act was repealed."})
    card.refresh_from_db()
    assert card.withdrawal_reason == "The Act was repealed."
    assert address not in admin.get(reverse("factcard:index")).content.decode()


def test_a_draft_edition_is_looked_at_and_published(admin):
    edition = make_edition(make_work(), publish=False)
    address = reverse("edition:publish", args=[edition.pk])
    assert address in admin.get(reverse("edition:index")).content.decode()
    inspected = admin.get(reverse("edition:inspect", args=[edition.pk])).content.decode()
    assert address in inspected
    assert "Chapter 7 — Online groups" in inspected
    assert "Its 15 provisions are in force from 1 January 2020." in (
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

    assert "“First edition” ends on that day." in page


def test_a_refusal_to_publish_is_shown_as_a_sentence(admin, book):
    edition = make_edition(book.work, label="Second", publish=False)

    response = admin.post(reverse("edition:publish", args=[edition.pk]), follow=True)

    assert "comes into force on the same day" in response.content.decode()
    edition.refresh_from_db()
    assert edition.status == Edition.Status.DRAFT


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


def test_a_note_on_what_changed_is_kept_for_followers(admin, book):
    draft = make_edition(
        book.work, label="Second edition", in_force_from=datetime.date(2021, 3, 1), publish=False
    )
    confirm_lineage(draft, by=None, now=timezone.now())
    admin.post(f"/admin/edition/publish/{draft.pk}/", {"note": " The quorum is smaller. "})
    draft.refresh_from_db()
    assert (draft.status, draft.note) == ("published", "The quorum is smaller.")
