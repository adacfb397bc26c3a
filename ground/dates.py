"""Days and moments."""

import datetime

from django.utils import timezone


def midnight(day: datetime.date) -> datetime.datetime:
    """Return when a day begins, where the hub is."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=timezone.get_default_timezone())
