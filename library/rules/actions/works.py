"""What may change a work."""

import datetime

from django.db import transaction

from ground.audit import log_saved, values_of
from library.rules.actions.indexing import mark_provisions
from library.rules.models import Edition, Work
from party.models import Member


@transaction.atomic
def save_work(work: Work, *, by: Member | None, now: datetime.datetime) -> Work:
    """Save a new or changed work. Raises ValidationError."""
    work.full_clean()
    old = values_of(Work.objects.filter(pk=work.pk).first())
    work.save()
    log_saved(work, old, by=by, now=now)
    if old:
        mark_provisions(Edition.objects.published().filter(work=work))
    return work
