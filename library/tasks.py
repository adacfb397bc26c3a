"""What the library does later."""

from django_tasks import task

from library.actions import FACTS, update_search
from library.models import Edition
from search.actions import mark_changed


@task(queue_name="index")
def come_into_force(edition_id: int) -> None:
    """Have search follow, on the day when an edition comes into force and another ends."""
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition:
        update_search(edition)


@task(queue_name="index")
def fall_due(card_id: int) -> None:
    """Have search look again at a fact card on the day when its review is overdue."""
    mark_changed(FACTS, [str(card_id)])
