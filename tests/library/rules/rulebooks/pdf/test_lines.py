"""Lines are read in the order of their columns."""

from library.rules.rulebooks.pdf.blocks import blocks_of
from library.rules.rulebooks.pdf.lines import usual_size
from library.rules.rulebooks.pdf.words import pages_of
from tests.library.rules.rulebooks.pdf.pages import LONG


def test_two_columns_are_read_one_after_the_other(pdf):
    source = f"= Rules of all\n#columns(2)[+ {LONG} {LONG}\n+ {LONG} {LONG}\n+ {LONG}]"

    blocks = blocks_of(pdf(source))

    assert [(block.style, block.label) for block in blocks] == [
        ("title", ""),
        ("item", "1."),
        ("item", "2."),
        ("item", "3."),
    ]
    assert [block.text for block in blocks[1:]] == [f"{LONG} {LONG}", f"{LONG} {LONG}", LONG]


def test_the_type_size_is_that_of_most_characters(pdf):
    pages = pages_of(pdf(f"#text(20pt)[Rule Book of the Society] #text(8pt)[Small print.] {LONG}"))

    assert usual_size(word for page in pages for word in page.words) == 10.0
    assert usual_size([]) == 10.0
