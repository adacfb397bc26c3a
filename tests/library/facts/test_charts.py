"""A chart's geometry: round marks, honest scales, and everything within the drawing."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.facts.charts import bars, line_chart, plain, scale, written

numbers = st.decimals(-10_000_000, 10_000_000, places=4)


def year(number: int) -> datetime.date:
    return datetime.date(number, 1, 1)


@pytest.mark.parametrize(
    ("lowest", "highest", "marks"),
    [
        ("0", "91", "0 50 100"),
        ("3", "91", "0 50 100"),
        ("646", "659", "645 650 655 660"),
        ("-5", "12", "-5 0 5 10 15"),
        ("7", "7", "0 2 4 6 8"),
        ("0", "0", "0 0.5 1.0"),
    ],
)
def test_a_scale_has_round_marks_and_begins_at_nought_unless_all_is_far_from_it(
    lowest, highest, marks
):
    found = scale(Decimal(lowest), Decimal(highest))

    assert [Decimal(mark) for mark in marks.split()] == found


@settings(max_examples=40)
@given(numbers, numbers)
def test_a_scale_holds_its_values_with_few_marks(one, other):
    marks = scale(min(one, other), max(one, other))

    assert marks[0] <= min(one, other)
    assert max(one, other) <= marks[-1]
    assert 2 <= len(marks) <= 7


@settings(max_examples=30)
@given(st.lists(numbers, min_size=1, max_size=20))
def test_bars_lie_within_the_drawing_and_are_as_long_as_their_values(values):
    found = bars([(str(n), value) for n, value in enumerate(values)])

    longest = max(found, key=lambda bar: abs(bar.value))
    for bar in found:
        assert -0.02 <= bar.x <= bar.x + bar.width <= 100.02
        assert bar.width <= longest.width
        touches = bar.x if bar.value >= 0 else bar.x + bar.width
        assert touches == pytest.approx(bar.zero, abs=0.02)


def test_lines_are_spaced_by_the_days_between_and_written_where_there_is_room():
    periods = [(year(n), str(n)) for n in (1997, 2001, 2005, 2010, 2015, 2017, 2019, 2024)]
    values = [(day, Decimal(n)) for n, (day, _label) in enumerate(periods)]

    chart = line_chart([("Dale", values)], periods)

    across = [point.x for point in chart.lines[0].points]
    assert (across[0], across[-1]) == (3.0, 97.0)
    assert across[1] - across[0] == pytest.approx(94 * 4 / 27, abs=0.1)
    assert [tick.label for tick in chart.columns] == [*("1997", "2005", "2010", "2015", "2024")]
    assert [tick.anchor for tick in chart.columns][::4] == ["start", "end"]
    assert chart.from_zero


def test_at_most_six_lines_are_drawn_and_each_has_a_style_of_its_own():
    periods = [(year(2020), "2020"), (year(2021), "2021")]
    named = [(str(n), [(year(2020), Decimal(n)), (year(2021), Decimal(n))]) for n in range(8)]

    assert [line.style for line in line_chart(named, periods).lines] == [1, 2, 3, 4, 5, 6]


def test_one_period_alone_is_a_chart_too():
    chart = line_chart([("", [(year(2020), Decimal(5))])], [(year(2020), "2020")])

    assert (len(chart.lines[0].points), [tick.label for tick in chart.columns]) == (1, ["2020"])


@pytest.mark.parametrize(
    ("value", "read", "programs"),
    [
        ("1234567.0000", "1,234,567", "1234567"),
        ("20.3000", "20.3", "20.3"),
        ("-1200.5", "−1,200.5", "-1200.5"),
        ("100", "100", "100"),
        ("0.0000", "0", "0"),
    ],
)
def test_numbers_are_written_for_people_and_for_programs(value, read, programs):
    assert (written(Decimal(value)), plain(Decimal(value))) == (read, programs)
