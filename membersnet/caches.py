"""Django's cache in the database, which is no reason for a page to fail."""

import base64
import datetime
import pickle
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection

ADD = (
    "INSERT INTO {table} (cache_key, value, expires) VALUES (%s, %s, %s) "
    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires "
    "WHERE {table}.expires < %s"
)


class ForgivingDatabaseCache(DatabaseCache):
    """Reads on where outdated entries cannot be deleted: on a full disk, or beside a long lock.

    Writing forgives by itself: Django's answers that nothing was set. Only `add` does not.
    """

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Set what is not there or is outdated; say whether it was set.

        Raises DatabaseError where nothing can be written. Django's answers False there as well,
        so that what asks for a lock (the limits of sign-in) takes it for held by somebody else,
        and a person reads that they tried too often.
        """
        full, until = self.make_and_validate_key(key, version), self.get_backend_timeout(timeout)
        now = datetime.datetime.now(datetime.UTC)
        expires = (
            datetime.datetime.max
            if until is None
            else datetime.datetime.fromtimestamp(until, datetime.UTC)
        )
        data = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode()
        expires_at, now_at = (
            connection.ops.adapt_datetimefield_value(each.replace(microsecond=0))
            for each in (expires, now)
        )
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]  # stubs
            cursor.execute(ADD.format(table=table), [full, data, expires_at, now_at])
            return cursor.rowcount == 1

    def _base_delete_many(self, keys: Any) -> bool:
        try:
            return super()._base_delete_many(keys)  # type: ignore[misc]  # the stubs leave it out
        except DatabaseError:
            if connection.in_atomic_block:  # PostgreSQL would refuse whatever follows
                raise
            return False
