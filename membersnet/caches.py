"""Django's cache in the database, which is no reason for a page to fail."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection


class ForgivingDatabaseCache(DatabaseCache):
    """Reads on where outdated entries cannot be deleted: on a full disk, or beside a long lock.

    Writing forgives by itself: Django's answers that nothing was set.
    """

    def _base_delete_many(self, keys: Any) -> bool:
        try:
            return super()._base_delete_many(keys)  # type: ignore[misc]  # the stubs leave it out
        except DatabaseError:
            if connection.in_atomic_block:  # PostgreSQL would refuse whatever follows
                raise
            return False
