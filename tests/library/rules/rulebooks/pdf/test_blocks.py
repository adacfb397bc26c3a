"""A PDF's rules come out as blocks: by where and how the words are drawn."""

import os
import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.pdf.blocks import blocks_of
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import NotADocument, Reading, places
from tests.library.rules.rulebooks.pdf.pages import LONG, SET_UP, shown, styled

ROOT = Path(__file__).resolve().parents[5]


SHARED = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared"))


FOUR_FORMATS = SHARED / "rulebooks" / "four-formats"


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


LOCKED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O <%b>/U <%b>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/Size 5/ID[<00><00>]>>
%%%%EOF
""" % (b"11" * 32, b"22" * 32)
