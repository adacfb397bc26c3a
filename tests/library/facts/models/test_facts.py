"""Fact cards with their dates, and the text they show."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from library.facts.actions.lifecycle import withdraw_fact
from library.facts.models import FactCard
from tests.factories.library import make_card


def test_a_card_is_live_until_its_review_by_date_has_passed(db):
    card = make_card(review_by=datetime.date(2021, 1, 31))

    assert card.status(datetime.date(2021, 1, 31)) == FactCard.Status.LIVE
    assert card.status(datetime.date(2021, 2, 1)) == FactCard.Status.DUE
    for on in (datetime.date(2021, 1, 31), datetime.date(2021, 2, 1)):
        assert (card in FactCard.objects.live(on)) == (card.status(on) == FactCard.Status.LIVE)
        assert (card in FactCard.objects.due_for_review(on)) == (
            card.status(on) == FactCard.Status.DUE
        )


def test_a_withdrawn_card_is_neither_live_nor_due(db):
    card = withdraw_fact(make_card(), reason="Repealed.", by=None, now=timezone.now())

    assert card.status(timezone.localdate()) == FactCard.Status.WITHDRAWN
    assert list(FactCard.objects.filter(state="withdrawn")) == [card]
    assert not FactCard.objects.live().exists()
    assert not FactCard.objects.due_for_review().exists()


def test_a_card_cannot_be_withdrawn_without_a_reason(db):
    card = make_card()
    card.withdrawn_at = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        card.save()


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ("It does **not** mean *that*.", "<p>It does <strong>not</strong> mean <em>that</em>.</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[law](https://x.example/)", '<p><a href="https://x.example/">law</a></p>'),
        ("# Not a heading", "<p># Not a heading</p>"),
    ],
)
def test_a_cards_detail_is_shown_with_its_emphasis_and_never_as_markup(detail, shown):
    assert FactCard(detail=detail).detail_html.strip() == shown


def test_a_cards_detail_is_searched_as_plain_text():
    card = FactCard(detail="It does **not** mean *R & D*.")

    assert card.detail_text == "It does not mean R & D."
