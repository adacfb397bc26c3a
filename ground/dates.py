"""Days and moments."""

import datetime

from django.utils import timezone


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
