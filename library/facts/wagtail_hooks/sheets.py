"""Spreadsheets of fact cards, and of a series' values, in the admin: uploaded, previewed, imported.

Those of values are reached from their series.
"""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button

from ground.refusals import Refused
from ground.sheets.blank import XLSX, blank_workbook
from ground.sheets.spreadsheets import MOST_BYTES
from library.facts.actions.card_sheets import CARD_COLUMNS
from library.facts.actions.sheets import import_sheet, read_sheet
from library.facts.actions.value_sheets import VALUE_COLUMNS
from library.facts.forms import SheetForm
from library.facts.models import FactCard, FactSheet, Series
from library.facts.permissions import can_add_facts, can_change_series
from party.permissions import EDITORS, Person, open_to, signed_in

PER_PAGE = 200  # rows of a preview
CARD_SHOWN = ("title", "statement", "figure")  # columns of a preview
VALUE_SHOWN = ("period", "place", "value")


def upload_button(user: Person) -> list[Button]:
    """Return the way from the list of cards to the spreadsheets, for whoever may add cards."""
    if not can_add_facts(user):
        return []
    url = reverse("factsheet:index")
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
        file, by = form.cleaned_data["file"], signed_in(request)
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
        "to_go_live": () if of else FactCard.NEEDED,
        "sheets": FactSheet.objects.visible_to(request.user).filter(series=of).defer("rows")[:10],
    }
    return render(request, "facts/admin/sheet_upload.html", context)


@open_to(EDITORS)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every row with every problem, those with problems first; then import the others."""
    found = FactSheet.objects.visible_to(request.user).select_related("series")
    sheet = get_object_or_404(found, pk=pk)
    _check(request.user, sheet.series)
    if request.method == "POST":
        return _import(request, sheet)
    shown = VALUE_SHOWN if sheet.series else CARD_SHOWN
    labels = {each.name: each.label for each in (VALUE_COLUMNS if sheet.series else CARD_COLUMNS)}
    rows = sorted(sheet.rows, key=lambda row: not row["problems"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "sheet": sheet,
        "page": page,
        "headings": [labels[name] for name in shown],
        "rows": [(row, [row["values"].get(name, "") for name in shown]) for row in page],
        "all": len(sheet.rows),
        "sound": len(sheet.sound()),
        "back": _back(sheet),
    }
    return render(request, "facts/admin/sheet_preview.html", context)


def _back(sheet: FactSheet) -> str:
    if sheet.series:
        return reverse("series:inspect", args=[sheet.series.pk])
    return reverse("factcard:index")


def _import(request: HttpRequest, sheet: FactSheet) -> HttpResponse:
    try:
        count = import_sheet(sheet, by=signed_in(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("factsheet:preview", sheet.pk)
    if sheet.series:
        done = ngettext("%(n)d value imported.", "%(n)d values imported.", count)
    else:
        done = ngettext("%(n)d card imported as a draft.", "%(n)d cards imported as drafts.", count)
    messages.success(request, done % {"n": count})
    return redirect(_back(sheet))


@open_to(EDITORS)
def blank(request: HttpRequest, kind: str) -> HttpResponse:
    """Send an empty sheet with its headings, an example and what each column means."""
    data = blank_workbook(VALUE_COLUMNS if kind == "values" else CARD_COLUMNS)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response


class SheetMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_add_facts(request.user)


class FactSheetViewSet(ViewSet):
    """“Import facts”: spreadsheets of cards."""

    name = "factsheet"
    url_prefix = "fact-sheets"
    icon = "upload"
    menu_label = gettext_lazy("Import facts")
    menu_item_class = SheetMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", upload, name="index"),
            path("series/<int:series>/", upload, name="values"),
            path("<int:pk>/", preview, name="preview"),
            path("blank/cards.xlsx", blank, {"kind": "cards"}, name="cards_xlsx"),
            path("blank/values.xlsx", blank, {"kind": "values"}, name="values_xlsx"),
        ]
