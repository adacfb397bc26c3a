"""The shared cache, a table of the database, with what every page asks for kept in memory too."""

import time
from typing import Any, ClassVar

from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY

from membersnet.caches import ForgivingDatabaseCache

IN_MEMORY = frozenset({SITE_ROOT_PATHS_CACHE_KEY})  # Wagtail's: where each site's tree begins
SECONDS = 10  # another process sees a change of these within so long; this one, at once


class MemoryAndDatabaseCache(ForgivingDatabaseCache):
    """Answers for the keys `IN_MEMORY` from this process's memory; all else is as in its base."""

    remembered: ClassVar[dict[str, tuple[float, Any]]] = {}

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if key not in IN_MEMORY:
            return super().get(key, default, version)
        full = self.make_key(key, version)
        until, value = self.remembered.get(full, (0.0, None))
        if time.monotonic() >= until:
            value = super().get(key, None, version)
            if value is not None:
                self.remembered[full] = (time.monotonic() + SECONDS, value)
        return default if value is None else value

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        self._forget(key)
        super().set(key, value, *args, **kwargs)

    def delete(self, key: str, version: int | None = None) -> bool:
        self._forget(key)
        return super().delete(key, version)

    def clear(self) -> None:
        self.remembered.clear()
        super().clear()

    def _forget(self, key: str) -> None:
        if key in IN_MEMORY:
            self.remembered.clear()
