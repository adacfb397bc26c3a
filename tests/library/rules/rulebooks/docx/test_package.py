"""A DOCX is opened as what it is: a zip that somebody else made, whole, damaged or a trap."""

import io
import zipfile

import pytest

from library.rules.rulebooks.docx import package
from library.rules.rulebooks.docx.package import Package, W, value
from library.rules.rulebooks.tree import NotADocument
from tests.library.rules.rulebooks.docx.parts import element, paragraph, parts


def packed(members: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.fixture
def opened(tmp_path):
    def opening(content: bytes) -> Package:
        path = tmp_path / "rules.docx"
        path.write_bytes(content)
        return Package(path, "rules.docx")

    return opening


def words(of: Package) -> str:
    return " ".join(text.text for text in of.part(of.main).iter(f"{W}t"))


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


def test_the_text_is_in_the_part_that_the_file_names(opened):
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="/word/main.xml"/></Relationships>'
    )
    members = parts(paragraph("Names"))
    members["word/main.xml"] = members.pop("word/document.xml")

    found = opened(packed({**members, "_rels/.rels": relations}))

    assert (found.main, words(found), found.warnings) == ("word/main.xml", "Names", [])


def test_a_file_of_the_strict_standard_is_read_like_any_other(opened):
    strict = {
        name: text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name, text in parts(paragraph("Names")).items()
    }

    assert words(opened(packed(strict))) == "Names"


def test_pictures_are_not_unpacked_however_large_they_are(opened, monkeypatch):
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 1024**2)
    members = {**parts(paragraph("Names")), "word/media/map.bmp": " " * 2 * 1024**2}

    assert words(opened(packed(members))) == "Names"


def test_a_part_is_told_by_its_name_and_one_that_is_not_there_is_none(opened):
    found = opened(packed(parts(header2="", header1="", footer1="")))

    assert found.named("word/header") == ["word/header1.xml", "word/header2.xml"]
    assert found.part("word/comments.xml") is None


def test_a_file_locked_with_a_password_is_refused(opened):
    locked = bytearray(packed(parts(paragraph("Names"))))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(signature)
        while place >= 0:
            locked[place + flags] |= 1
            place = locked.find(signature, place + 1)

    with pytest.raises(NotADocument, match=r"“rules\.docx” is locked with a password; unlock it"):
        opened(bytes(locked))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_part_whose_bytes_are_damaged_keeps_its_words_and_warns(opened, method):
    whole = packed(parts(paragraph("Names"), paragraph("Fees")), method)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        check = archive.getinfo("word/document.xml").CRC.to_bytes(4, "little")
    damaged = opened(whole.replace(check, b"\0\0\0\0"))

    assert words(damaged) == "Names Fees"
    assert damaged.warnings == [
        "The part word/document.xml is damaged; some of its text may be missing."
    ]


def test_a_part_whose_xml_is_damaged_keeps_its_words_and_warns(opened):
    members = parts(paragraph("Names"), paragraph("Fees"))
    members["word/document.xml"] = members["word/document.xml"].replace("</w:body>", "")
    damaged = opened(packed(members))

    assert words(damaged) == "Names Fees"
    assert damaged.warnings == [
        "The part word/document.xml is damaged; some of its text may be missing."
    ]


def test_a_value_is_looked_up_by_the_names_that_lead_to_it():
    properties = element("pPr", '<w:numPr><w:numId w:val="3"/><w:ilvl/></w:numPr>')

    assert value(properties, "numPr", "numId") == "3"
    assert value(properties, "numPr", "ilvl") == ""
    assert value(properties, "ind") is None
    assert value(None, "numPr") is None
