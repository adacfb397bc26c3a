"""Spreadsheets: from a file's bytes to rows of text, and cells that no program takes for a formula.

CSV in UTF-8, UTF-16 or Windows' own letters, with commas, semicolons or tabs; and XLSX, of which
the first sheet is read. Nothing in a file is run, and a file that would swell is refused.
"""

import csv
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

MOST_BYTES = 5_000_000  # of a file as it is given
MOST_UNPACKED = 20_000_000  # bytes of what an XLSX holds
MOST_COLUMNS = 60
WIDEST, LONGEST = 1_000, 1_048_576  # cells and rows, empty ones too, before a file is no table
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a cell begins with that programs would run
ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")  # a program's own
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]+)\.?[ \-](\d{4})")


class NotASheet(Exception):
    """A file that cannot be read as a spreadsheet; the message says why, for who gave it."""


class Row(NamedTuple):
    """A row that is not empty: its number in the sheet, from 1, and its cells as text."""

    number: int
    cells: list[str]


def read_rows(data: bytes, *, most: int) -> list[Row]:
    """Return the rows of a CSV or XLSX file. Raises NotASheet, also for more than `most` rows."""
    if len(data) > MOST_BYTES:
        raise NotASheet("The file is larger than 5 MB. Split it, and give one part at a time.")
    found = _xlsx(data) if data[:4] == b"PK\x03\x04" else _csv(data)
    rows = []
    for number, cells in enumerate(found, start=1):
        if len(cells) > WIDEST or number > LONGEST:
            raise NotASheet(
                "The sheet has cells far outside its table. Save only the table itself."
            )
        texts = [plain_cell(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise NotASheet(f"Row {number:,} has more than {MOST_COLUMNS} columns.")
        if texts:
            rows.append(Row(number, texts))
        if len(rows) > most:
            raise NotASheet(f"The sheet has more than {most:,} rows. Split it into several.")
    if not rows:
        raise NotASheet("The sheet is empty.")
    return rows


def _csv(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        yield from reader
    except csv.Error as error:
        raise NotASheet(f"The file is not in order as CSV: {error}.") from error


def _decoded(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotASheet("The file is neither CSV nor XLSX. Save your spreadsheet as one of these.")


def _delimiter(text: str) -> str:
    """Return what separates the cells: the likeliest mark of the first line, outside quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    return max(",;\t", key=first.count)


def _xlsx(data: bytes) -> Iterator[list[str]]:
    import openpyxl  # it loads numpy, which only whoever sends a workbook should wait for

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise NotASheet("The file would unpack to more than 20 MB. Save only the sheet itself.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and print settings, which do not matter
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet: Any = book.worksheets[0]
            sheet.reset_dimensions()  # what a file claims of its own size is not believed
            for cells in sheet.iter_rows():
                yield [_written(cell) for cell in cells]
    except NotASheet:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers raise on a broken file
        raise NotASheet(
            "The file is no XLSX that can be read. Save it again, or as CSV."
        ) from error


def _written(cell: Any) -> str:
    """Return an XLSX cell as a person reads it: days as ISO, whole numbers whole, per cents so."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if "%" in str(getattr(cell, "number_format", "")):
            return f"{value * 100:.10g}%"
        return f"{value:.15g}"
    return str(value)


def day_of(text: str) -> datetime.date:
    """Return the day written as 2026-06-30, 30/06/2026, 30.6.2026 or 30 June 2026.

    Raises ValueError for anything else, and for a day that does not exist.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif (found := _IN_WORDS.fullmatch(text)) and found[2][:3].lower() in MONTHS:
        day, month, year = int(found[1]), MONTHS.index(found[2][:3].lower()) + 1, int(found[3])
    else:
        raise ValueError(text)
    return datetime.date(year, month, day)


def safe_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before it."""
    text = str(value)
    risky = text.lstrip().startswith(FORMULA) or text.startswith("'")
    return f"'{text}" if risky and not _NUMBER.fullmatch(text) else text


def plain_cell(text: str) -> str:
    """Return what `safe_cell` was given, without space at its ends."""
    rest = text[1:]
    guarded = text.startswith("'") and (rest.lstrip().startswith(FORMULA) or rest.startswith("'"))
    return (rest if guarded else text).strip()


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield rows as lines of CSV, one at a time, with a mark by which Excel knows UTF-8."""

    class Echo:
        def write(self, line: str) -> str:
            return line

    writer = csv.writer(Echo())
    for number, row in enumerate(rows):
        line = writer.writerow([safe_cell(cell) for cell in row])
        yield f"\ufeff{line}" if number == 0 else str(line)
