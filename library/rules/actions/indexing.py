"""What search is told when rules change."""

import datetime

from django.db import models, transaction

from ground.dates import DAY, days_begun
from library.rules.models import Edition, Provision
from search.actions.changes import mark_changed

PROVISIONS = "provision"  # the kind by which search knows provisions


def mark_provisions(editions: models.QuerySet[Edition]) -> None:
    keys = Provision.objects.filter(edition__in=editions).addressed()
    mark_changed(PROVISIONS, [str(pk) for pk in keys.values_list("pk", flat=True)])


@transaction.atomic
def update_search(edition: Edition) -> None:
    """Have search look again at the provisions of an edition and of the one it followed."""
    followed = models.Q(in_force_until=edition.in_force_from - DAY)
    mark_provisions(
        Edition.objects.published().filter(models.Q(pk=edition.pk) | followed, work=edition.work_id)
    )


def reindex_on_commencement(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Have search follow on the day when an edition comes into force and another ends."""
    after, until = days_begun(since, now)
    begun = Edition.objects.published().filter(in_force_from__gt=after, in_force_from__lte=until)
    for edition in begun:
        update_search(edition)
