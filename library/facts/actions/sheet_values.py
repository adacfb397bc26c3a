"""From a spreadsheet's rows to the values of a series, with a sentence for each problem."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from ground.sheets.spreadsheets import Row
from library.facts.actions.sheet_columns import (
    VALUE_COLUMNS,
    YEAR,
    Column,
    read_cells,
    read_day,
    read_number,
)
from library.facts.models import Series, SeriesValue

LABELS = {column.name: column.label for column in VALUE_COLUMNS}


def value_rows(
    rows: Iterable[Row], columns: Sequence[Column | None], series: Series
) -> list[dict[str, Any]]:
    """Return the rows of a `FactSheet` that holds values of a series.

    A value that is stored already is replaced when the sheet is imported; its row's remark says so.
    """
    found = [_value_row(row, columns, series) for row in rows]
    _note_repeated(found)
    _note_periods(found, series)
    _note_stored(found, series)
    return found


def value_from(values: dict[str, str], series: Series) -> SeriesValue:
    """Return the value, not saved, that a sound row describes."""
    return SeriesValue(
        series=series,
        period=values["period"],
        starts_on=datetime.date.fromisoformat(values["starts_on"]),
        place=values["place"],
        place_code=values["place_code"],
        value=Decimal(values["value"]),
    )


def _value_row(row: Row, columns: Sequence[Column | None], series: Series) -> dict[str, Any]:
    cells, problems = read_cells(row, columns)
    values = {name: cells.get(name, "") for name in ("period", "place", "place_code")}
    if not values["period"]:
        problems.append(_("%(column)s: the cell is empty.") % {"column": LABELS["period"]})
    told = len(problems)
    starts = read_day(cells.get("starts_on", ""), LABELS["starts_on"], problems)
    if not starts and YEAR.fullmatch(values["period"]) and len(problems) == told:
        starts = datetime.date(max(1, int(values["period"])), 1, 1)
    if not starts and values["period"] and len(problems) == told:
        problems.append(
            _("%(column)s: the cell is empty, and “%(period)s” is not a year.")
            % {"column": LABELS["starts_on"], "period": values["period"][:40]}
        )
    number = read_number(cells.get("value", ""), LABELS["value"], problems)
    values |= {"starts_on": starts.isoformat() if starts else ""}
    values |= {"value": str(number) if number is not None else cells.get("value", "")}
    if starts and number is not None:
        problems += _faults(values, series)
    return {"row": row.number, "values": values, "problems": problems, "slug": series.slug}


def _faults(values: dict[str, str], series: Series) -> list[str]:
    try:
        value_from(values, series).clean_fields(exclude={"series"})
    except ValidationError as error:
        return [
            f"{LABELS[name]}: {message[0].lower()}{message[1:]}"
            for name, messages in error.message_dict.items()
            for message in messages
            if values[name]
        ]
    return []


def _note_repeated(rows: list[dict[str, Any]]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        at = (row["values"]["starts_on"], row["values"]["place"])
        if at[0] and at in first:
            row["problems"].append(
                _("Row %(number)d has a value for the same place and period.")
                % {"number": first[at]}
            )
        first.setdefault(at, row["row"])


def _note_periods(rows: list[dict[str, Any]], series: Series) -> None:
    """Say where one day begins two periods, which could not be told apart in a chart."""
    stored = series.values.values_list("starts_on", "period").distinct()
    names = {day.isoformat(): period for day, period in stored}
    for row in rows:
        day, period = row["values"]["starts_on"], row["values"]["period"]
        if day and names.setdefault(day, period) != period:
            row["problems"].append(
                _("%(day)s begins “%(other)s” already, so it cannot begin “%(period)s” too.")
                % {
                    "day": formats.date_format(datetime.date.fromisoformat(day)),
                    "other": names[day],
                    "period": period,
                }
            )


def _note_stored(rows: list[dict[str, Any]], series: Series) -> None:
    stored = {
        (day.isoformat(), place): value
        for day, place, value in series.values.values_list("starts_on", "place", "value")
    }
    for row in rows:
        old = stored.get((row["values"]["starts_on"], row["values"]["place"]))
        if old is not None and not row["problems"] and old != Decimal(row["values"]["value"]):
            row["remark"] = _("Replaces %(old)s.") % {"old": f"{old.normalize():,f}"}
