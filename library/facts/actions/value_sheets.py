"""A series' values in a sheet: its columns, and what is wrong with a row of it."""

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ground.sheets.columns import Record, column_of, labelled, read_texts
from library.facts.charts import written
from library.facts.models import Series, SeriesValue

VALUE_COLUMNS = (
    column_of(
        SeriesValue,
        "period",
        "2024",
        aliases=("year",),
        help_text=gettext_lazy("Such as 2024, or April to June 2025."),
    ),
    column_of(
        SeriesValue,
        "starts_on",
        "2024-01-01",
        required=False,
        help_text=gettext_lazy("The period’s first day. You can leave it empty for a year."),
    ),
    column_of(
        SeriesValue,
        "place",
        "Wales",
        help_text=gettext_lazy("The region, nation or constituency. Empty means the whole."),
    ),
    column_of(
        SeriesValue,
        "place_code",
        "W92000004",
        aliases=("code", "ons code"),
        help_text=gettext_lazy("Its code, by which constituencies are found in their regions."),
    ),
    column_of(SeriesValue, "value", "32", help_text=gettext_lazy("A number, such as 1,234.5.")),
)
BEGINS = str(VALUE_COLUMNS[1].label)
_YEAR = re.compile(r"[1-9]\d{3}")


def judge_values(records: Sequence[Record], series: Series) -> list[str]:
    """Note every problem of some rows in them; return a remark for each, or "".

    A value that is stored already is replaced when the sheet is imported; its row's remark says so.
    """
    stored = list(series.values.values_list("starts_on", "place", "period", "value"))
    periods = {day: period for day, _place, period, _value in stored}
    rows: dict[tuple[datetime.date, str], int] = {}
    for record in records:
        day = _begin(record)
        if day is None:
            continue
        place, period = record.values.get("place", ""), record.values.get("period", "")
        first = rows.setdefault((day, place), record.number)
        if first != record.number:
            record.problems.append(
                _("Row %(number)d has a value for the same place and period.") % {"number": first}
            )
        if period and periods.setdefault(day, period) != period:
            names = {"day": formats.date_format(day), "other": periods[day], "period": period}
            record.problems.append(
                _("“%(other)s” begins on %(day)s, so “%(period)s” cannot begin then.") % names
            )
    values: dict[tuple[datetime.date | None, str], Decimal] = {
        (day, place): value for day, place, _period, value in stored
    }
    return [_remark(record, values) for record in records]


def value_of(texts: dict[str, str], series: Series) -> SeriesValue:
    """Return the value, not saved, that the cells of a row describe."""
    values, _problems = read_texts(texts, VALUE_COLUMNS)
    return SeriesValue(series=series, **values)


def _begin(record: Record) -> datetime.date | None:
    """Return a period's first day, which a year has by itself."""
    values, period = record.values, record.values.get("period", "")
    if "starts_on" in values and not values["starts_on"] and period:
        if _YEAR.fullmatch(period):
            values["starts_on"] = datetime.date(int(period), 1, 1)
            record.texts["starts_on"] = values["starts_on"].isoformat()
        else:
            reason = _("the cell is empty, and “%(period)s” is not a year.") % {"period": period}
            record.problems += labelled(BEGINS, [reason])
    return values.get("starts_on")


def _remark(record: Record, stored: Mapping[tuple[datetime.date | None, str], Decimal]) -> str:
    old = stored.get((record.values.get("starts_on"), record.values.get("place", "")))
    if record.problems or old is None or old == record.values["value"]:
        return ""
    return _("Replaces %(old)s.") % {"old": written(old)}
