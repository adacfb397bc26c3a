"""Spreadsheets are read whatever program wrote them, and nothing in them is run or swells."""

import csv
import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ground.sheets import spreadsheets
from ground.sheets.spreadsheets import (
    NotASheet,
    csv_lines,
    day_of,
    plain_cell,
    read_rows,
    safe_cell,
)

WORDS = "Title;Figure\nCaerffili – £5;5\n"


def workbook(*rows, formats=()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, shown in formats:
        book.active[cell].number_format = shown
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_in_any_usual_writing(encoding, mark):
    rows = read_rows(WORDS.replace(";", mark).encode(encoding), most=9)

    assert rows == [(1, ["Title", "Figure"]), (2, ["Caerffili – £5", "5"])]


def test_a_mark_within_quotes_separates_nothing():
    rows = read_rows(b'"a;b;c",d\n"1,5","say ""so"""\n', most=9)

    assert [row.cells for row in rows] == [["a;b;c", "d"], ["1,5", 'say "so"']]


def test_empty_rows_are_passed_over_and_the_others_keep_their_numbers():
    assert read_rows(b"a,b\n,\n\n c ,\n", most=9) == [(1, ["a", "b"]), (4, ["c"])]


def test_xlsx_cells_are_read_as_a_person_reads_them():
    data = workbook(
        ["Name", "As at", "Share", "Number"],
        ["Wales", datetime.date(2026, 6, 30), 0.203, 650.0],
        [None, None, None, None],
        [True, datetime.datetime(2026, 6, 30), "x", 1234.5],
        formats=[("C2", "0.0%")],
    )

    assert read_rows(data, most=9) == [
        (1, ["Name", "As at", "Share", "Number"]),
        (2, ["Wales", "2026-06-30", "20.3%", "650"]),
        (4, ["True", "2026-06-30", "x", "1234.5"]),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\n,,\n", "empty"),
        (b"\x00\x01\x02", "neither CSV nor XLSX"),
        (b"PK\x03\x04 and no more", "no XLSX that can be read"),
        (b"a,b\n" * 11, "more than 10 rows"),
        (b'a,b\n"open', "not in order as CSV"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (b'"' + b"x" * 200_000 + b'"', "not in order as CSV"),
    ],
    ids=["nothing", "blank", "bytes", "torn", "long", "unclosed", "large", "cell"],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(data, why):
    with pytest.raises(NotASheet, match=why):
        read_rows(data, most=10)


def test_a_file_that_would_swell_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 600_000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(7):
            archive.writestr(f"xl/{number}.xml", b"0" * 100_000)

    with pytest.raises(NotASheet, match="more than 20 MB"):
        read_rows(bomb.getvalue(), most=10)


def with_second_row_at(row: bytes, cell: bytes) -> bytes:
    """Return a workbook of two rows, of which the second claims to stand elsewhere."""
    written = io.BytesIO()
    data = workbook(["a"], ["b"])
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b'r="2"', b'r="%b"' % row).replace(b"A2", cell)
            new.writestr(name, text)
    return written.getvalue()


def test_a_row_at_the_end_of_a_sheet_is_read_as_any_other():
    data = with_second_row_at(b"1048576", b"A1048576")

    assert read_rows(data, most=10) == [(1, ["a"]), (1048576, ["b"])]


@pytest.mark.parametrize(("row", "cell"), [(b"99999999999", b"A99999999999"), (b"2", b"XFD2")])
def test_cells_where_no_table_reaches_are_refused(row, cell):
    with pytest.raises(NotASheet, match="far outside its table"):
        read_rows(with_second_row_at(row, cell), most=10)


def test_columns_are_refused_and_never_cut_off():
    rows = [[f"column {number}" for number in range(61)]]

    for data in (workbook(*rows), ",".join(rows[0]).encode()):
        with pytest.raises(NotASheet, match="Row 1 has more than 60 columns"):
            read_rows(data, most=10)
    assert len(read_rows(workbook(rows[0][:60]), most=10)[0].cells) == 60


def test_empty_rows_between_others_hide_none():
    assert read_rows(b"a\n" + b"\n" * 50 + b"b\n", most=2) == [(1, ["a"]), (52, ["b"])]


@pytest.mark.parametrize(
    "text", ["2026-06-30", "30/06/2026", "30.6.2026", "30 June 2026", "30th Jun 2026", "30-06-2026"]
)
def test_a_day_is_read_as_it_is_written_here(text):
    assert day_of(text) == datetime.date(2026, 6, 30)


@pytest.mark.parametrize("text", ["", "06/30/2026", "31/02/2026", "June 2026", "30/06/26", "45838"])
def test_what_is_no_day_or_could_be_another_is_refused(text):
    with pytest.raises(ValueError):  # whatever its words
        day_of(text)


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-x", "@x", " =1", "'=1", "\t=1"])
def test_no_cell_is_written_that_a_program_would_run(text):
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+5", "-5.25", "20.3%", "plain", "a=b"])
def test_numbers_and_words_are_written_as_they_are(text):
    assert safe_cell(text) == text


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
)
def test_whatever_is_written_is_read_again(rows):
    text = "".join(csv_lines(rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))

    assert [[plain_cell(cell) for cell in row] for row in read] == [
        [plain_cell(safe_cell(cell)) for cell in row] for row in rows
    ]
    for cell in (cell for row in rows for cell in row):
        assert plain_cell(safe_cell(cell)) == cell.strip() or cell != cell.strip()
