"""Lines that belong to one paragraph, and where the next item begins."""

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG, shown


def test_a_number_that_is_cited_at_the_beginning_of_a_line_is_no_item(pdf):
    source = (
        "+ The chair decides as is said in the rules on meetings, which are in section\\ 3. above."
    )

    blocks = blocks_of(pdf(source + "\n+ " + LONG))

    assert [block.label for block in blocks] == ["1.", "2."]
    assert blocks[0].text.endswith("which are in section 3. above.")


def test_a_word_that_only_ends_like_one_that_cites_does_not_take_the_next_number(pdf):
    source = f"6. {LONG} {LONG} The fee is due on demand\\ 7. {LONG}"

    assert [block.label for block in blocks_of(pdf(source))] == ["6.", "7."]


def test_typed_numbers_without_indent_are_items(pdf):
    source = f"3.1 {LONG}\n\n3.2 Notice is given:\n\n(a) by post; and\n\n(b) by hand."

    assert shown(blocks_of(pdf(source))) == [
        ("item", 1, "3.1", LONG),
        ("item", 1, "3.2", "Notice is given:"),
        ("item", 1, "(a)", "by post; and"),
        ("item", 1, "(b)", "by hand."),
    ]


def test_a_paragraph_goes_on_over_the_end_of_the_page_and_keeps_its_first_page(pdf):
    blocks = blocks_of(pdf("+ " + " ".join([LONG] * 20)))

    assert shown(blocks) == [("item", 1, "1.", " ".join([LONG] * 20))]
    assert blocks[0].page == 1


def test_bold_words_at_a_paragraphs_beginning_are_noted_as_a_heading_that_runs_in(pdf):
    (block,) = blocks_of(pdf(f"*Section 2.1. Names.* {LONG}"))

    assert block.text == f"Section 2.1. Names. {LONG}"
    assert block.text[: block.run_in] == "Section 2.1. Names."


def test_a_second_number_on_a_line_is_an_item_of_its_own(pdf):
    source = f"#grid(columns: (25pt, 25pt, 1fr), [3.], [(a)], [{LONG}])\n(b) Others may not."

    assert [(block.label, block.text) for block in blocks_of(pdf(source))] == [
        ("3.", ""),
        ("(a)", LONG),
        ("(b)", "Others may not."),
    ]
