"""What the library does later."""

from django_tasks import task

from library.actions import update_search
from library.models import Edition


@task(queue_name="index")
def come_into_force(edition_id: int) -> None:
    """Have search follow, on the day when an edition comes into force and another ends."""
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition:
        update_search(edition)
