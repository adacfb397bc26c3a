"""A PDF's rules come out as blocks: by where and how the words are drawn."""

import os
import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.pdf.blocks import blocks_of
from library.rules.rulebooks.pdf.hyphenation import KnownWords
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import Block, NotADocument, Reading, places

ROOT = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared"))
FOUR_FORMATS = SHARED / "rulebooks" / "four-formats"

SET_UP = """
#set page(width: 420pt, height: 300pt, margin: 50pt)
#set text(size: 10pt, font: "Libertinus Serif", lang: "en")
#set par(justify: true)
"""
LONG = (
    "Every member of the society may speak at a meeting and may vote at it when the fee for the "
    "year has been paid before the day on which the meeting is held."
)
WORD_MADE = f"""
#set page(paper: "a5", margin: 50pt, footer: context align(center, text(9pt)[
  #(counter(page).get().first() + 6) | Rule Book 2026]))
#set text(size: 10pt, lang: "en", font: "Liberation Sans", hyphenate: false)
#set par(spacing: 11pt)
#let item(indent, label, body) = block(inset: (left: indent), grid(columns: (22pt, 1fr), label,
  body))
#align(center, text(16pt)[*RULE BOOK*])
#align(center, text(13pt)[*CHAPTER 7*])
#align(center, text(13pt)[*Online groups*])
#align(center)[*Clause VIII.*]
#align(center)[*Moderation*]
#item(0pt, [1.], [{LONG}])
#item(22pt, [A.], [The moderator acts as is said in clause])
#item(22pt, [B.], [{LONG}])
#item(44pt, [i.], [a moderator;])
#item(44pt, [ii.], [an administrator, whom the meeting elects under section 4 of these rules; and])
#block(inset: (left: 22pt))[In this clause a member is one who has paid. {LONG}]
#item(0pt, [2.], [{LONG}])
#pagebreak()
#item(0pt, [3.], [{LONG}])
#pagebreak()
#align(center, text(13pt)[*APPENDIX 1*])
{LONG}
"""


@pytest.fixture
def pdf(tmp_path):
    def compile_to_file(source: str, set_up: str = SET_UP) -> Path:
        path = tmp_path / "rules.pdf"
        typst.compile((set_up + source).encode(), output=str(path))
        return path

    return compile_to_file


def shown(blocks: list[Block]) -> list[tuple[str, int, str, str]]:
    return [(block.style, block.level, block.label, block.text) for block in blocks]


def styled(blocks: list[Block], style: str) -> list[tuple[int | None, str]]:
    return [(block.page, block.text) for block in blocks if block.style == style]


# --- the book in four formats ------------------------------------------------------------------
@pytest.mark.skipif(not FOUR_FORMATS.exists(), reason="The shared rule books are not here.")
def test_the_shared_book_comes_out_as_from_its_other_formats():
    """The PDF was made from the same text as the HTML; the Markdown is nine lines further."""
    expected = provisions(read_file(FOUR_FORMATS / "bylaws.html", name="bylaws.html"))
    found = provisions(build(blocks_of(FOUR_FORMATS / "bylaws.pdf")))

    share = sum(found.get(path) == words for path, words in expected.items()) / len(expected)

    assert len(expected) > 500
    assert share == 1.0, f"{share:.1%} of the provisions came out of the PDF."


def provisions(reading: Reading) -> dict[str, tuple[str, str]]:
    """Return each provision's words by its address; quotation marks and spaces do not count."""
    straight = str.maketrans("‘’“”", "''\"\"")
    return {
        place.path: (
            place.node.heading.translate(straight).strip(),
            re.sub(r"\s+", " ", place.node.text.translate(straight)).strip(),
        )
        for place in places(reading.tree)
    }


# --- numbers, indents, paragraphs --------------------------------------------------------------
def test_a_book_as_word_processors_make_it_has_its_chapters_clauses_and_depths(pdf):
    blocks = blocks_of(pdf(WORD_MADE, set_up=""))

    assert shown([block for block in blocks if block.style != "running"]) == [
        ("title", 0, "", "RULE BOOK"),
        ("heading", 1, "CHAPTER 7", ""),
        ("heading", 1, "", "Online groups"),
        ("heading", 2, "Clause VIII.", ""),
        ("heading", 2, "", "Moderation"),
        ("item", 1, "1.", LONG),
        ("item", 2, "A.", "The moderator acts as is said in clause"),
        ("item", 2, "B.", LONG),
        ("item", 3, "i.", "a moderator;"),
        (
            "item",
            3,
            "ii.",
            "an administrator, whom the meeting elects under section 4 of these rules; and",
        ),
        ("paragraph", 2, "", f"In this clause a member is one who has paid. {LONG}"),
        ("item", 1, "2.", LONG),
        ("item", 1, "3.", LONG),
        ("heading", 1, "APPENDIX 1", ""),
        ("paragraph", 0, "", LONG),
    ]
    assert styled(blocks, "running") == [
        (1, "7 | Rule Book 2026"),
        (2, "8 | Rule Book 2026"),
        (3, "9 | Rule Book 2026"),
    ]


