"""A heading is told by how it is drawn and worded, and a title page by where it stands."""

import pytest

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG, styled

TEXT = f"{LONG} {LONG}"  # too long for the lines of a title page


def around(heading: str) -> str:
    """Return a page with something between two paragraphs, white above it."""
    return f"{TEXT}\n\n#v(12pt)\n{heading}\n\n{TEXT}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("#text(12pt)[Names and aims]", "Names and aims"),
        ("#text(12pt)[Names. Aims.]", "Names. Aims."),
        ("*Names and aims*", "Names and aims"),
        ("*Names and aims.*", "Names and aims."),
        ("#align(center)[Names and aims]", "Names and aims"),
        ("NAMES AND AIMS", "NAMES AND AIMS"),
    ],
    ids=["larger", "larger, a sentence", "bold", "bold, a sentence", "centred", "capitals"],
)
def test_what_is_drawn_as_a_heading_is_one(pdf, source, text):
    blocks = blocks_of(pdf(around(source)))

    assert styled(blocks, "heading") == [(1, text)]
    assert styled(blocks, "paragraph") == [(1, TEXT), (1, TEXT)]


@pytest.mark.parametrize(
    "source",
    [
        "Names and aims",
        "*Names and aims;*",
        "#text(12pt)[Names, and]#text(12pt)[,]",
        "#align(center)[Names and aims.]",
        "#text(12pt)[\\* \\* \\*]",
        "A. B.",
        f"*{LONG} {LONG}*",
        "#text(8pt)[NAMES AND AIMS]",
    ],
    ids=["plain", "goes on", "a comma", "a sentence", "no letter", "initials", "long", "small"],
)
def test_what_only_looks_a_little_like_a_heading_is_text(pdf, source):
    assert styled(blocks_of(pdf(around(source))), "heading") == []


def test_bold_type_marks_no_heading_in_a_book_that_is_all_bold(pdf):
    blocks = blocks_of(pdf(f"#set text(weight: 700)\n{around('Names and aims')}"))

    assert styled(blocks, "heading") == []


def test_the_name_of_a_division_is_a_heading_with_white_above_it(pdf):
    blocks = blocks_of(pdf(around("Section 1 Names and Aims")))

    assert [(b.style, b.label, b.text) for b in blocks if b.style == "heading"] == [
        ("heading", "Section 1", "Names and Aims")
    ]
    inline = blocks_of(pdf(around("Section 1. The members meet.")))
    assert styled(inline, "heading") == []


def test_the_largest_words_before_the_first_number_are_the_title_above_its_title_page(pdf):
    title = """#align(center, text(18pt)[*Rule Book*])
    #align(center)[*of the Society*]
    #align(center)[*May 2026*]"""
    blocks = blocks_of(pdf(f"{title}\n\n#text(13pt)[*Chapter 1*]\n\n+ {LONG}"))

    assert [(block.style, block.label, block.text) for block in blocks] == [
        ("title", "", "Rule Book"),
        ("paragraph", "", "of the Society"),
        ("paragraph", "", "May 2026"),
        ("heading", "Chapter 1", ""),
        ("item", "1.", LONG),
    ]


def test_a_book_has_no_title_where_a_later_heading_is_larger_or_text_comes_first(pdf):
    smaller = f"#text(12pt)[*Names*]\n\n{TEXT}\n\n#text(16pt)[*Fees*]\n\n{TEXT}"

    for source in (smaller, f"{TEXT}\n\n#text(16pt)[*Fees*]\n\n{TEXT}", f"+ {LONG}"):
        assert styled(blocks_of(pdf(source)), "title") == []
