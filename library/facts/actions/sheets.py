"""Sheets of fact cards and of a series' values: read, previewed, then imported once."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.refusals import Refused
from ground.sheets.columns import read_table
from ground.sheets.spreadsheets import NotASheet
from library.facts.actions.card_sheets import CARD_COLUMNS, card_of, judge_cards
from library.facts.actions.facts import save_fact
from library.facts.actions.value_sheets import VALUE_COLUMNS, judge_values, value_of
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
    """Keep what a sheet of cards, or of a series' values, says, and every problem in it.

    Nothing is imported yet. Raises Refused where the file is no sheet, or has no rows.
    """
    columns, most = (VALUE_COLUMNS, MOST_VALUES) if series else (CARD_COLUMNS, MOST_CARDS)
    try:
        table = read_table(data, columns, most=most)
    except NotASheet as refusal:
        raise Refused(f"{refusal} " + _("Nothing was imported.")) from refusal
    records = table.records
    remarks = judge_values(records, series) if series else judge_cards(records)
    rows = [
        {"row": each.number, "values": each.texts, "problems": each.problems, "remark": remark}
        for each, remark in zip(records, remarks, strict=True)
    ]
    return FactSheet.objects.create(
        file_name=file_name[:255],
        problems=table.problems,
        rows=rows,
        series=series,
        by=by,
        made_at=now,
    )


@transaction.atomic
def import_sheet(sheet: FactSheet, *, by: Member, now: datetime.datetime) -> int:
    """Import the rows without problems, as drafts or values; return how many.

    Once: a sheet that was imported before changes nothing, and gives 0. A row whose address was
    taken since it was previewed is left out, and its problem is kept in the sheet.
    """
    locked = FactSheet.objects.select_for_update(of=("self",))
    sheet = locked.select_related("series").get(pk=sheet.pk)
    if sheet.imported_at:
        return 0
    if not sheet.sound():
        raise Refused(_("No row can be imported. Fix the errors and upload the file again."))
    if sheet.series:
        count = _import_values(sheet, sheet.series)
        data = {"file": sheet.file_name, "values": count}
        log(sheet.series, "facts.import_values", user=by, timestamp=now, data=data)
    else:
        count = sum(_import_card(row, by=by, now=now) for row in sheet.sound())
    sheet.imported_at = now
    sheet.save(update_fields=["rows", "imported_at"])
    return count


def _import_values(sheet: FactSheet, series: Series) -> int:
    values = [value_of(row["values"], series) for row in sheet.sound()]
    SeriesValue.objects.bulk_create(
        values,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["series", "starts_on", "place"],
        update_fields=["period", "place_code", "value"],
    )
    return len(values)


def _import_card(row: dict[str, Any], *, by: Member, now: datetime.datetime) -> bool:
    """Save a row as a draft that whoever uploaded it keeps, and say whether that could be done."""
    if FactCard.objects.filter(slug=row["values"]["slug"]).exists():
        row["problems"].append(_("Another card was given this address, so this one was left out."))
        return False
    card, topics = card_of(row["values"])
    card.owner = by
    try:
        with transaction.atomic():
            save_fact(card, topics=topics, by=by, now=now)
    except ValidationError as error:
        row["problems"] += error.messages
        return False
    return True
