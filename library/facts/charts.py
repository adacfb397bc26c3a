"""The geometry of charts: from numbers to places in per cent of a drawing's width and height.

Everything is in per cent, so that a drawing fits any screen while its words keep their size.
"""

import datetime
import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

TOP, BOTTOM, LEFT, RIGHT = 8.0, 86.0, 3.0, 97.0  # where lines are drawn, in per cent
STYLES = 6  # of lines that can be told apart by their dashes and marks
LABELS_ACROSS = 42  # characters that fit below a chart on a phone


class Tick(NamedTuple):
    """A mark on a scale: where it is in per cent, what it says, and how its words are anchored."""

    at: float
    label: str
    anchor: str = "middle"


class Point(NamedTuple):
    """A value's place, in per cent from the left and from the top."""

    x: float
    y: float


class Curve(NamedTuple):
    """One place's values over time; `style` counts from 1."""

    name: str
    style: int
    points: list[Point]

    def path(self) -> str:
        """Return the points as a polyline's attribute."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


class LineChart(NamedTuple):
    """Lines with their scales. `from_zero` says whether the upright one begins at 0."""

    lines: list[Curve]
    rows: list[Tick]
    columns: list[Tick]
    from_zero: bool


class Bar(NamedTuple):
    """A value as a bar: where it begins and how long it is, in per cent of the width.

    `zero` is where 0 lies, where that is not the left edge.
    """

    name: str
    value: Decimal
    x: float
    width: float
    zero: float

    def written(self) -> str:
        """Return the value as people read it."""
        return written(self.value)


def plain(value: Decimal) -> str:
    """Return a number as programs read it, without needless noughts."""
    whole = value.to_integral_value()
    return f"{whole:f}" if value == whole else f"{value.normalize():f}"


def written(value: Decimal) -> str:
    """Return a number as people read it, with commas between its thousands."""
    return f"{Decimal(plain(value)):,f}".replace("-", "\u2212")


def scale(lowest: Decimal, highest: Decimal, steps: int = 4) -> list[Decimal]:
    """Return the marks of a scale of round numbers that holds both values.

    It begins at 0 unless the values are all far from it and close together.
    """
    if lowest > 0 and lowest <= (highest - lowest) * 4:
        lowest = Decimal(0)
    if highest < 0 and -highest <= (highest - lowest) * 4:
        highest = Decimal(0)
    if lowest == highest:
        lowest, highest = min(lowest, Decimal(0)), max(highest, Decimal(0), lowest + 1)
    rough = (highest - lowest) / steps
    power = Decimal(10) ** math.floor(rough.log10())
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    first = (lowest / step).to_integral_value(rounding="ROUND_FLOOR") * step
    marks = [first]
    while marks[-1] < highest:
        marks.append(marks[-1] + step)
    return marks


def line_chart(
    named: Sequence[tuple[str, Sequence[tuple[datetime.date, Decimal]]]],
    periods: Sequence[tuple[datetime.date, str]],
) -> LineChart:
    """Return the chart of some places' values over time; days are spaced by their distance."""
    numbers = [value for _name, values in named for _day, value in values]
    marks = scale(min(numbers), max(numbers))
    first, last = periods[0][0], periods[-1][0]
    days = max((last - first).days, 1)

    def across(day: datetime.date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / days, 2)

    def down(value: Decimal) -> float:
        share = float((value - marks[0]) / (marks[-1] - marks[0]))
        return round(BOTTOM - (BOTTOM - TOP) * share, 2)

    lines = [
        Curve(name, number, [Point(across(day), down(value)) for day, value in values])
        for number, (name, values) in enumerate(named[:STYLES], start=1)
    ]
    rows = [Tick(down(mark), written(mark), "start") for mark in marks]
    return LineChart(lines, rows, _columns(periods, across), marks[0] <= 0 <= marks[-1])


def _columns(
    periods: Sequence[tuple[datetime.date, str]], across: Callable[[datetime.date], float]
) -> list[Tick]:
    """Return the periods to write below a chart: the first, the last, and what fits between."""
    longest = max(len(label) for _day, label in periods)
    most = max(2, min(7, LABELS_ACROSS // (longest + 2)))
    places = [(across(day), label) for day, label in periods]
    apart = (RIGHT - LEFT) / most
    kept = [places[0]]
    for place in places[1:-1]:  # the first and the last stand beside their place, not below it
        from_first = 1.5 if len(kept) == 1 else 1
        if place[0] - kept[-1][0] >= apart * from_first and RIGHT - place[0] >= apart * 1.5:
            kept.append(place)
    if len(places) > 1:
        kept.append(places[-1])
    anchors = ["start", *["middle"] * (len(kept) - 2), "end"] if len(kept) > 1 else ["start"]
    return [Tick(at, label, anchor) for (at, label), anchor in zip(kept, anchors, strict=True)]


def bars(
    named: Sequence[tuple[str, Decimal]], within: Sequence[Decimal] | None = None
) -> list[Bar]:
    """Return values as bars from 0, on a scale that holds all of `within` (default: themselves)."""
    numbers = [*(within or [value for _name, value in named]), Decimal(0)]
    lowest, highest = min(numbers), max(numbers)
    span = (highest - lowest) or Decimal(1)
    zero = -lowest / span * 100
    found = []
    for name, value in named:
        length = abs(value) / span * 100
        begins = zero - length if value < 0 else zero
        found.append(
            Bar(
                name, value, round(float(begins), 2), round(float(length), 2), round(float(zero), 2)
            )
        )
    return found
