"""What is done later about rules."""

from django.utils import timezone
from django_tasks import task

from library.rules.actions.citing_texts import flag_citing_texts
from library.rules.actions.followers import notify_followers
from library.rules.actions.import_worker import perform_import
from library.rules.models import Edition


@task()
def notify_of_edition(edition_id: int) -> None:
    """Tell followers, and the owners of what cites it, what a published edition changes."""
    edition = Edition.objects.published().select_related("work").filter(pk=edition_id).first()
    if edition:
        notify_followers(edition, now=timezone.now())
        flag_citing_texts(edition.pk, now=timezone.now())


@task()
def read_rules_file(import_id: int) -> None:
    """Read a file that a librarian gave into a draft edition."""
    perform_import(import_id)
