"""Which workers are there: for each queue the moment of its workers' last sign of life."""

import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

EVERY = 5.0  # seconds between two signs of life
SILENT_AFTER = datetime.timedelta(seconds=30)  # without a sign until a worker counts as gone

_KEY = "worker-seen-at:{queue}"


def show_life(queues: list[str], *, now: datetime.datetime | None = None) -> None:
    """Show all processes that share the cache a sign of life (UTC) for each queue."""
    now = now or timezone.now()
    cache.set_many({_KEY.format(queue=queue): now for queue in queues}, timeout=None)


def last_signs() -> dict[str, datetime.datetime | None]:
    """Return when each queue's workers last gave a sign of life, None where they never did."""
    queues = list(settings.QUEUES)
    seen = cache.get_many([_KEY.format(queue=queue) for queue in queues])
    return {queue: seen.get(_KEY.format(queue=queue)) for queue in queues}


def silent_queues(now: datetime.datetime) -> dict[str, datetime.datetime | None]:
    """Return the queues without a worker, each with the moment of the last sign of life.

    A sign from later than `now` was given before the clock was set back, and counts as little.
    """
    signs = last_signs().items()
    return {queue: seen for queue, seen in signs if not seen or abs(now - seen) > SILENT_AFTER}