def test_a_number_that_is_cited_at_the_beginning_of_a_line_is_no_item(pdf):
    source = (
        "+ The chair decides as is said in the rules on meetings, which are in section\\ 3. above."
    )

    blocks = blocks_of(pdf(source + "\n+ " + LONG))

    assert [block.label for block in blocks] == ["1.", "2."]
    assert blocks[0].text.endswith("which are in section 3. above.")


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


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a govern-", "ment of govern- ment"], "a government of govern- ment"),
        (["the vice-", "chair stands"], "the vice-chair stands"),
        (["every well-", "known member"], "every well-known member"),
        (["a tabu-", "lation"], "a tabulation"),
        (["in 2020-", "21"], "in 2020- 21"),
        (["a hy\u00ad", "phen"], "a hyphen"),
        (["one—", "two"], "one—two"),
    ],
)
def test_hyphens_at_the_ends_of_lines_go_only_where_the_word_is_one(lines, joined):
    known = KnownWords(["that the government is known vice-chair of it", "so a member stands by"])

    assert known.joined(lines) == joined


# --- pages -------------------------------------------------------------------------------------
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


def test_contents_in_two_columns_are_contents(pdf):
    entries = "\n\n".join(
        f"Chapter {n} The rules of {word} #box(width: 1fr, repeat[.]) {n + 2}"
        for n, word in enumerate(("entry", "leave", "fees", "posts", "votes", "ends"), start=1)
    )
    blocks = blocks_of(pdf(f"*Contents* #columns(2)[{entries}] #pagebreak() {LONG}"))

    contents = styled(blocks, "contents")
    assert [re.sub(r"[\s.]+", " ", text) for _, text in contents] == [
        "Contents",
        "Chapter 1 The rules of entry 3",
        "Chapter 2 The rules of leave 4",
        "Chapter 3 The rules of fees 5",
        "Chapter 4 The rules of posts 6",
        "Chapter 5 The rules of votes 7",
        "Chapter 6 The rules of ends 8",
    ]
    assert styled(blocks, "paragraph") == [(2, LONG)]


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


def test_footnotes_stand_apart_and_their_marks_are_kept(pdf):
    source = f"+ Each member#footnote[One who has paid.] votes.\n+ {LONG}#footnote[Or sooner.]"

    assert shown(blocks_of(pdf(source))) == [
        ("item", 1, "1.", "Each member[^1] votes."),
        ("item", 1, "2.", f"{LONG}[^2]"),
        ("footnote", 0, "1", "One who has paid."),
        ("footnote", 0, "2", "Or sooner."),
    ]


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


def test_what_is_turned_is_listed_and_a_turned_page_is_read(pdf):
    draft = "#place(left + bottom, rotate(-90deg, reflow: true)[DRAFT COPY])"
    turned = f"#pagebreak()\n#rotate(90deg, reflow: true, block(width: 180pt)[{LONG}])"

    blocks = blocks_of(pdf(f"Some pages are turned. {draft} {turned}"))

    assert styled(blocks, "comment") == [(1, "DRAFT COPY")]
    assert styled(blocks, "paragraph") == [(1, "Some pages are turned."), (2, LONG)]
    assert all(block.reason for block in blocks if block.style == "comment")


@pytest.mark.parametrize(
    ("drawing", "text", "hidden"),
    [
        (b"3 Tr (Recognised in a scan.) Tj", ["Recognised in a scan."], 0),
        (b"(Seen by every reader.) Tj 0 -50 Td 3 Tr (Unseen.) Tj", ["Seen by every reader."], 1),
    ],
)
def test_invisible_text_is_listed_and_that_of_a_scan_is_read(tmp_path, drawing, text, hidden):
    path = tmp_path / "drawn.pdf"
    path.write_bytes(DRAWN % (len(drawing) + 30, drawing))

    blocks = blocks_of(path)

    assert [words for _, words in styled(blocks, "paragraph")] == text
    assert [words for _, words in styled(blocks, "comment")] == (["Unseen."] if hidden else [])


