"""Which regions and nations there are."""

import datetime
from typing import Any

from django.db import transaction

from party.actions.records import change_record, create_record, locked, remove_record
from party.models import Region
from party.permissions import Person


def create_region(
    *, name: str, slug: str, nation: str, by: Person | None, now: datetime.datetime
) -> Region:
    """Record a new region or nation. Raises ValidationError."""
    return create_record(Region(name=name, slug=slug, nation=nation), by=by, now=now)


@transaction.atomic
def change_region(
    region: Region, *, by: Person | None, now: datetime.datetime, **values: Any
) -> Region:
    """Change what is recorded of a region, by field. Raises ValidationError."""
    return change_record(locked(region), values, by=by, now=now)


def remove_region(region: Region, *, by: Person | None, now: datetime.datetime) -> None:
    """Remove a region that has no unit and no post. Raises ValidationError."""
    remove_record(region, by=by, now=now)
