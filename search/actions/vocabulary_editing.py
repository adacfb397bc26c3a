"""What may change the vocabulary and the pinned answers. Both count from the next question on."""

from typing import Any

from django.db import models, transaction
from wagtail.log_actions import log

from party.models import Member
from search.models import BestBet, VocabularyEntry

KEPT_OUT = {"id", "stamp"}  # of the audit entry: they say nothing to a reader


@transaction.atomic
def save_entry(entry: VocabularyEntry, *, by: Member | None) -> VocabularyEntry:
    """Save a new or changed entry. Raises ValidationError."""
    _save(entry, VocabularyEntry.objects.filter(pk=entry.pk).first(), by=by)
    return entry


@transaction.atomic
def delete_entry(entry: VocabularyEntry, *, by: Member | None) -> None:
    """Delete an entry; from the next question on, its words find only themselves."""
    _delete(entry, by=by)


@transaction.atomic
def save_bet(bet: BestBet, *, by: Member | None) -> BestBet:
    """Save a new or changed pinned answer. Raises ValidationError."""
    _save(bet, BestBet.objects.filter(pk=bet.pk).first(), by=by)
    return bet


@transaction.atomic
def delete_bet(bet: BestBet, *, by: Member | None) -> None:
    """Delete a pinned answer."""
    _delete(bet, by=by)


def _save(row: models.Model, before: models.Model | None, *, by: Member | None) -> None:
    row.full_clean()
    row.save()
    old, new = _values(before), _values(row)
    changes = {name: [old.get(name), new[name]] for name in new if old.get(name) != new[name]}
    log(
        row,
        "wagtail.edit" if before else "wagtail.create",
        user=by,
        content_changed=bool(changes),
        data={"changes": changes},
    )


def _delete(row: models.Model, *, by: Member | None) -> None:
    changes = {name: [value, None] for name, value in _values(row).items()}
    log(row, "wagtail.delete", user=by, deleted=True, data={"changes": changes})
    row.delete()


def _values(row: models.Model | None) -> dict[str, Any]:
    """Return what is stored in a row, as the audit entry keeps it."""
    if row is None:
        return {}
    fields = (field for field in row._meta.local_fields if field.name not in KEPT_OUT)
    return {field.name: field.value_from_object(row) for field in fields}
