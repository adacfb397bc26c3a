"""What an audit entry says of a change: old and new values, which the admin's log says in words."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from wagtail.log_actions import log


def values_of(instance: models.Model | None, *, many: Iterable[str] = ()) -> dict[str, str]:
    """Return what is stored about an instance as text, by field: nothing is the empty text.

    Related rows go by their keys; `many` names fields that hold several, which costs a query each.
    """
    if instance is None:
        return {}
    values = {
        field.name: "" if (value := field.value_from_object(instance)) is None else str(value)
        for field in instance._meta.local_fields
        if not field.primary_key
    }
    for name in many:
        keys = sorted(getattr(instance, name).values_list("pk", flat=True))
        values[name] = ", ".join(str(key) for key in keys)
    return values


def changes_between(
    old: dict[str, str], new: dict[str, str], *, private: Collection[str] = ()
) -> dict[str, list[str]]:
    """Return old and new value of each field that differs; of `private` ones neither."""
    return {
        name: [] if name in private else [old.get(name, ""), new[name]]
        for name in new
        if old.get(name) != new[name]
    }


def log_saved(
    instance: models.Model,
    old: dict[str, str],
    *,
    by: AbstractBaseUser | AnonymousUser | None,
    now: datetime.datetime,
    many: Iterable[str] = (),
    private: Collection[str] = (),
) -> None:
    """Leave the entry of an instance that was made (nothing `old`) or changed."""
    changes = changes_between(old, values_of(instance, many=many), private=private)
    data: dict[str, Any] = {"changes": changes} if old else {}
    log(
        instance,
        "wagtail.edit" if old else "wagtail.create",
        user=by,
        timestamp=now,
        content_changed=bool(changes),
        data=data,
    )
