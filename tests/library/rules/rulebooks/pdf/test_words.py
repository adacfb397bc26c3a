"""Which words there are: turned, invisible and joined letters."""

import pytest

from library.rules.rulebooks.pdf.blocks import blocks_of
from tests.library.rules.rulebooks.pdf.pages import LONG, styled

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
