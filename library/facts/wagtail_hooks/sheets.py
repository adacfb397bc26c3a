"""Spreadsheets of fact cards, and of a series' values, in the admin: given, looked at, imported."""

import io
from typing import Any

import openpyxl
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openpyxl.styles import Alignment, Font
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button

from ground.refusals import Refused
from ground.sheets.spreadsheets import MOST_BYTES, csv_lines
from library.facts.actions.sheet_cards import card_from
from library.facts.actions.sheet_columns import CARD_COLUMNS, VALUE_COLUMNS, Column
from library.facts.actions.sheets import import_sheet, read_sheet
from library.facts.forms import SheetForm
from library.facts.models import FactSheet, Series
from library.facts.permissions import can_add_facts, can_change_series
from party.permissions import EDITORS, Person, open_to, signed_in

PER_PAGE = 200  # rows of a preview
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload_button(user: Person) -> list[Button]:
    """Return the way from the list of cards to the spreadsheets, for whoever may add cards."""
    if not can_add_facts(user):
        return []
    url = reverse("factsheet:upload")
    return [Button(_("Import a spreadsheet"), url=url, icon_name="upload", priority=40)]


def _check(user: Person, series: Series | None) -> None:
    if not (can_change_series(user) if series else can_add_facts(user)):
        raise PermissionDenied


@open_to(EDITORS)
def upload(request: HttpRequest, series: int | None = None) -> HttpResponse:
    """Take a spreadsheet, and go to the preview of what it says."""
    of = get_object_or_404(Series, pk=series) if series else None
    _check(request.user, of)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        by = signed_in(request)
        data = file.read(MOST_BYTES + 1)
        try:
            sheet = read_sheet(data, file_name=file.name, series=of, by=by, now=timezone.now())
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("factsheet:preview", sheet.pk)
    context = {
        "form": form,
        "series": of,
        "columns": VALUE_COLUMNS if of else CARD_COLUMNS,
        "sheets": FactSheet.objects.visible_to(request.user).filter(series=of).defer("rows")[:10],
    }
    return render(request, "facts/admin/sheet_upload.html", context)


@open_to(EDITORS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every row with every problem; then import those that have none."""
    found = FactSheet.objects.visible_to(request.user).select_related("series")
    sheet = get_object_or_404(found, pk=pk)
    _check(request.user, sheet.series)
    if request.method == "POST":
        return _import(request, sheet)
    faulty = request.GET.get("rows") == "problems"
    rows = [row for row in sheet.rows if row["problems"]] if faulty else sheet.rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sheet": sheet,
        "page": page,
        "rows": [(row, _remarks(sheet, row)) for row in page],
        "faulty": faulty,
        "all": sum(bool(row["values"]) for row in sheet.rows),
        "sound": len(sheet.sound()),
        "problems": sum(bool(row["values"] and row["problems"]) for row in sheet.rows),
        "back": _back(sheet),
    }
    return render(request, "facts/admin/sheet_preview.html", context)


def _remarks(sheet: FactSheet, row: dict[str, Any]) -> list[str]:
    """Return what is worth knowing of a row, and does not stand in its way."""
    found = [row["remark"]] if row.get("remark") else []
    is_card = not sheet.series and row["values"] and not row["problems"]
    if is_card and (missing := card_from(row["values"]).missing()):
        found.append(_("To go live it still needs %(missing)s.") % {"missing": ", ".join(missing)})
    return found


def _back(sheet: FactSheet) -> str:
    if sheet.series:
        return reverse("series:inspect", args=[sheet.series.pk])
    return reverse("factcard:index")


def _import(request: HttpRequest, sheet: FactSheet) -> HttpResponse:
    by = signed_in(request)
    try:
        count = import_sheet(sheet, by=by, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("factsheet:preview", sheet.pk)
    if sheet.series:
        done = ngettext("%(n)d value is imported.", "%(n)d values are imported.", count)
    else:
        done = ngettext("%(n)d card is a draft now.", "%(n)d cards are drafts now.", count)
    messages.success(request, done % {"n": count})
    return redirect(_back(sheet))


@open_to(EDITORS)
def blank(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """Send an empty sheet with its headings; as XLSX with an example and what each column means."""
    columns = VALUE_COLUMNS if kind == "values" else CARD_COLUMNS
    if form == "csv":
        lines = csv_lines([[column.label for column in columns]])
        response: HttpResponseBase = StreamingHttpResponse(lines, content_type="text/csv")
    else:
        response = HttpResponse(_workbook(columns), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind}.{form}"'
    return response


def _workbook(columns: tuple[Column, ...]) -> bytes:
    """Return a workbook: an empty sheet to fill in, and one that explains it by an example."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = _("To fill in")
    sheet.append([str(column.label) for column in columns])
    help_sheet: Any = book.create_sheet(_("What each column means"))
    help_sheet.append([_("Column"), _("Needed"), _("What belongs in it"), _("Example")])
    needed = {"always": _("Always"), "live": _("To go live"), "": ""}
    for column in columns:
        cells = [str(column.label), needed[column.needed], str(column.meaning), column.example]
        help_sheet.append(cells)
    for each, width in ((sheet, 22), (help_sheet, 34)):
        each.freeze_panes = "A2"
        for cell in each[1]:
            cell.font = Font(bold=True)
            each.column_dimensions[cell.column_letter].width = width
    for row in help_sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class SheetMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_add_facts(request.user)


class FactSheetViewSet(ViewSet):
    """“Import facts”: spreadsheets of cards. Those of values are reached from their series."""

    name = "factsheet"
    url_prefix = "fact-sheets"
    icon = "upload"
    menu_label = gettext_lazy("Import facts")
    menu_item_class = SheetMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", upload, name="index"),
            path("", upload, name="upload"),
            path("series/<int:series>/", upload, name="values"),
            path("<int:pk>/", preview, name="preview"),
            path("blank/cards.csv", blank, {"kind": "cards", "form": "csv"}, name="cards_csv"),
            path("blank/cards.xlsx", blank, {"kind": "cards", "form": "xlsx"}, name="cards_xlsx"),
            path("blank/values.csv", blank, {"kind": "values", "form": "csv"}, name="values_csv"),
            path(
                "blank/values.xlsx", blank, {"kind": "values", "form": "xlsx"}, name="values_xlsx"
            ),
        ]
