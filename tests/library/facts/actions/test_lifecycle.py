"""What changes how a fact card stands: each step asks for what it needs, and is a version."""

import datetime

import pytest
from django.utils import timezone

from ground.refusals import Refused
from library.facts.actions.lifecycle import (
    confirm_fact,
    publish_fact,
    review_fact,
    supersede_fact,
    withdraw_fact,
)
from library.facts.models import FactCard
from search.models import ChangedEntry
from tests.factories.library import make_card
from tests.library.facts.actions.test_facts import NOW, logged, make_draft, marked, versions


@pytest.mark.parametrize("field", FactCard.NEEDED)
def test_no_card_goes_live_without_its_source_and_its_dates(db, field):
    name = FactCard._meta.get_field(field).verbose_name
    with pytest.raises(Refused, match=f"cannot go live yet: add {name}"):
        make_card(**{field: None if field in ("as_at", "review_by") else ""})
    assert FactCard.objects.get().state == "draft"


def test_going_live_is_a_first_version_noted_and_told_to_search(member):
    card = make_card()
    with pytest.raises(Refused, match="is not a draft"):
        publish_fact(card, by=member, now=NOW)
    assert (card.state, versions(card)) == ("live", [(1, "live", "First published.")])
    assert marked() == {str(card.pk)}


def test_a_card_under_review_says_why_and_comes_back_with_new_dates(member):
    card = make_card()

    card = review_fact(card, reason=" The table moved. ", by=member, now=NOW)
    assert (card.state, card.versions.first().note) == ("review", "The table moved.")
    card = confirm_fact(
        card,
        as_at=datetime.date(2026, 11, 20),
        review_by=datetime.date(2027, 11, 20),
        by=member,
        now=NOW,
    )

    card.refresh_from_db()
    assert (card.state, card.as_at, card.review_by) == (
        "live",
        datetime.date(2026, 11, 20),
        datetime.date(2027, 11, 20),
    )
    assert versions(card)[1:] == [
        (2, "review", "The table moved."),
        (3, "live", "Reviewed: still accurate."),
    ]
    assert logged(card)[2:] == [("facts.review", member.pk), ("facts.confirm", member.pk)]


def test_a_review_needs_a_reason_and_a_live_card(db):
    card = make_card()
    with pytest.raises(Refused, match="Say why the card is under review"):
        review_fact(card, reason=" ", by=None, now=NOW)
    with pytest.raises(Refused, match="is not live"):
        review_fact(make_draft(), reason="Why not.", by=None, now=NOW)


@pytest.mark.parametrize(
    ("as_at", "review_by", "why"),
    [
        ("2026-01-02", "2026-01-02", "must come after"),
        ("2020-06-29", "2027-01-01", "is before the current one"),
    ],
)
def test_a_card_is_kept_only_with_days_in_their_order(db, as_at, review_by, why):
    card = make_card()
    days = {"as_at": datetime.date.fromisoformat(as_at)}
    days["review_by"] = datetime.date.fromisoformat(review_by)

    with pytest.raises(Refused, match=why):
        confirm_fact(card, **days, by=None, now=NOW)

    card.refresh_from_db()
    assert card.as_at == datetime.date(2020, 6, 30)


def test_a_superseded_card_leads_to_the_last_of_those_that_follow_it(member):
    first, second, third = (make_card(slug) for slug in ("first", "second", "third"))

    first = supersede_fact(first, by_card=second, by=member, now=NOW, note="New count.")
    supersede_fact(second, by_card=third, by=member, now=NOW)

    first.refresh_from_db()
    assert (first.state, first.superseded_at) == ("superseded", NOW)
    assert first.successor(member) == third
    assert third.successor(member) is None
    assert versions(first)[-1] == (2, "superseded", "New count.")
    assert versions(second)[-1] == (2, "superseded", "")


def test_readers_are_not_led_to_a_card_that_is_not_for_them(member):
    from django.contrib.auth.models import AnonymousUser

    open_card = make_card("open", audience="anyone")
    card = supersede_fact(open_card, by_card=make_card("members"), by=None, now=NOW)

    assert card.successor(AnonymousUser()) is None
    assert card.successor(member).slug == "members"


def test_a_card_is_superseded_only_by_another_that_holds(db):
    card, gone = make_card(), withdraw_fact(make_card("gone"), reason="No.", by=None, now=NOW)
    for other, why in (
        (card, "replace itself"),
        (gone, "is withdrawn"),
        (make_draft(), "is draft"),
    ):
        with pytest.raises(Refused, match=why):
            supersede_fact(card, by_card=other, by=None, now=NOW)
    with pytest.raises(Refused, match="neither live nor under review"):
        supersede_fact(gone, by_card=card, by=None, now=NOW)


def test_withdrawing_a_card_keeps_the_reason_and_tells_search(member):
    card = make_card()
    ChangedEntry.objects.all().delete()

    withdraw_fact(card, reason=" The Act was repealed. ", by=member, now=NOW)

    card.refresh_from_db()
    assert (card.withdrawn_at, card.withdrawal_reason) == (NOW, "The Act was repealed.")
    assert logged(card)[-1] == ("facts.withdraw", member.pk)
    assert marked() == {str(card.pk)}


def test_a_card_is_withdrawn_once_for_a_reason_and_never_as_a_draft(db):
    card = make_card()

    with pytest.raises(Refused, match="Say why"):
        withdraw_fact(card, reason="  ", by=None, now=NOW)
    withdraw_fact(card, reason="Repealed.", by=None, now=NOW)
    with pytest.raises(Refused, match="already withdrawn"):
        withdraw_fact(card, reason="Again.", by=None, now=timezone.now())
    with pytest.raises(Refused, match="Delete it instead"):
        withdraw_fact(make_draft(), reason="No.", by=None, now=NOW)

    card.refresh_from_db()
    assert card.withdrawal_reason == "Repealed."


def test_a_card_whose_words_would_not_pass_today_can_still_be_withdrawn(db):
    card = make_card()
    FactCard.objects.update(source_url="no address", review_by=datetime.date(2019, 1, 1))

    assert withdraw_fact(card, reason="Wrong.", by=None, now=NOW).state == "withdrawn"
