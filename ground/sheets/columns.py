"""The columns that a sheet may have: how they are known, how a cell is read, what is wrong with it.

A column is a form field with a name: the field has its label, its help, whether it is required and
how its text is read. A heading is known by name, label or alias, in any case and with any spacing.
Nothing is left out without a sentence that says so.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ground.sheets.spreadsheets import ERRORS, NotASheet, Row, day_of, read_rows

LONGEST_QUOTED = 40  # characters of a cell in a sentence about it
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")


class DayField(forms.DateField):
    """A day, written as people here write it."""

    def to_python(self, value: Any) -> Any:
        text = str(value or "")
        try:
            return day_of(text) if text else None
        except ValueError:
            raise ValidationError(
                _("“%(text)s” is not a date. Write it as 2026-06-30 or 30/06/2026.")
                % {"text": text[:LONGEST_QUOTED]}
            ) from None


class NumberField(forms.DecimalField):
    """A number; commas or spaces may stand between its thousands."""

    default_error_messages = {"invalid": gettext_lazy("it is not a number.")}

    def to_python(self, value: Any) -> Any:
        text = _SPACES.sub("", str(value or "")).replace("\u2212", "-")
        return super().to_python(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)


class WordField(forms.TypedChoiceField):
    """One of some words, by its value or its label."""

    def to_python(self, value: Any) -> str:
        listed: Any = self.choices
        choices = [(key, label) for key, label in listed if key]
        meant = {plain(str(word)): key for key, label in choices for word in (key, label)}
        if not value or plain(value) in meant:
            return str(meant.get(plain(value), ""))
        words = ", ".join(f"“{key}”" for key, _label in choices)
        raise ValidationError(
            _("“%(text)s” is not one of %(words)s.")
            % {"text": value[:LONGEST_QUOTED], "words": words}
        )


class Column(NamedTuple):
    """A column: the name of its values, the field that reads them, an example of a cell."""

    name: str
    field: forms.Field
    example: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return str(self.field.label)

    def known_as(self) -> set[str]:
        """Return what the column may be called, as `plain` gives it."""
        return {plain(each) for each in (self.name, self.label, *self.aliases)}

    def read(self, text: str) -> Any:
        """Return what a cell means. Raises ValidationError with a sentence for each problem."""
        if text.upper() in ERRORS:
            raise ValidationError(_("the formula gives %(text)s.") % {"text": text})
        if not text and self.field.required:
            raise ValidationError(_("the cell is empty."))
        return self.field.clean(text)


def column_of(
    model: type[models.Model],
    name: str,
    example: str = "",
    *,
    aliases: tuple[str, ...] = (),
    **changes: Any,
) -> Column:
    """Return the column of a model's field, with its label, help and limits; or with `changes`."""
    field: Any = model._meta.get_field(name)
    if field.choices:
        changes["choices_form_class"] = WordField
    elif isinstance(field, models.DateField):
        changes["form_class"] = DayField
    elif isinstance(field, models.DecimalField):
        changes["form_class"] = NumberField
    return Column(name, field.formfield(**changes), example, aliases)


@dataclasses.dataclass
class Record:
    """A row: what its cells say and mean by column, and a sentence for each problem.

    A cell with a problem says something and means nothing.
    """

    number: int
    texts: dict[str, str]
    values: dict[str, Any]
    problems: list[str]


class Table(NamedTuple):
    """A sheet as it was read; `problems` are those of its headings, and columns left out."""

    problems: list[str]
    records: list[Record]


def plain(text: str) -> str:
    """Return a word without case, spacing and marks, to compare it."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def read_table(data: bytes, columns: Sequence[Column], *, most: int) -> Table:
    """Return a file's rows by column.

    Raises NotASheet, also where no column is known, and for no rows or more than `most`.
    """
    heading, *rows = read_rows(data, most=most + 1)  # the headings are a row too
    places, problems = _headings(heading, columns)
    if not any(places):
        raise NotASheet(
            _("No column was recognised in the first row. Begin with the blank sheet’s headings.")
        )
    if not rows:
        raise NotASheet(_("The sheet has headings and no rows below them."))
    return Table(problems, [_record(row, heading, places, columns) for row in rows])


def read_texts(
    texts: Mapping[str, str], columns: Iterable[Column]
) -> tuple[dict[str, Any], list[str]]:
    """Return what the cells of a row mean by column, and a sentence for each problem."""
    values, problems = {}, []
    for column in columns:
        try:
            values[column.name] = column.read(texts.get(column.name, ""))
        except ValidationError as error:
            problems += labelled(column.label, error.messages)
    return values, problems


def labelled(label: str, messages: Iterable[str]) -> list[str]:
    """Return sentences that begin with the column they are about."""
    return [f"{label}: {message[0].lower()}{message[1:]}" for message in messages]


def _headings(row: Row, columns: Sequence[Column]) -> tuple[list[Column | None], list[str]]:
    """Return the column at each place, and a sentence for what is unknown, double or missing."""
    places: list[Column | None] = []
    problems = []
    for text in row.cells:
        known = (each for each in columns if plain(text) in each.known_as())
        column = next(known, None) if plain(text) else None
        if column and column in places:
            problems.append(
                _("The column “%(name)s” is there twice: only the first is read.") % {"name": text}
            )
            column = None
        elif text and not column:
            problems.append(
                _("The column “%(name)s” is not known, so it is not read.") % {"name": text}
            )
        places.append(column)
    missing = [each for each in columns if each.field.required and each not in places]
    problems += [_("The column “%(name)s” is missing.") % {"name": each.label} for each in missing]
    return places, problems


def _record(
    row: Row, heading: Row, places: Sequence[Column | None], columns: Sequence[Column]
) -> Record:
    cells = list(zip_longest(heading.cells, places, row.cells, fillvalue=None))
    texts = {column.name: text or "" for _heading, column, text in cells if column}
    values, problems = read_texts(texts, columns)
    problems += [
        _("Column %(letter)s has no heading, so “%(text)s” cannot be read.")
        % {"letter": _letter_of(place), "text": text[:LONGEST_QUOTED]}
        for place, (said, _column, text) in enumerate(cells, start=1)
        if text and not said
    ]
    return Record(row.number, texts, values, problems)


def _letter_of(place: int) -> str:
    """Return what a spreadsheet calls its column at a place, counted from 1."""
    from openpyxl.utils import get_column_letter  # see spreadsheets: it loads numpy

    return get_column_letter(place)
