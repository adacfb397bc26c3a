"""Rules from a DOCX, with the numbers that a word processor draws by itself."""

import io
import zipfile

import pytest

from library.rules.rulebooks.docx import package
from library.rules.rulebooks.docx.blocks import blocks_of
from library.rules.rulebooks.structure import build
from library.rules.rulebooks.tree import NotADocument
from tests.library.rules.rulebooks.outlines import outline

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("upperRoman", "%4.")]


def level(depth: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(level(depth, *each) for depth, each in enumerate(LEVELS))
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "upperRoman", "Article %1.", '<w:pStyle w:val="Heading1"/>')
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr>'
    '<w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Heading1"/>'
    '<w:pPr><w:outlineLvl w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def paragraph(text: str, *, num: int = 0, depth: int = 0, style: str = "") -> str:
    numbered = (
        f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    )
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{runs}</w:p>"


def parts(*body: str, **more: str) -> dict[str, str]:
    named = {"styles": STYLES, "numbering": NUMBERING, **more}
    found = {
        f"word/{name}.xml": f"<w:{name} {SPACE}>{xml}</w:{name}>" for name, xml in named.items()
    }
    text = f"<w:document {SPACE}><w:body>{''.join(body)}</w:body></w:document>"
    return {**found, "word/document.xml": text}


@pytest.fixture
def read(tmp_path):
    def reading(*body: str, members: dict[str, str] | None = None, cut: int = 0, **more: str):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in (members or parts(*body, **more)).items():
                archive.writestr(name, xml)
        path = tmp_path / "rules.docx"
        path.write_bytes(packed.getvalue()[: -cut or None])
        blocks, warnings = blocks_of(path, name="rules.docx")
        made = build(blocks)
        made.warnings[:0] = warnings
        return made

    return reading


def test_lists_of_several_levels_count_restart_and_write_their_numbers(read):
    steps = [
        ("a", 1, 0),
        ("b", 1, 1),
        ("c", 1, 2),
        ("d", 1, 1),
        ("e", 1, 0),
        ("f", 1, 1),
        ("g", 2, 0),
    ]
    reading = read(
        paragraph("Names", style="Heading1"), *(paragraph(t, num=n, depth=d) for t, n, d in steps)
    )

    assert outline(reading.tree) == [
        "article I: Names",
        "  provision 1: a",
        "    provision 1.1: b",
        "      provision a: c",
        "    provision 1.2: d",
        "  provision 2: e",
        "    provision 2.1: f",
        "  provision 7: g",
    ]


def test_styles_carry_headings_and_numbers(read):
    reading = read(
        paragraph("Names", style="Heading1"),
        paragraph("Words", style="Sub"),
        paragraph("Aims", style="Heading1"),
    )

    assert outline(reading.tree) == ["article I: Names", "  clause: Words", "article II: Aims"]


def test_insertions_are_kept_and_what_is_deleted_or_hidden_is_listed(read):
    runs = (
        "<w:r><w:t>Be </w:t></w:r><w:ins><w:r><w:t>very kind</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bold</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>draft</w:t></w:r>"
    )
    reading = read(paragraph("Names", style="Heading1"), paragraph(runs, num=1))

    assert outline(reading.tree)[1:] == ["  provision 1: Be very kind"]
    assert [(left.text, left.reason.split()[0]) for left in reading.left_out] == [
        ("bold", "Deleted"),
        ("draft", "Hidden"),
    ]


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


def test_a_file_cut_in_the_middle_gives_a_tree_and_a_warning(read):
    rules = [paragraph(f"Do {number}.", num=1) for number in range(300)]
    reading = read(*rules, cut=900)

    assert len(reading.tree[0].children) > 20
    assert "damaged" in reading.warnings[0]


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"xl/workbook.xml": "<a/>"}, "no Word document"),
        ({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "document type"),
        ({"word/document.xml": " " * 2 * 1024**2}, "more than 1 MB"),
    ],
    ids=["a workbook", "entities", "a bomb"],
)
def test_what_is_no_document_or_a_trap_is_refused(read, monkeypatch, members, sentence):
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 1024**2)

    with pytest.raises(NotADocument, match=sentence):
        read(members=members)
