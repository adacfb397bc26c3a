"""Spreadsheets of fact cards and of a series' values: read, looked at, then imported once."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from ground.sheets.spreadsheets import NotASheet, read_rows
from library.facts.actions.facts import save_fact
from library.facts.actions.sheet_cards import card_from, card_rows, topics_from
from library.facts.actions.sheet_columns import CARD_COLUMNS, VALUE_COLUMNS, read_headings
from library.facts.actions.sheet_values import value_from, value_rows
from library.facts.models import FactCard, FactSheet, Series, SeriesValue
from party.models import Member

MOST_CARDS = 500  # in one sheet
MOST_VALUES = 20_000


@transaction.atomic
def read_sheet(
    data: bytes,
    *,
    file_name: str,
    by: Member,
    now: datetime.datetime,
    series: Series | None = None,
) -> FactSheet:
    """Keep what a spreadsheet of cards, or of a series' values, says, and every problem in it.

    Nothing is imported yet. Raises Refused where the file is no spreadsheet, or has no rows.
    """
    try:
        heading, *rows = read_rows(data, most=(MOST_VALUES if series else MOST_CARDS) + 1)
    except NotASheet as refusal:
        raise Refused(f"{refusal} " + _("Nothing was imported.")) from refusal
    columns, problems = read_headings(heading, VALUE_COLUMNS if series else CARD_COLUMNS)
    if not any(columns):
        raise Refused(
            _(
                "No column was recognised in the first row, so nothing was imported. Begin with the"
                " headings of the blank sheet."
            )
        )
    if not rows:
        raise Refused(_("The sheet has headings and no rows below them. Nothing was imported."))
    found = value_rows(rows, columns, series) if series else card_rows(rows, columns)
    if problems:
        found.insert(0, {"row": heading.number, "values": {}, "problems": problems, "slug": ""})
    return FactSheet.objects.create(
        file_name=file_name[:255], rows=found, series=series, by=by, made_at=now
    )


@transaction.atomic
def import_sheet(sheet: FactSheet, *, by: Member, now: datetime.datetime) -> int:
    """Import the rows without problems, as drafts or values; return how many.

    Once: a sheet that was imported before changes nothing, and gives 0. A row whose address was
    taken since it was looked at is left out, and its problem is kept in the sheet.
    """
    locked = FactSheet.objects.select_for_update(of=("self",))
    sheet = locked.select_related("series").get(pk=sheet.pk)
    if sheet.imported_at:
        return 0
    if not sheet.sound():
        raise Refused(_("Every row has a problem, so nothing was imported. Mend the sheet first."))
    if sheet.series:
        count = _import_values(sheet, sheet.series)
        log(
            sheet.series,
            "rules.import",
            user=by,
            timestamp=now,
            data={"file": sheet.file_name, "values": count},
        )
    else:
        count = sum(_import_card(row, by=by, now=now) for row in sheet.sound())
    sheet.imported_at = now
    sheet.save(update_fields=["rows", "imported_at"])
    return count


def _import_values(sheet: FactSheet, series: Series) -> int:
    values = [value_from(row["values"], series) for row in sheet.sound()]
    SeriesValue.objects.bulk_create(
        values,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["series", "starts_on", "place"],
        update_fields=["period", "place_code", "value"],
    )
    return len(values)


def _import_card(row: dict[str, Any], *, by: Member, now: datetime.datetime) -> bool:
    """Save a row as a draft that its giver keeps, and say whether that could be done."""
    if FactCard.objects.filter(slug=row["slug"]).exists():
        row["problems"].append(_("A card was given this address in the meantime, and was kept."))
        return False
    card = card_from(row["values"])
    card.owner = by
    try:
        with transaction.atomic():
            save_fact(card, topics=topics_from(row["values"]), by=by, now=now)
    except ValidationError as error:
        row["problems"] += error.messages
        return False
    return True
