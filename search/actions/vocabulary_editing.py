"""What may change the vocabulary and the pinned answers. Both count from the next question on."""

from typing import Any, TypeVar

from django.db import models, transaction
from wagtail.log_actions import log

from party.models import Member
from search.models import BestBet, VocabularyEntry

Taught = TypeVar("Taught", VocabularyEntry, BestBet)
KEPT_OUT = {"id", "stamp"}  # of the audit entry: they say nothing to a reader


@transaction.atomic
def save_taught(row: Taught, *, by: Member | None) -> Taught:
    """Save a new or changed entry or pinned answer. Raises ValidationError."""
    row.full_clean()
    old = _values(type(row)._default_manager.filter(pk=row.pk).first())
    row.save()
    new = _values(row)
    changes = {name: [old.get(name), new[name]] for name in new if old.get(name) != new[name]}
    log(
        row,
        "wagtail.edit" if old else "wagtail.create",
        user=by,
        content_changed=bool(changes),
        data={"changes": changes},
    )
    return row


@transaction.atomic
def delete_taught(row: Taught, *, by: Member | None) -> None:
    """Delete an entry, whose words then find only themselves, or a pinned answer."""
    changes = {name: [value, None] for name, value in _values(row).items()}
    log(row, "wagtail.delete", user=by, deleted=True, data={"changes": changes})
    row.delete()


def _values(row: models.Model | None) -> dict[str, Any]:
    """Return what is stored in a row, as the audit entry keeps it."""
    if row is None:
        return {}
    fields = (field for field in row._meta.local_fields if field.name not in KEPT_OUT)
    return {field.name: field.value_from_object(row) for field in fields}
