"""Tables are rows, with or without lines drawn around them."""

import pytest

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG


@pytest.mark.parametrize("made", ["table(stroke: 0.5pt, ", "grid(row-gutter: 6pt, "])
def test_tables_are_rows_with_or_without_lines_around_them(pdf, made):
    cells = "[Meeting], [Members], [Quorum], [General], [to 100], [10], [Special], [any], [25]"
    source = f"{LONG}\n#{made}columns: (90pt, 90pt, 90pt), {cells})\n{LONG}"

    blocks = blocks_of(pdf(source))

    assert [block.style for block in blocks] == ["paragraph", "table", "paragraph"]
    assert blocks[1].rows == [
        ["Meeting", "Members", "Quorum"],
        ["General", "to 100", "10"],
        ["Special", "any", "25"],
    ]
