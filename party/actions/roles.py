"""Which roles there are."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Role
from party.permissions import Person

# The hub itself looks for these: who leads a region, whom to ask where a post is vacant.
FIXED = (Role.SOCIAL_MEDIA_OFFICER, Role.SECRETARY, Role.DIGITAL_LEAD)


def create_role(
    *,
    name: str,
    slug: str,
    level: str,
    tracked: bool = False,
    by: Person | None,
    now: datetime.datetime,
) -> Role:
    """Record a new role. Raises ValidationError."""
    role = Role(name=name, slug=slug, level=level, tracked=tracked)
    return create_record(role, by=by, now=now)


@transaction.atomic
def change_role(role: Role, *, by: Person | None, now: datetime.datetime, **values: Any) -> Role:
    """Change what is recorded of a role, by field. Raises ValidationError."""
    stored = locked(role)
    if stored.slug in FIXED and values.get("slug", stored.slug) != stored.slug:
        sentence = _("The hub knows this role by its address “%(slug)s”, so that stays.")
        raise ValidationError({"slug": sentence % {"slug": stored.slug}})
    if values.get("level", stored.level) != stored.level and stored.appointments.exists():
        sentence = _("People have been appointed to this role, so its level stays.")
        raise ValidationError({"level": sentence})
    return change_record(stored, values, by=by, now=now)


def remove_role(role: Role, *, by: Person | None, now: datetime.datetime) -> None:
    """Remove a role to which nobody was ever appointed. Raises ValidationError."""
    if role.slug in FIXED:
        raise ValidationError(_("The hub itself uses this role, so it was not removed."))
    remove_record(role, by=by, now=now)
