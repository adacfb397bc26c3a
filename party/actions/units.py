"""Which units there are: they begin, change and end, and others follow them."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Appointment, Region, Unit
from party.permissions import Person


@transaction.atomic
def create_unit(
    *,
    region: Region,
    code: str,
    name: str,
    slug: str,
    valid_from: datetime.date,
    predecessors: tuple[Unit, ...] = (),
    by: Person | None,
    now: datetime.datetime,
    **values: Any,
) -> Unit:
    """Record a new unit, and the units that it follows. Raises ValidationError."""
    unit = Unit(region=region, code=code, name=name, slug=slug, valid_from=valid_from, **values)
    _check_dates(unit)
    create_record(unit, by=by, now=now)
    unit.predecessors.set(predecessors)
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Person | None, now: datetime.datetime, **values: Any) -> Unit:
    """Change what is recorded of a unit, by field. Raises ValidationError.

    Where that ends it, the appointments at it have the same last day.
    """
    stored = locked(unit)
    if stored in values.get("predecessors", ()):
        raise ValidationError({"predecessors": _("A unit cannot follow itself.")})
    changed = change_record(stored, values, by=by, now=now)
    _check_dates(changed)
    _end_appointments(changed, by=by, now=now)
    return changed


def end_unit(unit: Unit, *, on: datetime.date, by: Person | None, now: datetime.datetime) -> Unit:
    """End a unit, and the appointments at it: that day is its last. Raises ValidationError."""
    if unit.valid_until is not None and unit.valid_until <= on:
        day = date_format(unit.valid_until)
        raise ValidationError(_("The last day of this unit is %(day)s already.") % {"day": day})
    return change_unit(unit, valid_until=on, by=by, now=now)


def remove_unit(unit: Unit, *, by: Person | None, now: datetime.datetime) -> None:
    """Remove a unit that never was. One that is no more is ended instead."""
    remove_record(unit, by=by, now=now)


def _check_dates(unit: Unit) -> None:
    if unit.pk and unit.valid_until:
        later = unit.appointments.filter(valid_from__gt=unit.valid_until)
        if first := later.select_related("member").first():
            sentence = _("%(member)s was appointed here from a later day. Correct that first.")
            raise ValidationError({"valid_until": sentence % {"member": first.member}})


def _end_appointments(unit: Unit, *, by: Person | None, now: datetime.datetime) -> None:
    if unit.valid_until is None:
        return
    beyond = Q(valid_until=None) | Q(valid_until__gt=unit.valid_until)
    for appointment in Appointment.objects.select_for_update().filter(beyond, unit=unit):
        change_record(appointment, {"valid_until": unit.valid_until}, by=by, now=now)
