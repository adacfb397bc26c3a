"""What stands in the way of deleting something: rows that must not be lost with it."""

from collections import Counter
from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector
from django.utils.text import get_text_list
from django.utils.translation import gettext as _


def kept_by(rows: models.QuerySet) -> str:
    """Say what would be lost by deleting rows and is protected: “2 certificates and 1 attempt”.

    Nothing where they may be deleted. Nothing is changed.
    """
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=rows)
    try:
        collector.collect(rows)
    except (models.ProtectedError, models.RestrictedError) as error:
        return counted(blocking(error))
    return ""


def blocking(error: models.ProtectedError | models.RestrictedError) -> Iterable[models.Model]:
    """Return the rows because of which a deletion was refused."""
    if isinstance(error, models.ProtectedError):
        return error.protected_objects
    return error.restricted_objects


def counted(rows: Iterable[models.Model]) -> str:
    """Return rows counted by their kind, in words: “1 appointment and 2 certificates”."""
    counts = Counter(type(row)._meta for row in rows)
    named = [
        f"{number} {kind.verbose_name if number == 1 else kind.verbose_name_plural}"
        for kind, number in counts.items()
    ]
    return get_text_list(named, _("and"))