def test_ligatures_are_letters(pdf):
    (block,) = blocks_of(pdf("The office of the first official affects the flow of efforts."))

    assert block.text == "The office of the first official affects the flow of efforts."


# --- nothing is lost ---------------------------------------------------------------------------
def test_every_character_drawn_is_in_a_block(pdf):
    for source, set_up in (
        (WORD_MADE, ""),
        (
            f"#columns(2)[+ {LONG} {LONG}\n+ {LONG}#footnote[See.]\n#table(columns: 2)[a][b]]",
            SET_UP,
        ),
    ):
        assert_all_drawn_is_there(pdf(source, set_up))


words = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=12)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.booleans(), st.lists(words, max_size=40)), min_size=1, max_size=6))
def test_whatever_is_drawn_is_in_a_block(pdf, paragraphs):
    parts = [
        f"#block(text(weight: {'700' if strong else '400'}, {quoted(' '.join(text) or '1.')}))"
        for strong, text in paragraphs
    ]
    assert_all_drawn_is_there(pdf("\n".join(parts)))


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def assert_all_drawn_is_there(path: Path) -> None:
    """Compare what pdfium reports with the blocks; the hyphen of a divided word may go."""
    document = pdfium.PdfDocument(path)
    drawn = Counter(
        re.sub(
            r"\s|[\x02\ufffe-]",
            "",
            "".join(page.get_textpage().get_text_range() for page in document),
        )
    )
    document.close()
    kept: Counter[str] = Counter()
    for block in blocks_of(path):
        cells = "".join(cell for row in block.rows for cell in row)
        kept.update(re.sub(r"\s|-", "", block.label + block.text + cells))
    assert drawn - kept == Counter()


# --- what is no rule book ----------------------------------------------------------------------
def test_a_scan_without_text_is_told_so(pdf):
    with pytest.raises(NotADocument, match="pictures of pages but no text"):
        blocks_of(pdf("#rect(width: 100pt, height: 100pt)"))


def test_a_file_that_is_none_and_a_damaged_one_are_told_so(pdf, tmp_path):
    whole = pdf(LONG).read_bytes()
    for content in (b"", b"%PDF-1.7\nnothing", whole[: len(whole) // 3], b"not at all"):
        (tmp_path / "broken.pdf").write_bytes(content)
        with pytest.raises(NotADocument, match="damaged, has no pages or is no PDF"):
            blocks_of(tmp_path / "broken.pdf")


def test_a_pdf_without_pages_is_told_so(tmp_path):
    document = pdfium.PdfDocument.new()
    document.save(tmp_path / "empty.pdf")
    document.close()

    with pytest.raises(NotADocument, match="damaged, has no pages or is no PDF"):
        blocks_of(tmp_path / "empty.pdf")


def test_a_second_number_on_a_line_is_an_item_of_its_own(pdf):
    source = f"#grid(columns: (25pt, 25pt, 1fr), [3.], [(a)], [{LONG}])\n(b) Others may not."

    assert [(block.label, block.text) for block in blocks_of(pdf(source))] == [
        ("3.", ""),
        ("(a)", LONG),
        ("(b)", "Others may not."),
    ]


def test_a_locked_pdf_is_told_so(tmp_path):
    (tmp_path / "locked.pdf").write_bytes(LOCKED)

    with pytest.raises(NotADocument, match="locked with a password"):
        blocks_of(tmp_path / "locked.pdf")


def test_too_many_pages_or_characters_are_told_so(pdf, monkeypatch):
    path = pdf(f"{LONG} #pagebreak() {LONG}")
    monkeypatch.setattr("library.rules.rulebooks.pdf.words.MOST_PAGES", 1)
    with pytest.raises(NotADocument, match="has 2 pages; at most 1 can be read"):
        blocks_of(path)
    monkeypatch.setattr("library.rules.rulebooks.pdf.words.MOST_PAGES", 2)
    monkeypatch.setattr("library.rules.rulebooks.pdf.words.MOST_CHARACTERS", 100)
    with pytest.raises(NotADocument, match="more than 100 characters"):
        blocks_of(path)


DRAWN = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 5 0 R
  /Resources<</Font<</F 4 0 R>>>>>> endobj
4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
5 0 obj <</Length %d>> stream
BT /F 10 Tf 50 200 Td %b ET
endstream endobj
trailer <</Root 1 0 R/Size 6>>
%%%%EOF
"""
LOCKED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O <%b>/U <%b>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/Size 5/ID[<00><00>]>>
%%%%EOF
""" % (b"11" * 32, b"22" * 32)
