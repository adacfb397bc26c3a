"""Who is put in which post, and when they leave it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Appointment, Member, Region, Role, Unit
from party.permissions import Person


@transaction.atomic
def appoint(
    *,
    member: Member,
    role: Role,
    unit: Unit | None = None,
    region: Region | None = None,
    basis: str,
    valid_from: datetime.date,
    valid_until: datetime.date | None = None,
    by: Person | None,
    now: datetime.datetime,
) -> Appointment:
    """Put a member in a role at a unit, at a region, or nationally.

    `valid_until` is the last day on which they hold it: who takes over begins on the next.
    Raises ValidationError.
    """
    appointment = Appointment(
        member=member,
        role=role,
        unit=unit,
        region=region,
        basis=basis,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    if not member.is_active:
        raise ValidationError({"member": _("This account is closed, so it can hold no post.")})
    _check(appointment)
    return create_record(appointment, by=by, now=now)


@transaction.atomic
def change_appointment(
    appointment: Appointment, *, by: Person | None, now: datetime.datetime, **values: Any
) -> Appointment:
    """Correct what is recorded of an appointment, by field. Raises ValidationError."""
    stored = locked(appointment)
    _check(_with(stored, values))
    return change_record(stored, values, by=by, now=now)


def end_appointment(
    appointment: Appointment, *, on: datetime.date, by: Person | None, now: datetime.datetime
) -> Appointment:
    """End an appointment: that day is the last on which they hold it. Raises ValidationError."""
    if appointment.valid_until is not None and appointment.valid_until <= on:
        day = date_format(appointment.valid_until)
        sentence = _("The last day of this appointment is %(day)s already.")
        raise ValidationError(sentence % {"day": day})
    return change_appointment(appointment, valid_until=on, by=by, now=now)


def remove_appointment(
    appointment: Appointment, *, by: Person | None, now: datetime.datetime
) -> None:
    """Remove an appointment that never was. One that is over is ended instead."""
    remove_record(appointment, by=by, now=now)


def _with(stored: Appointment, values: dict[str, Any]) -> Appointment:
    """Return an appointment as it would be, for the checks."""
    kept = {field.name: getattr(stored, field.name) for field in stored._meta.local_fields}
    return Appointment(**{**kept, **values})


def _check(appointment: Appointment) -> None:
    """Raise ValidationError where nobody can hold that post, or not then."""
    _check_place(appointment)
    unit, since = appointment.unit, appointment.valid_from
    if unit and since and not Unit.objects.active(since).filter(pk=unit.pk).exists():
        raise ValidationError({"valid_from": _("The unit does not exist on that day.")})
    _check_overlap(appointment)


def _check_place(appointment: Appointment) -> None:
    level = appointment.role.level
    if level == Role.Level.UNIT and appointment.unit is None:
        raise ValidationError({"unit": _("This role is held at a unit. Choose the unit.")})
    if level == Role.Level.REGION and appointment.region is None:
        sentence = _("This role is held at a region or nation. Choose which.")
        raise ValidationError({"region": sentence})
    if level == Role.Level.NATIONAL and (appointment.unit or appointment.region):
        sentence = _("This role is a national one. Leave unit and region empty.")
        raise ValidationError({"unit" if appointment.unit else "region": sentence})


def _check_overlap(appointment: Appointment) -> None:
    """Raise ValidationError where the same person holds the same post in that time already."""
    same = Appointment.objects.filter(
        member=appointment.member,
        role=appointment.role,
        unit=appointment.unit,
        region=appointment.region,
    ).exclude(pk=appointment.pk)
    same = same.filter(Q(valid_until=None) | Q(valid_until__gte=appointment.valid_from))
    if appointment.valid_until:
        same = same.filter(valid_from__lte=appointment.valid_until)
    if other := same.first():
        day = date_format(other.valid_from)
        sentence = _("They have held this post since %(day)s. End or change that appointment.")
        raise ValidationError({"member": sentence % {"day": day}})
