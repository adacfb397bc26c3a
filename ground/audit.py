"""What an audit entry says of a change: old and new values."""

import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from wagtail.log_actions import log


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
    by: AbstractBaseUser | None,
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
