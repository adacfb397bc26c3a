"""Makes, changes and removes one row of the register, each with its audit entry.

The verbs of the register (appointments, units, roles …) say what may be done and call these.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.audit import log_saved, values_of
from ground.deletion import blocking, counted
from party.permissions import Person

Record = TypeVar("Record", bound=models.Model)


@transaction.atomic
def create_record(record: Record, *, by: Person | None, now: datetime.datetime) -> Record:
    """Store a new record. Raises ValidationError, with a sentence a field, where it cannot be."""
    record.full_clean()
    record.save()
    log_saved(record, {}, by=by, now=now)
    return record


@transaction.atomic
def change_record(
    record: Record,
    values: Mapping[str, Any],
    *,
    by: Person | None,
    now: datetime.datetime,
    private: Collection[str] = (),
) -> Record:
    """Store new values of a record, by field. Raises ValidationError where they cannot be.

    `record` is as it is stored: `locked` returns it so. Nothing is written where nothing differs.
    Of `private` fields the entry says that they changed, and keeps neither value.
    """
    many = [field.name for field in record._meta.local_many_to_many]
    before = values_of(record, many=many)
    for name, value in values.items():
        if name not in many:
            setattr(record, name, value)
    record.clean_fields(exclude={field.name for field in record._meta.fields} - set(values))
    record.clean()
    record.validate_unique()
    record.validate_constraints()
    record.save()
    for name in set(many) & set(values):
        getattr(record, name).set(values[name])
    if values_of(record, many=many) != before:
        log_saved(record, before, by=by, now=now, many=many, private=private)
    return record


@transaction.atomic
def remove_record(
    record: models.Model,
    *,
    by: Person | None,
    now: datetime.datetime,
    private: Collection[str] = (),
    remedy: str = "",
) -> None:
    """Remove a record that was entered by mistake. Raises ValidationError while others need it.

    The refusal says what is in the way, and `remedy`, a sentence: what to do instead.
    """
    values = {name: text for name, text in values_of(record).items() if name not in private}
    log(record, "wagtail.delete", user=by, timestamp=now, deleted=True, data={"values": values})
    try:
        record.delete()
    except (models.ProtectedError, models.RestrictedError) as error:
        refusal = _("“%(record)s” is still in use, so it was not removed: %(uses)s.") % {
            "record": record,
            "uses": counted(blocking(error)),
        }
        raise ValidationError(" ".join(filter(None, [refusal, remedy]))) from None


def locked(record: Record) -> Record:
    """Return a record as it is stored now, kept from other changes until the transaction ends."""
    stored: Record = record._meta.model._default_manager.select_for_update().get(pk=record.pk)  # type: ignore[assignment]  # of the same model
    return stored
