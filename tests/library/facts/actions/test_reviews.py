"""What follows when a fact card's review is overdue."""

import datetime

from library.facts.actions.reviews import remind_reviews_due
from party.models import Notice
from search.models import ChangedEntry
from tests.factories.library import make_card
from tests.library.facts.actions.test_facts import NOW, marked

DAY = datetime.timedelta(days=1)


def test_the_owner_is_told_once_when_a_review_falls_due(member):
    card = make_card(owner=member, review_by=datetime.date(2026, 11, 20))
    make_card("later", owner=member, review_by=datetime.date(2026, 11, 21))
    nobodys = make_card("nobodys", review_by=datetime.date(2026, 11, 20))
    ChangedEntry.objects.all().delete()

    for _twice in range(2):
        remind_reviews_due(since=NOW - 30 * DAY, now=NOW)

    notice = Notice.objects.get()
    assert (notice.member, notice.subject, notice.url) == (
        member,
        "A fact card is due for review: About quorum",
        "/facts/quorum/",
    )
    assert "by 20 November 2026" in notice.message
    assert marked() == {str(each.pk) for each in (card, nobodys)}


def test_a_review_falls_due_on_the_day_after_its_date_and_is_not_looked_at_every_hour(member):
    make_card(owner=member, review_by=datetime.date(2026, 11, 20))
    ChangedEntry.objects.all().delete()
    midnight = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
    hour = datetime.timedelta(hours=1)
    found = []
    for number in range(-2, 4):
        remind_reviews_due(since=midnight + (number - 1) * hour, now=midnight + number * hour)
        found.append((Notice.objects.count(), len(marked())))
        ChangedEntry.objects.all().delete()
    assert found == [(0, 0), (0, 0), (1, 1), (1, 1), (1, 0), (1, 0)]  # twice: some commit late
