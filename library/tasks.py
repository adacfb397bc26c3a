"""What the library does later."""

from django.utils import timezone
from django_tasks import task

from library.actions import (
    flag_citing,
    perform_import,
    remind_owner,
    review_falls_due,
    take_up_lost_import,
    tell_followers,
    update_search,
)
from library.models import Edition, ProcedurePage


@task(queue_name="index")
def come_into_force(edition_id: int) -> None:
    """Have search follow, on the day when an edition comes into force and another ends."""
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition:
        update_search(edition)


@task()
def tell_of_edition(edition_id: int) -> None:
    """Tell followers, and the owners of what cites it, what a published edition changes."""
    edition = Edition.objects.published().select_related("work").filter(pk=edition_id).first()
    if edition:
        tell_followers(edition, now=timezone.now())
        flag_citing(edition.pk, now=timezone.now())


@task(queue_name="index")
def fall_due(card_id: int) -> None:
    """Tell search and its owner on the day when a fact card's review is overdue."""
    review_falls_due(card_id, now=timezone.now())


@task()
def remind_of_review(page_id: int) -> None:
    """Tell a procedure's owner that its review draws near, or that its day has come."""
    page = ProcedurePage.objects.filter(pk=page_id).first()
    if page:
        remind_owner(page, now=timezone.now())


@task()
def read_rules_file(import_id: int) -> None:
    """Read a file that a librarian gave into a draft edition."""
    perform_import(import_id)


@task()
def look_after_import(import_id: int) -> None:
    """Begin a reading again whose worker died."""
    take_up_lost_import(import_id, now=timezone.now())
