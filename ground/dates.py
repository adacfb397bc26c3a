"""Days and moments, and terms: from a first day to a last one, both included."""

import datetime

from django.db import models
from django.utils import timezone

DAY = datetime.timedelta(days=1)


def midnight(day: datetime.date) -> datetime.datetime:
    """Return when a day begins, where the hub is."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=timezone.get_default_timezone())


LATE = datetime.timedelta(minutes=2)  # a transaction may be committed so long after its moment


def days_begun(
    since: datetime.datetime | None, now: datetime.datetime
) -> tuple[datetime.date, datetime.date]:
    """Return the day after which, and the last on which a day began from `since` (None: ever) on.

    For a duty that looks for what fell due: the two are equal where no day began. `since` counts a
    little earlier, so that nothing is missed that was committed late.
    """
    first = timezone.localdate(since - LATE) if since else datetime.date.min
    return first, timezone.localdate(now)


def covers(on: datetime.date, *, first: str, last: str) -> models.Q:
    """Return the condition that a term covers a day, by the fields of its first and last day.

    The last day still counts, in every model. A term without one is open.
    """
    return models.Q(
        models.Q(**{last: None}) | models.Q(**{f"{last}__gte": on}), **{f"{first}__lte": on}
    )


def ends_no_earlier(*, first: str, last: str) -> models.Q:
    """Return the condition that a term is in order: of one day at least, or open."""
    return models.Q(**{last: None}) | models.Q(**{f"{last}__gte": models.F(first)})
