"""The owner is told before the review of a procedure and on its day."""

import datetime

from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from library.procedures import tasks
from library.procedures.actions import reviews
from party.models import Notice
from tests.factories.library import make_procedure
from tests.factories.party import MemberFactory


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


def test_publishing_puts_both_reminders_into_the_queue(db, django_capture_on_commit_callbacks):
    due = timezone.localdate() + datetime.timedelta(days=40)
    with django_capture_on_commit_callbacks(execute=True):
        page = make_procedure(review_by=due, responsible=MemberFactory())

    waiting = DBTaskResult.objects.filter(task_path="library.procedures.tasks.remind_review_due")
    days = [timezone.localdate(task.run_after) for task in waiting.order_by("run_after")]
    assert days == [due - datetime.timedelta(days=30), due]
    tasks.remind_review_due.call(page_id=page.pk)
    tasks.remind_review_due.call(page_id=0)
    assert not Notice.objects.exists()
