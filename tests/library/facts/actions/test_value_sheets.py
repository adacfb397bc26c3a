"""A series' values in a sheet: each problem is a sentence, and what is replaced is named."""

from decimal import Decimal

from library.facts.actions.sheets import import_sheet
from tests.library.facts.actions.test_sheets import NOW, problems, read
from tests.library.facts.views.test_series import make_series


def test_values_are_read_with_their_problems_and_replace_what_is_stored(member):
    series = make_series({"Wales": {2019: 40}})
    sheet = read(
        "Period,Place,Value,Period begins",
        "2019,Wales,32,",
        '2024,Wales,"1,234.5",',
        "Spring,Wales,1,",
        "Year 2019,Dale,1,2019-01-01",
        "2024,Wales,5,",
        "2024,Dale,many,",
        "2024,Dale,,",
        by=member,
        series=series,
    )

    assert problems(sheet) == [
        [],
        [],
        ["Period begins: the cell is empty, and “Spring” is not a year."],
        ["“2019” begins on 1 January 2019, so “Year 2019” cannot begin then."],
        ["Row 3 has a value for the same place and period."],
        ["Value: it is not a number."],
        ["Value: the cell is empty.", "Row 7 has a value for the same place and period."],
    ]
    assert sheet.rows[0]["remark"] == "Replaces 40."
    assert import_sheet(sheet, by=member, now=NOW) == 2
    assert list(series.values.values_list("period", "place", "value")) == [
        ("2019", "Wales", Decimal(32)),
        ("2024", "Wales", Decimal("1234.5")),
    ]
