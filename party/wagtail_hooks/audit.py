"""What an edit changed, as a sentence in the admin's log: “Until: empty → 1 December 2026”."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

MOST_LETTERS = 80  # of one value


class EditFormatter(LogFormatter):
    """Reads `changes` from an entry's data: old and new value by field, as text."""

    label = gettext_lazy("Edit")
    message = gettext_lazy("Edited")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        changes = log_entry.data.get("changes")
        model = log_entry.content_type.model_class()
        if not changes or model is None:
            return str(self.message)
        return "; ".join(
            _in_words(model, name, changes[name]) for name in _in_order(model, changes)
        )


def _in_order(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Return names of fields as the model declares them: PostgreSQL keeps no order."""
    declared = [field.name for field in model._meta.get_fields()]
    return sorted(
        names, key=lambda name: declared.index(name) if name in declared else len(declared)
    )


def _in_words(model: type[models.Model], name: str, values: Sequence[Any]) -> str:
    """Return a field's change in words; without its values where none were stored."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:  # it was renamed or removed since
        return f"{name}: {_shortened(values)}"
    label = capfirst(str(getattr(field, "verbose_name", name)))
    if not values:
        return _("%(field)s changed") % {"field": label}
    return f"{label}: {_shortened([_shown(field, value) for value in values])}"


def _shortened(values: Sequence[Any]) -> str:
    return " → ".join(Truncator(value).chars(MOST_LETTERS) for value in values)


def _shown(field: Any, stored: Any) -> str:
    """Return a stored value as a person reads it."""
    if stored in (None, ""):
        return _("empty")
    if field.is_relation:
        return _related(field.related_model, str(stored).split(", "))
    if field.choices:
        return str(dict(field.flatchoices).get(stored, stored))
    try:
        value = field.to_python(stored)
    except ValidationError:
        return str(stored)
    if isinstance(field, models.DateTimeField):
        return date_format(value, "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _related(model: type[models.Model], keys: Sequence[str]) -> str:
    """Return the names of related rows; the numbers of those that are gone."""
    names = {str(row.pk): str(row) for row in model._default_manager.filter(pk__in=keys)}
    return ", ".join(names.get(key, _("number %(key)s") % {"key": key}) for key in keys)
