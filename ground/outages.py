"""What a person reads where the disk is full, the database locked, read-only or away.

Reading goes on in the first three. What was to be written was not: the transaction is undone.
"""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import InterfaceError, InternalError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RETRY_AFTER = 60  # seconds
KEEP = _(
    "What you typed is still in your browser: go back to it, and send it again in a few minutes."
)


@dataclass(frozen=True)
class Outage:
    """A trouble of the machine's: its short name, the status, a heading, and what is the case."""

    name: str
    status: int
    heading: str | Promise
    sentence: str | Promise

    def told(self, *, writing: bool) -> str:
        """Return the sentences for a person who sent something, or who only reads."""
        if writing:
            return f"{self.sentence} {_('Nothing was changed.')} {KEEP}"
        return f"{self.sentence} {_('Try again in a few minutes.')}"


FULL = Outage(
    "full",
    507,
    _("There is no room left"),
    _("The hub’s disk is full, so nothing can be saved just now. Reading and searching go on."),
)
BUSY = Outage(
    "busy",
    503,
    _("The hub is busy"),
    _("Something else is being saved and takes long. Reading and searching go on."),
)
READ_ONLY = Outage(
    "read-only",
    503,
    _("Nothing can be saved just now"),
    _("The hub’s storage can only be read just now. Reading and searching go on."),
)
AWAY = Outage(
    "away",
    503,
    _("The hub cannot be reached just now"),
    _("The hub cannot reach its database."),
)
# Words in the messages of SQLite and PostgreSQL.
WORDS = {
    "is full": FULL,
    "no space left": FULL,
    "disk i/o error": FULL,  # SQLite's, where it cannot lengthen the index of its log
    "locked": BUSY,
    "lock timeout": BUSY,
    "readonly": READ_ONLY,
    "read-only": READ_ONLY,
}
ERRNOS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """Return which trouble of the machine's an error comes from; None for one of the hub's own."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in ERRNOS:
            return ERRNOS[cause.errno]
        if isinstance(cause, OperationalError | InterfaceError | InternalError):
            message = str(cause).lower()
            named = (outage for words, outage in WORDS.items() if words in message)
            return next(named, None if isinstance(cause, InternalError) else AWAY)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
