"""What a page notes beside its answer, such as that it was opened: never a reason to fail."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DatabaseError, connection, transaction

logger = logging.getLogger(__name__)
Value = TypeVar("Value")

WAIT_MILLISECONDS = 100  # for a database that somebody else is writing; then it is not noted


def note_if_possible(what: str, note: Callable[[], Value]) -> Value | None:
    """Write in a transaction of its own and return what `note` does.

    Where that cannot be, log `what` and return None.
    """
    try:
        with short_wait(), transaction.atomic():
            return note()
    except DatabaseError as error:
        logger.warning("%s was not noted: %s", what, error)
        return None


@contextmanager
def short_wait() -> Iterator[None]:
    """Wait only briefly for SQLite's one writer: a page does not stand still for a note."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    patient = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {patient}")
