"""What waits to be indexed. The index itself is files, and can be made anew from the sources."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

MOST_ATTEMPTS = 5
LONGEST_REASON = 1000  # characters
BATCH = 200  # rows written together

# What a row said when it was read: its primary key and when its entry had changed.
Read = Mapping[int, datetime.datetime]


class ChangedEntryQuerySet(models.QuerySet["ChangedEntry"]):
    def oldest_first(self) -> "ChangedEntryQuerySet":
        return self.order_by("changed_at", "pk")

    def waiting(self) -> "ChangedEntryQuerySet":
        """Return the changes that will be indexed; of the others an editor must hear."""
        return self.filter(attempts__lt=MOST_ATTEMPTS)

    def untried(self) -> "ChangedEntryQuerySet":
        return self.filter(attempts=0)

    def failing(self) -> "ChangedEntryQuerySet":
        return self.filter(attempts__gt=0)

    def unchanged_since(self, read: Read) -> "ChangedEntryQuerySet":
        """Return those of the rows read that were not marked again since; holds them locked."""
        rows = self.select_for_update().filter(pk__in=read).values_list("pk", "changed_at")
        return self.filter(pk__in=[pk for pk, changed_at in rows if read[pk] == changed_at])

    def note(self, kind: str, keys: Iterable[str], *, now: datetime.datetime) -> int:
        """Write down that these entries changed, as never tried; return how many they are."""
        # In one order, so that two transactions that note the same entries wait, not deadlock.
        rows = [self.model(kind=kind, key=key, changed_at=now) for key in sorted(set(keys))]
        self.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["changed_at", "attempts", "reason"],
        )
        return len(rows)

    def forget(self, read: Read) -> None:
        """Delete the rows read, except those that were marked again since they were read."""
        with transaction.atomic():
            self.unchanged_since(read).delete()

    def blame(self, read: Read, reason: str) -> None:
        """Count a failed attempt at the rows read, unless they were marked again since."""
        with transaction.atomic():
            self.unchanged_since(read).update(
                attempts=F("attempts") + 1, reason=reason[:LONGEST_REASON]
            )


class ChangedEntry(models.Model):
    """An entry of a source that has changed, been added or been removed since it was indexed.

    Written in the transaction of the change and deleted only after the index has it, so that a
    crash between the two does the work again and loses nothing.
    """

    kind = models.CharField(_("kind"), max_length=50)
    key = models.CharField(_("key"), max_length=255)
    changed_at = models.DateTimeField(_("changed at"))
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    reason = models.TextField(_("reason of the last failure"), blank=True)

    objects = ChangedEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed entry")
        verbose_name_plural = _("changed entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_one_row_for_an_entry")
        ]
        indexes = [models.Index(fields=["changed_at"], name="search_changed_at")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def as_read(rows: Iterable[ChangedEntry]) -> Read:
    """Return what the rows say now, to compare with later."""
    return {row.pk: row.changed_at for row in rows}
