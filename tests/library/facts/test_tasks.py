"""What is done later about facts: a review that falls due is told on its day."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from library.facts.actions.facts import save_fact
from library.facts.tasks import remind_review_due
from search.models import ChangedEntry
from tests.factories.library import make_card


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_a_card_is_reminded_on_the_day_after_its_review_by_date():
    due = timezone.localdate() + datetime.timedelta(days=30)
    card = make_card(review_by=due)
    make_card("past", review_by=datetime.date(2021, 1, 1))

    asked = DBTaskResult.objects.get(task_path="library.facts.tasks.remind_review_due")
    assert timezone.localtime(asked.run_after) == datetime.datetime.combine(
        due + datetime.timedelta(days=1),
        datetime.time.min,
        tzinfo=timezone.get_default_timezone(),
    )
    assert asked.args_kwargs == {"args": [], "kwargs": {"card_id": card.pk}}

    save_fact(card, topics=None, by=None, now=timezone.now())
    assert (
        DBTaskResult.objects.filter(task_path="library.facts.tasks.remind_review_due").count() == 1
    )


def test_on_that_day_search_looks_again_at_the_card(db):
    card = make_card()
    ChangedEntry.objects.all().delete()

    remind_review_due.call(card_id=card.pk)

    assert [(entry.kind, entry.key) for entry in ChangedEntry.objects.all()] == [
        ("fact", str(card.pk))
    ]
