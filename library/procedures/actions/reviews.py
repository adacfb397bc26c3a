"""What follows when the review of a procedure is near, or due."""

import datetime

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ground.dates import days_begun
from library.procedures.models import ProcedurePage
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion

SOON = datetime.timedelta(days=30)  # before its review-by date the owner is told for the first time


def remind_reviews_due(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Tell the owners of the procedures whose review has come near, or whose day has come."""
    after, until = days_begun(since, now)
    due = Q(review_by__gt=after, review_by__lte=until)
    soon = Q(review_by__gt=after + SOON, review_by__lte=until + SOON)
    for page in ProcedurePage.objects.live().filter(due | soon):
        remind_review_due(page, now=now)


def remind_review_due(page: ProcedurePage, *, now: datetime.datetime) -> int:
    """Tell the owner that a review draws near, or that its day has come; each once.

    Return how many people were told: none while there is time, or where it is not published.
    """
    today = timezone.localdate(now)
    owner = page.responsible or page.owner
    if not page.live or owner is None or today < page.review_by - SOON:
        return 0
    due = today >= page.review_by
    told = {"page": page.title, "date": formats.date_format(page.review_by)}
    subject = _("Review “%(page)s” today") if due else _("Review “%(page)s” by %(date)s")
    return notify(
        [owner],
        occasion=Occasion.PROCEDURE_REVIEW_DUE if due else Occasion.PROCEDURE_REVIEW_SOON,
        about=f"{page.pk}:{page.review_by.isoformat()}",
        subject=subject % told,
        message=_(
            "You own this text. Check it, correct what has changed and publish it with a new "
            "review-by date."
        ),
        url=page.get_edit_url(),
        now=now,
    )
