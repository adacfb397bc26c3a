"""Sheets as a browser gets them."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from ground.sheets.spreadsheets import csv_lines


def csv_response(rows: Iterable[Iterable[object]], name: str) -> StreamingHttpResponse:
    """Return rows as a CSV file of this name, sent as it is made and safe to open."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
