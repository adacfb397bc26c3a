"""An empty sheet to fill in."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ground.sheets.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blank_workbook(columns: Iterable[Column]) -> bytes:
    """Return an XLSX file: a sheet with its headings, and one that explains each by an example."""
    import openpyxl  # it loads numpy, which only whoever asks for a sheet should wait for
    from openpyxl.styles import Alignment, Font

    columns = list(columns)
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = _("Fill in this sheet")
    sheet.append([column.label for column in columns])
    guide: Any = book.create_sheet(_("What to enter"))
    guide.append([_("Column"), _("Required"), _("What to enter"), _("Example")])
    for column in columns:
        required = _("Yes") if column.field.required else _("No")
        guide.append([column.label, required, str(column.field.help_text), column.example])
    for each, width in ((sheet, 22), (guide, 34)):
        each.freeze_panes = "A2"
        for cell in each[1]:
            cell.font = Font(bold=True)
            each.column_dimensions[cell.column_letter].width = width
    for row in guide.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
