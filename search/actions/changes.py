"""What the apps above tell search: that something they offer has changed."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from ground.jobs.requests import request
from search.models import ChangedEntry
from search.tasks import index_changes


def mark_changed(kind: str, keys: Iterable[str]) -> None:
    """Note that entries of a source changed, were added or removed; the worker will index them.

    Call it in the transaction of the change: both happen or neither does.
    """
    if isinstance(keys, str):
        raise TypeError("mark_changed takes a list of keys, not one key.")
    if ChangedEntry.objects.note(kind, keys, now=timezone.now()):
        transaction.on_commit(request_indexing, robust=True)


def request_indexing(*, after: float = 0.0) -> None:
    """Ask a worker to index what has changed in so many seconds, unless one is asked already."""
    request(index_changes, after=after)


def index_what_was_left(*, since: datetime.datetime | None, now: datetime.datetime) -> None:
    """Index what is left, should who noted it have been stopped before it asked for that."""
    if ChangedEntry.objects.waiting().exists():
        request_indexing()
