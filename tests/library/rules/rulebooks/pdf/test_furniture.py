"""What stands on every page, and in its margins, is no text."""

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG, styled


def test_running_heads_that_change_and_printed_page_numbers_are_no_text(pdf):
    head = """#set page(header: context [#emph[Part #(counter(page).get().first()) of it]
      #h(1fr) X],
      footer: context align(center)[Page #(counter(page).get().first() + 20) of 90])
    """
    blocks = blocks_of(pdf(head + "\n#pagebreak()\n".join(f"+ {LONG}" for _ in range(4))))

    assert styled(blocks, "running")[:4] == [
        (1, "Part 1 of it X"),
        (1, "Page 21 of 90"),
        (2, "Part 2 of it X"),
        (2, "Page 22 of 90"),
    ]
    assert styled(blocks, "item") == [(page, LONG) for page in (1, 2, 3, 4)]


def test_headings_of_chapters_that_each_begin_a_page_are_no_running_heads(pdf):
    pages = [f"#align(center)[*Chapter {n}*]\n+ {LONG}" for n in range(1, 6)]

    blocks = blocks_of(pdf("\n#pagebreak()\n".join(pages)))

    assert [(block.page, block.label) for block in blocks if block.style == "heading"] == [
        (page, f"Chapter {page}") for page in range(1, 6)
    ]


def test_numbers_of_lines_in_the_margin_are_no_text(pdf):
    numbers = "".join(f"#place(dx: -30pt, dy: {n * 40 + 10}pt)[{n * 5}]" for n in range(5))
    blocks = blocks_of(pdf(f"{numbers}\n{LONG} {LONG} {LONG}"))

    assert styled(blocks, "running") == [(1, "0 5 10 15 20")]
    assert styled(blocks, "paragraph") == [(1, f"{LONG} {LONG} {LONG}")]
