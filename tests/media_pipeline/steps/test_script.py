"""What an author hands in to say what is said: read in order, never run, never unpacked blindly."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from ground.refusals import Refused
from media_pipeline.steps import script
from media_pipeline.steps.script import read_script, read_script_or_cues


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_script_or_cues(path)
    return caught.value.sentence


@pytest.fixture
def document(tmp_path):
    made = docx.Document()

    def save() -> Path:
        made.save(str(tmp_path / "script.docx"))
        return tmp_path / "script.docx"

    made.kept = save
    return made


def test_paragraphs_and_tables_are_read_in_order(document):
    document.add_heading("Welcome")
    document.add_paragraph("First,\ta tab and  spaces.")
    table = document.add_table(2, 2)
    for cell, text in zip([c for row in table.rows for c in row.cells], "abcd", strict=True):
        cell.text = text
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "inner"
    document.add_paragraph("Tŷ, “quoted” – last.")
    lines = [line for line in read_script_or_cues(document.kept()).script.split("\n") if line]
    assert lines == [
        *("Welcome", "First, a tab and spaces.", "a", "b", "c", "d", "inner"),
        "Tŷ, “quoted” – last.",
    ]


def test_words_put_in_by_tracked_changes_count_and_those_struck_out_do_not(document):
    paragraph = document.add_paragraph("Said ")
    for kind, text_tag, text in (("ins", "t", "put in "), ("del", "delText", "struck out ")):
        change, run = OxmlElement(f"w:{kind}"), OxmlElement("w:r")
        words = OxmlElement(f"w:{text_tag}")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("and kept.")
    assert read_script_or_cues(document.kept()).script.strip() == "Said put in and kept."


def test_words_in_a_field_to_be_filled_in_are_read(document):
    inside = document.add_paragraph("In a control.")._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    inside.getparent().replace(inside, control)
    content.append(inside)
    control.append(content)
    assert read_script_or_cues(document.kept()).script.strip() == "In a control."


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_a_document_that_unpacks_to_a_flood_is_refused_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr(script, "MOST_UNPACKED", 2**20)
    monkeypatch.setattr(script, "MOST_PARTS", 20)
    flood = packed(
        tmp_path / "bomb.docx", {"word/document.xml": b"<w/>", "word/media/a": bytes(2**20)}
    )
    assert flood.stat().st_size < 5000
    assert "unpacks to far more than a script needs" in refusal(flood)
    many = {f"word/{number}.xml": b"" for number in range(20)}
    flood = packed(tmp_path / "many.docx", {"word/document.xml": b"<w/>", **many})
    assert "unpacks to far more than a script needs" in refusal(flood)


def test_markup_that_is_small_when_packed_and_huge_in_memory_is_refused_unopened(
    tmp_path, document, monkeypatch
):
    monkeypatch.setattr(script, "MOST_MARKUP", 1_000_000)
    document.add_paragraph("Words.")
    with zipfile.ZipFile(document.kept()) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    flood = {**parts, "word/picture.png": b"<a>" + b"<b/>" * 300_000 + b"</a>"}
    assert "unpacks to far more" in refusal(packed(tmp_path / "flood.docx", flood))
    pictures = {**parts, "word/picture.png": b"\x89PNG" + bytes(1_200_000)}
    assert (
        read_script_or_cues(packed(tmp_path / "pictures.docx", pictures)).script.strip() == "Words."
    )


@pytest.mark.parametrize("part", ["_rels/.rels", "word/_rels/document.xml.rels"])
def test_a_document_whose_parts_are_bound_together_wrongly_is_damaged(tmp_path, document, part):
    document.add_paragraph("Words.")
    with zipfile.ZipFile(document.kept()) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = parts[part].replace(b"Target=", b"Tarket=")
    assert "seems damaged" in refusal(packed(tmp_path / "unbound.docx", parts))


def test_words_that_grow_by_naming_each_other_are_not_followed(tmp_path, document):
    document.add_paragraph("Words.")
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(document.kept()) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head, body = parts["word/document.xml"].split(b"?>", 1)
    parts["word/document.xml"] = head + b"?>" + laughs + body.replace(b"Words.", b"Words.&b;")
    assert "ha" not in read_script_or_cues(packed(tmp_path / "laughs.docx", parts)).script


def test_a_document_with_macros_is_refused(tmp_path, document):
    document.add_paragraph("Words.")
    with zipfile.ZipFile(document.kept(), "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    assert refusal(tmp_path / "script.docx").startswith("This script has macros in it.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 and no archive", "a damaged ZIP archive or office document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an older office document"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b" \n \n", "no words in it"),
        (b"word " * 500_000, "larger than 2 MB"),
        (b"{\\rtf1\x00\x01\x02 words}", "cannot be read as text"),
    ],
)
def test_what_is_no_script_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "script.txt"
    path.write_bytes(content)
    assert sentence in refusal(path)


def test_a_spreadsheet_is_no_script(tmp_path):
    path = packed(tmp_path / "a.docx", {"xl/workbook.xml": b"<w/>"})
    assert "an office document that is not Word’s" in refusal(path)


def test_a_broken_document_is_refused(tmp_path, document):
    document.add_paragraph("Words.")
    with zipfile.ZipFile(document.kept()) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in (("word/document.xml", b"<w:doc"), ("[Content_Types].xml", b"none")):
        broken = packed(tmp_path / "broken.docx", {**parts, name: content})
        assert "the file seems damaged" in refusal(broken)
    parts.pop("_rels/.rels")
    assert "the file seems damaged" in refusal(packed(tmp_path / "no-rels.docx", parts))


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n",
        "1\n00:00:01,000 --> 00:00:02,000\nHello.\n",
        '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
        '<p begin="1s" end="2s">Hello.</p></div></body></tt>',
    ],
)
def test_captions_are_known_by_what_is_in_them(tmp_path, text):
    path = tmp_path / "called-anything"
    path.write_text(text)
    given = read_script_or_cues(path)
    assert (given.script, [(cue.start, cue.end, cue.text) for cue in given.cues]) == (
        "",
        [(1.0, 2.0, "Hello.")],
    )


def test_a_damaged_caption_file_is_not_taken_for_a_script(tmp_path):
    path = tmp_path / "captions.txt"
    path.write_text("1\n00:00:09,000 --> 00:00:02,000\nBackwards.\n")
    assert refusal(path).startswith("Caption 1 of this file")


def test_a_script_that_mentions_an_arrow_is_still_a_script(tmp_path):
    path = tmp_path / "script.txt"
    path.write_text("At 10:30 we go --> there.\n")
    assert read_script_or_cues(path).script == "At 10:30 we go --> there.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_script_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "script.txt"
    file.write_bytes("“Before you start”\r\nTŷ".replace("ŷ", "y").encode(encoding))
    assert read_script(file) == "“Before you start”\nTy"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This script has no words in it"),
        (b"... \n", "This script has no words in it"),
        (b"%PDF-1.7\n", "This script is a PDF document. Save it as plain text"),
        (b"PK\x03\x04......word/document.xml", "This script is a damaged ZIP archive"),
        (b"\x00\x01\x02\x81" * 50, "This script cannot be read as text"),
        (b"a " * 1_100_000, "This script is larger than 2 MB"),
    ],
)
def test_a_script_that_is_no_text_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "script.txt"
    file.write_bytes(content)
    with pytest.raises(Refused, match=f"^{sentence}"):
        read_script(file)
