"""What every action of the library does: it refuses in a sentence, and leaves an audit entry."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.log_actions import log

from library.models import Edition, Provision
from party.models import Member
from search.actions.changes import mark_changed

PROVISIONS = "provision"  # the kinds by which search knows what is here
FACTS = "fact"
PROCEDURES = "procedure"


class Refused(Exception):
    """An action was not taken; the message says why and what to do, for the person who asked."""


def midnight(day: datetime.date) -> datetime.datetime:
    """Return when a day begins, where the hub is."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=timezone.get_default_timezone())


def mark_provisions(editions: models.QuerySet[Edition]) -> None:
    keys = Provision.objects.filter(edition__in=editions).addressed()
    mark_changed(PROVISIONS, [str(pk) for pk in keys.values_list("pk", flat=True)])


def values_of(instance: models.Model | None) -> dict[str, Any]:
    """Return what is stored about an instance, as text for the audit entry."""
    if instance is None:
        return {}
    return {
        field.name: str(field.value_from_object(instance)) for field in instance._meta.local_fields
    }


def log_saved(
    instance: models.Model,
    old: dict[str, Any],
    *,
    by: Member | None,
    now: datetime.datetime,
) -> None:
    new = values_of(instance)
    changes = {name: [old.get(name), new[name]] for name in new if old.get(name) != new[name]}
    action = "wagtail.edit" if old else "wagtail.create"
    log(
        instance,
        action,
        user=by,
        timestamp=now,
        content_changed=bool(changes),
        data={"changes": changes} if old else {},
    )
