"""What is done later about facts."""

from django.utils import timezone
from django_tasks import task

from library.facts.actions import reviews


@task(queue_name="index")
def remind_review_due(card_id: int) -> None:
    """Tell search and its owner on the day when a fact card's review is overdue."""
    reviews.remind_review_due(card_id, now=timezone.now())
