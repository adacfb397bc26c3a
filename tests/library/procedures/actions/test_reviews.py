"""The owner is told before the review of a procedure and on its day."""

import datetime

from django.core import mail

from library.procedures.actions import reviews
from party.models import Notice
from tests.factories.library import make_procedure
from tests.factories.party import MemberFactory

DAY = datetime.timedelta(days=1)


def on_day(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(9), tzinfo=datetime.UTC)


def test_the_owner_is_told_thirty_days_before_the_review_and_on_its_day_once_each(db):
    due = datetime.date(2027, 6, 30)
    owner = MemberFactory(email_notices=False)
    page = make_procedure(responsible=owner, review_by=due)
    told = {
        days: reviews.remind_review_due(page, now=on_day(due - datetime.timedelta(days=days)))
        for days in (31, 30, 29, 1, 0, -1)
    }

    assert told == {31: 0, 30: 1, 29: 0, 1: 0, 0: 1, -1: 0}
    assert list(Notice.objects.order_by("pk").values_list("member", "subject")) == [
        (owner.pk, "Review “The moderation procedure” by 30 June 2027"),
        (owner.pk, "Review “The moderation procedure” today"),
    ]
    assert mail.outbox == []


def test_nobody_is_told_of_what_is_withdrawn_or_was_reviewed_or_has_no_owner(db):
    due = datetime.date(2027, 6, 30)
    owner = MemberFactory()
    withdrawn = make_procedure("one", responsible=owner, review_by=due, publish=False)
    reviewed = make_procedure(
        "two", responsible=owner, review_by=due + datetime.timedelta(days=365)
    )
    orphan = make_procedure("three", review_by=due)

    assert [
        reviews.remind_review_due(page, now=on_day(due)) for page in (withdrawn, reviewed, orphan)
    ] == [0] * 3


def test_of_all_procedures_those_are_looked_at_whose_day_has_come(db):
    day, owner = datetime.date(2027, 6, 30), MemberFactory(email_notices=False)
    soon = make_procedure("soon", responsible=owner, review_by=day + reviews.SOON)
    due = make_procedure("due", responsible=owner, review_by=day)
    make_procedure("later", responsible=owner, review_by=day + reviews.SOON + DAY)
    make_procedure("told-before", responsible=owner, review_by=day + reviews.SOON - DAY)
    make_procedure("withdrawn", responsible=owner, review_by=day, publish=False)

    for _twice in range(2):
        reviews.remind_reviews_due(since=on_day(day - DAY), now=on_day(day))

    assert set(Notice.objects.values_list("url", flat=True)) == {
        page.get_edit_url() for page in (soon, due)
    }
    assert Notice.objects.count() == 2
    reviews.remind_reviews_due(since=None, now=on_day(day))  # as if none had been looked at ever
    assert Notice.objects.count() == 3
