"""Headings stand as high as they are drawn and named, items as deep as they are indented."""

import pytest

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG


def levels(blocks, style: str) -> list[tuple[int, str]]:
    return [(b.level, f"{b.label} {b.text[:12]}".strip()) for b in blocks if b.style == style]


def headed(*headings: tuple[str, str]) -> str:
    return "\n\n".join(f"{before}[*{words}*]\n\n{LONG}" for before, words in headings)


def test_larger_headings_stand_above_smaller_ones(pdf):
    source = headed(("#text(14pt)", "Names"), ("#text(12pt)", "Aims"), ("#text(14pt)", "Fees"))

    assert levels(blocks_of(pdf(f"{LONG} {LONG}\n\n{source}")), "heading") == [
        (1, "Names"),
        (2, "Aims"),
        (1, "Fees"),
    ]


def test_of_headings_drawn_alike_a_part_stands_above_a_chapter_and_a_chapter_above_a_clause(pdf):
    names = ["Part 1", "Chapter 1", "Clause 1", "Chapter 2", "Clause 1", "Part 2"]
    source = headed(*(("#text(12pt)", name) for name in names))

    assert levels(blocks_of(pdf(f"{LONG} {LONG}\n\n{source}")), "heading") == [
        (1, "Part 1"),
        (2, "Chapter 1"),
        (3, "Clause 1"),
        (2, "Chapter 2"),
        (3, "Clause 1"),
        (1, "Part 2"),
    ]


def test_a_heading_without_a_name_stands_with_the_lowest_that_is_drawn_like_it(pdf):
    names = ["Chapter 1", "Clause 1", "Aims", "Chapter 2"]
    source = headed(*(("#text(12pt)", name) for name in names))

    assert levels(blocks_of(pdf(f"{LONG} {LONG}\n\n{source}")), "heading") == [
        (1, "Chapter 1"),
        (2, "Clause 1"),
        (2, "Aims"),
        (1, "Chapter 2"),
    ]


ITEM = "#let item(indent, label, body) = block(inset: (left: indent), "
HANGING = f"{ITEM}grid(columns: (22pt, 1fr), label, body))\n"
FLUSH = f"{ITEM}[#label#h(8pt)#body])\n"


@pytest.mark.parametrize("item", [HANGING, FLUSH], ids=["hanging", "flush"])
def test_items_stand_as_deep_as_they_are_indented_whether_their_lines_hang_or_not(pdf, item):
    source = "\n".join(
        f"#item({indent}pt, [{label}], [{LONG}])"
        for indent, label in (
            (0, "1."),
            (24, "(a)"),
            (48, "(i)"),
            (48, "(ii)"),
            (24, "(b)"),
            (0, "2."),
        )
    )

    found = blocks_of(pdf(item + source))
    assert [(block.level, block.label) for block in found] == [
        *((1, "1."), (2, "(a)"), (3, "(i)"), (3, "(ii)"), (2, "(b)"), (1, "2.")),
    ]


def test_what_stands_under_an_items_text_belongs_to_it_and_at_the_margin_to_none(pdf):
    source = f"""{HANGING}#item(0pt, [1.], [{LONG}])
    #block(inset: (left: 22pt))[Under it. {LONG}]
    #item(0pt, [2.], [{LONG}])
    #block[At the margin. {LONG}]"""

    assert levels(blocks_of(pdf(source)), "paragraph") == [(2, "Under it. Ev"), (0, "At the margi")]


def test_a_heading_ends_the_lists_above_it(pdf):
    source = f"""{HANGING}#item(0pt, [1.], [{LONG}])
    #item(22pt, [(a)], [{LONG}])
    #text(12pt)[*Fees*]

    #item(22pt, [1.], [{LONG}])"""

    assert levels(blocks_of(pdf(source)), "item") == [
        *((1, "1. Every member"), (2, "(a) Every member"), (1, "1. Every member")),
    ]
