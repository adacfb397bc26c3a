"""What follows when a fact card's review is overdue."""

import datetime

from library.facts.actions.reviews import remind_review_due
from party.models import Notice
from search.models import ChangedEntry
from tests.factories.library import make_card
from tests.library.facts.actions.test_facts import NOW, marked


def test_the_owner_is_told_once_when_a_review_falls_due(member):
    card = make_card(owner=member, review_by=datetime.date(2026, 11, 20))
    not_due = make_card("later", owner=member, review_by=datetime.date(2026, 11, 21))
    nobodys = make_card("nobodys", review_by=datetime.date(2026, 11, 20))
    ChangedEntry.objects.all().delete()

    for each in (card, card, not_due, nobodys):
        remind_review_due(each.pk, now=NOW)

    notice = Notice.objects.get()
    assert (notice.member, notice.subject, notice.url) == (
        member,
        "A fact card is due for review: About quorum",
        "/facts/quorum/",
    )
    assert "by 20 November 2026" in notice.message
    assert marked() == {str(each.pk) for each in (card, not_due, nobodys)}
