"""A document is measured by what most of it does: its type, its leading, its columns' edges."""

import pytest

from library.rules.rulebooks.pdf.blocks import blocks_of
from library.rules.rulebooks.pdf.lines import Line
from library.rules.rulebooks.pdf.measures import measured
from library.rules.rulebooks.pdf.words import Word
from tests.library.rules.rulebooks.pdf.pages import LONG, shown


def line(
    y: float,
    *,
    left: float = 50,
    right: float = 350,
    page: int = 1,
    column: int = 0,
    size=10.0,
    bold: bool = False,
) -> Line:
    word = Word("Members", left, right, y, size, bold)
    return Line([word], page, left, right, column)


def column(number: int, left: float, right: float, *, page: int = 1) -> list[Line]:
    """Return six lines, so many that they show where their column ends."""
    return [line(200 - 12 * n, left=left, right=right, page=page, column=number) for n in range(6)]


def test_the_leading_is_the_usual_step_between_lines_of_the_text():
    text = [line(y) for y in (200, 188, 176, 150, 138)]
    heading = [line(300, size=20), line(276, size=20), line(252, size=20), line(228, size=20)]

    assert measured([*heading, *text], 10).leading == 12
    assert measured([line(200)], 10).leading == pytest.approx(12)
    assert measured([line(200), line(100)], 8).leading == pytest.approx(9.6)


def test_a_document_is_bold_where_most_of_it_is():
    heavy, light = line(200, bold=True), line(188)

    assert measured([heavy, heavy, light], 10).bold
    assert not measured([heavy, light], 10).bold


def test_indents_are_measured_from_the_column_that_a_line_stands_in():
    left, right = column(0, 50, 190), column(1, 230, 370)
    measures = measured([*left, *right], 10)

    assert (measures.indent(left[0], 62), measures.indent(right[0], 242)) == (12, 12)
    assert (measures.right(left[0]), measures.right(right[0])) == (190, 370)


def test_a_short_column_ends_where_the_long_ones_do():
    short = [line(200, right=120, page=2, column=1)]
    measures = measured([*column(0, 50, 350), *short], 10)

    assert measures.right(short[0]) == 350


def test_an_edge_that_one_column_alone_has_is_not_that_of_the_text():
    columns = [column(0, 50, 350, page=1), column(1, 50, 350, page=2), column(2, 31, 350, page=3)]
    measures = measured([each for lines in columns for each in lines], 10)

    assert measures.indent(columns[2][0], 50) == 0


def test_left_and_right_pages_have_margins_of_their_own_where_they_differ_on_several():
    several = [column(n, 50 + 20 * (n % 2), 350 + 20 * (n % 2), page=n) for n in range(1, 7)]
    few = several[:4]

    for pages, indents in ((several, [0, 0]), (few, [20, 0])):
        measures = measured([each for lines in pages for each in lines], 10)
        assert [measures.indent(lines[0], lines[0].x0) for lines in pages[:2]] == indents


def test_a_book_bound_with_wide_inner_margins_has_its_items_on_one_level(pdf):
    bound = "#set page(margin: (inside: 90pt, outside: 40pt, y: 50pt))\n"
    items = "\n#pagebreak()\n".join(f"#enum(start: {n})[{LONG}]" for n in range(1, 7))

    assert shown(blocks_of(pdf(bound + items))) == [("item", 1, f"{n}.", LONG) for n in range(1, 7)]
