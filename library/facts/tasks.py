"""What is done later about facts."""

from django.utils import timezone
from django_tasks import task

from library.facts.actions.facts import review_falls_due


@task(queue_name="index")
def fall_due(card_id: int) -> None:
    """Tell search and its owner on the day when a fact card's review is overdue."""
    review_falls_due(card_id, now=timezone.now())
