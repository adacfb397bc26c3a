"""Rules from a DOCX, with the numbers that a word processor draws by itself."""

from tests.library.rules.rulebooks.docx.parts import paragraph
from tests.library.rules.rulebooks.outlines import outline


def test_footnotes_tables_boxes_and_running_heads_have_their_places(read):
    mark = '<w:r><w:t>Pay.</w:t><w:footnoteReference w:id="2"/></w:r>'
    box = (
        "<w:r><w:pict><w:txbxContent>" + paragraph("In a box.") + "</w:txbxContent></w:pict></w:r>"
    )
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Student", "£1"))
    reading = read(
        paragraph("Fees", style="Heading1"),
        paragraph(mark, num=1),
        f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>",
        paragraph(box),
        footnotes=f'<w:footnote w:id="2">{paragraph("In cash.")}</w:footnote>',
        header1=paragraph("Rule book 2026"),
    )

    assert outline(reading.tree)[1:] == [
        "  provision 1: Pay.[^1]",
        "    footnote 1: In cash.",
        "  table: Student | £1",
        "  lead_in: In a box.",
    ]
    assert [left.text for left in reading.left_out] == ["Rule book 2026"]


def test_the_contents_page_is_left_out(read):
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{paragraph('Names 1')}</w:sdtContent></w:sdt>"
    )
    reading = read(contents, paragraph("Names", style="Heading1"))

    assert outline(reading.tree) == ["article I: Names"]
    assert [left.text for left in reading.left_out] == ["Names 1"]
