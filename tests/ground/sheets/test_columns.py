"""Columns are known by any of their names, and nothing that a sheet says is left out in silence."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django import forms

from ground.sheets.blank import blank_workbook
from ground.sheets.columns import Column, DayField, NumberField, WordField, read_table
from ground.sheets.spreadsheets import NotASheet, read_rows

COLUMNS = (
    Column("name", forms.CharField(label="Full name", max_length=12), "Ada", ("who",)),
    Column("since", DayField(label="In post since", required=False), "2026-06-30"),
    Column("hours", NumberField(label="Hours", required=False), "1,200"),
    Column("role", WordField(label="Role", choices=[("", "---"), ("sec", "Secretary")]), "sec"),
)


def read(*rows: str):
    return read_table("\n".join(rows).encode(), COLUMNS, most=9)


def test_cells_are_read_by_their_fields_whatever_their_heading_is_called():
    table = read("WHO;in-post since;Hours;role", "Ada;30/06/2026;1,200.5;secretary", "Bo;;;SEC")

    assert table.problems == []
    assert [(each.number, each.values, each.problems) for each in table.records] == [
        (
            2,
            {
                "name": "Ada",
                "since": datetime.date(2026, 6, 30),
                "hours": Decimal("1200.5"),
                "role": "sec",
            },
            [],
        ),
        (3, {"name": "Bo", "since": None, "hours": None, "role": "sec"}, []),
    ]
    assert table.records[0].texts == {
        "name": "Ada",
        "since": "30/06/2026",
        "hours": "1,200.5",
        "role": "secretary",
    }


def test_each_problem_of_a_row_is_a_sentence_and_its_cell_means_nothing():
    (record,) = read("Who;Since;Hours;Role", "#REF!;31/02/2026;many;Chair").records

    assert record.problems == [
        "Full name: the formula gives #REF!.",
        "In post since: “31/02/2026” is not a date. Write it as 2026-06-30 or 30/06/2026.",
        "Hours: it is not a number.",
        "Role: “Chair” is not one of “sec”.",
    ]
    assert record.values == {}


def test_an_empty_cell_matters_only_where_something_is_required():
    (record,) = read("Full name,Since,Role,Hours", ",,,5").records

    assert record.problems == ["Full name: the cell is empty.", "Role: the cell is empty."]


def test_columns_that_are_unknown_double_or_missing_are_named():
    table = read("Who,Full name,Colour", "Ada,Bo,red")

    assert table.problems == [
        "The column “Full name” is there twice: only the first is read.",
        "The column “Colour” is not known, so it is not read.",
        "The column “Role” is missing.",
    ]
    assert table.records[0].texts == {"name": "Ada"}
    assert table.records[0].problems == ["Role: the cell is empty."]


def test_a_cell_without_a_heading_is_a_problem_of_its_row():
    (record,) = read("who,,role", "Ada,over,sec,and out").records

    assert record.problems == [
        "Column B has no heading, so “over” cannot be read.",
        "Column D has no heading, so “and out” cannot be read.",
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (["A,B", "1,2"], "No column was recognised"),
        (["Who,Role"], "no rows below them"),
        (["Who,Role", *["Ada,sec"] * 10], "more than 10 rows"),
    ],
)
def test_a_sheet_without_columns_or_rows_is_refused(rows, why):
    with pytest.raises(NotASheet, match=why):
        read(*rows)


def test_the_blank_sheet_has_the_headings_alone_and_explains_them_on_a_second_sheet():
    data = blank_workbook(COLUMNS)

    assert [row.cells for row in read_rows(data, most=9)] == [
        ["Full name", "In post since", "Hours", "Role"]
    ]
    explained = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]
    assert [[cell.value for cell in row] for row in explained.iter_rows()][:2] == [
        ["Column", "Required", "What to enter", "Example"],
        ["Full name", "Yes", None, "Ada"],
    ]
