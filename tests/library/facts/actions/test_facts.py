"""A fact card's life: draft, live, under review, superseded, withdrawn; what each step keeps."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import ModelLogEntry

from ground.refusals import Refused
from library.facts.actions.facts import delete_fact, save_fact
from library.facts.actions.lifecycle import (
    confirm_fact,
    publish_fact,
    review_fact,
    supersede_fact,
    withdraw_fact,
)
from library.facts.models import FactCard
from library.rules.models import CitingText
from search.models import ChangedEntry
from tests.factories.library import make_card
from tests.factories.party import MemberFactory

NOW = datetime.datetime(2026, 11, 21, 12, 0, tzinfo=datetime.UTC)
State = FactCard.State


def logged(card) -> list[tuple]:
    entries = ModelLogEntry.objects.for_instance(card).order_by("pk")
    return [(entry.action, entry.user_id) for entry in entries]


def marked() -> set[str]:
    return set(ChangedEntry.objects.filter(kind="fact").values_list("key", flat=True))


def make_draft(slug: str = "draft", **fields) -> FactCard:
    card = FactCard(slug=slug, title="A draft", statement="A claim.", kind="law", **fields)
    return save_fact(card, topics=None, by=None, now=NOW)


def versions(card) -> list[tuple]:
    return [(v.number, v.data["state"], v.note) for v in card.versions.order_by("number")]


# --- saving ----------------------------------------------------------------------------------
def test_a_new_card_is_a_draft_that_may_lack_everything_that_going_live_needs(member):
    card = make_draft()

    assert (card.state, card.missing()) == (
        "draft",
        ["publisher", "title of the source", "source’s address", "as at", "review by"],
    )
    assert versions(card) == []
    assert FactCard.objects.visible_to(member).count() == 0


def test_nobody_makes_a_card_live_by_saving_it(db):
    card = FactCard(slug="x", title="X", statement="A claim.", kind="law", state=State.LIVE)

    save_fact(card, topics=None, by=None, now=NOW)

    card.refresh_from_db()
    assert card.state == "draft"


def test_saving_a_card_stores_its_topics_tells_search_and_notes_who_did_it(member):
    card = make_card(topics=("Meetings", "Records"))
    ChangedEntry.objects.all().delete()
    card.statement = "Three members are a quorum."

    save_fact(card, topics=["records", "Companies"], note="Three.", by=member, now=NOW)

    assert sorted(topic.name for topic in card.topics.all()) == ["Companies", "Records"]
    assert logged(card) == [
        ("wagtail.create", None),
        ("facts.live", None),
        ("wagtail.edit", member.pk),
    ]
    entry = ModelLogEntry.objects.for_instance(card).get(action="wagtail.edit")
    assert entry.data["changes"] == {
        "statement": ["Two members are a quorum of a company.", "Three members are a quorum."]
    }
    assert marked() == {str(card.pk)}


def test_saving_a_card_without_naming_topics_leaves_them_as_they_are(db):
    card = make_card(topics=("Meetings",))

    save_fact(card, topics=None, by=None, now=NOW)

    assert [topic.name for topic in card.topics.all()] == ["Meetings"]


def test_a_change_of_a_live_card_is_a_version_with_a_note(member):
    card = make_card(topics=("Meetings",))
    card.figure = "2"

    save_fact(card, topics=["Companies"], note="The figure.", by=member, now=NOW)

    assert versions(card) == [(1, "live", "First published."), (2, "live", "The figure.")]
    second, first = card.versions.all()
    assert (second.made_by, second.made_at) == (member, NOW)
    assert [(change.label, change.pieces) for change in second.changes_since(first)] == [
        ("figure", [("new", "2")]),
        ("topics", [("gone", "Meetings"), ("new", "Companies")]),
    ]


def test_a_live_card_does_not_change_without_a_note(db):
    card = make_card()
    card.figure = "2"

    with pytest.raises(Refused, match="Say what changed"):
        save_fact(card, topics=None, note="  ", by=None, now=NOW)

    card.refresh_from_db()
    assert (card.figure, card.versions.count()) == ("", 1)


def test_giving_a_card_to_another_keeper_is_no_version(member):
    card = make_card()
    card.owner = member

    save_fact(card, topics=None, by=None, now=NOW)

    assert card.versions.count() == 1


def test_a_card_from_before_versions_were_kept_gets_its_old_words_as_the_first(db):
    card = make_card()
    card.versions.all().delete()
    card.statement = "Three members are a quorum of a company."

    save_fact(card, topics=None, note="Three.", by=None, now=NOW)

    second, first = card.versions.all()
    assert (first.number, first.data["statement"]) == (1, "Two members are a quorum of a company.")
    assert second.changes_since(first)[0].pieces == [
        ("gone", "Two "),
        ("new", "Three "),
        ("same", "members are a quorum of a company."),
    ]


@pytest.mark.parametrize("field", FactCard.NEEDED)
def test_a_live_card_cannot_be_saved_without_what_it_rests_on(db, field):
    card = make_card()
    setattr(card, field, None if field in ("as_at", "review_by") else "")

    with pytest.raises(ValidationError) as refused:
        save_fact(card, topics=None, note="Less.", by=None, now=NOW)

    assert refused.value.message_dict[field] == ["A card that has gone live needs this."]


def test_a_claim_has_two_hundred_characters_at_most(db):
    with pytest.raises(ValidationError, match="at most 200 characters"):
        make_card(statement="x" * 201)
    assert make_card(statement="x" * 200).state == "live"


def test_a_card_must_be_looked_at_again_after_the_day_it_was_true(db):
    with pytest.raises(ValidationError, match="must come after the as-at date"):
        make_card(as_at=datetime.date(2026, 1, 2), review_by=datetime.date(2026, 1, 2))


def test_what_has_gone_live_keeps_its_address(db):
    card = make_card()
    card.slug = "elsewhere"

    with pytest.raises(Refused, match="address of “About quorum” cannot change"):
        save_fact(card, topics=None, note="Moved.", by=None, now=NOW)

    assert FactCard.objects.get().slug == "quorum"


def test_a_withdrawn_card_does_not_change_any_more(db):
    card = withdraw_fact(make_card(), reason="Repealed.", by=None, now=NOW)
    card.title = "Other"

    with pytest.raises(Refused, match="cannot be edited: it is withdrawn"):
        save_fact(card, topics=None, note="Other.", by=None, now=NOW)


# --- going live ------------------------------------------------------------------------------


# --- looking again ---------------------------------------------------------------------------


# --- superseding and withdrawing -------------------------------------------------------------


def test_only_drafts_are_deleted(member):
    draft, live = make_draft(), make_card()

    key = str(draft.pk)
    delete_fact(draft, by=member, now=NOW)
    with pytest.raises(Refused, match="cannot be deleted"):
        delete_fact(live, by=member, now=NOW)

    assert list(FactCard.objects.all()) == [live]
    assert ModelLogEntry.objects.filter(object_id=key, action="wagtail.delete").exists()


def test_provisions_that_a_card_cites_are_known_for_as_long_as_it_holds(book):
    card = make_card(detail="As Chapter 4 Clause II.1 says.")
    assert [(c.kind, c.key, c.citation) for c in CitingText.objects.all()] == [
        ("fact", str(card.pk), "4.II.1")
    ]

    withdraw_fact(card, reason="Wrong.", by=None, now=NOW)

    assert not CitingText.objects.exists()
    make_draft(detail="As Chapter 4 Clause II.1 says.")
    assert not CitingText.objects.exists()


class AnyLife(TestCase):
    """Whatever is tried with three cards, in any order."""

    @settings(max_examples=8, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["publish", "review", "keep", "supersede", "withdraw", "delete"]),
                st.integers(0, 2),
                st.integers(0, 2),
            ),
            max_size=10,
        )
    )
    def test_a_chain_ends_and_what_went_live_never_disappears(self, steps):
        reader = MemberFactory()
        source = {"source_name": "A", "source_url": "https://a.example/", "citation": "B"}
        days = {"as_at": datetime.date(2020, 1, 1), "review_by": datetime.date(2030, 1, 1)}
        cards = [make_draft(f"card-{n}", **source, **days) for n in range(3)]
        ever_live = set()
        for step, this, other in steps:
            card, common = cards[this], {"by": None, "now": NOW}
            try:
                match step:
                    case "publish":
                        publish_fact(card, **common)
                        ever_live.add(card.slug)
                    case "review":
                        review_fact(card, reason="Why.", **common)
                    case "keep":
                        confirm_fact(card, **days, **common)
                    case "supersede":
                        supersede_fact(card, by_card=cards[other], **common)
                    case "withdraw":
                        withdraw_fact(card, reason="Why.", **common)
                    case "delete":
                        delete_fact(card, **common)
            except (Refused, FactCard.DoesNotExist, KeyError):
                continue

        readable = {card.slug: card for card in FactCard.objects.visible_to(reader)}
        assert set(readable) == ever_live
        for card in readable.values():
            successor = card.successor(reader)
            assert (successor is not None) == (card.superseded_by_id is not None)
            assert card.versions.first().data["state"] == card.state
