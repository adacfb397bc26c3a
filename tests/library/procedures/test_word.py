"""A procedure in Word: real headings, real numbers, marked gaps, and nothing that XML refuses."""

import datetime
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from library.procedures.outline import Quotation, filled, outline, quoted
from library.procedures.word import Frame, to_docx

FRAME = Frame(
    title="Moderation rules",
    subtitle="Version 3, issued 1 March 2026",
    footer="Sample, not binding",
    origin="Made on 1 April 2026",
    site="https://hub.example",
    made=datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC),
)
LINES = outline(
    [
        ("section", "Scope"),
        ("numbered", ["For [[party_name]] and [[moderators]]."]),
        ("text", "<p>See <b>the <a href='/rules/'>rules</a></b>, <a href='x:y'>no</a></p>"),
        ("text", "<ol><li>one</li></ol><ul><li>point</li></ul>"),
        ("checklist", {"title": "Before", "items": ["Read it."]}),
        ("rule", {"work": "sample", "citation": "1.I"}),
        ("rule", {"work": "sample", "citation": "9.X"}),
    ]
)  # fmt: skip


def document_of(values):
    found = {("sample", "1.I"): Quotation("Sample, 1.I", "A.\nB.", "/rules/sample/1/#I")}
    return Document(BytesIO(to_docx(quoted(filled(LINES, values), found), FRAME)))


def test_headings_are_headings_and_numbers_are_part_of_the_text():
    paragraphs = document_of({"party_name": "Dale"}).paragraphs

    assert [(paragraph.style.name, paragraph.text) for paragraph in paragraphs] == [
        ("Title", "Moderation rules"),
        ("Subtitle", "Version 3, issued 1 March 2026"),
        ("Heading 1", "1\tScope"),
        ("Normal", "1.1\tFor Dale and ________ (moderators)."),
        ("Normal", "See the rules, no"),
        ("Normal", "(a)\tone"),
        ("List Bullet", "point"),
        ("Heading 2", "Before"),
        ("Normal", "☐\tRead it."),
        ("Quote", "Sample, 1.I\nA.\nB."),
        ("Quote", "Rule 9.X (sample)"),
        ("Caption", "Made on 1 April 2026"),
    ]
    gaps = [run.text for run in paragraphs[3].runs if run.font.highlight_color]
    assert gaps == ["________ (moderators)"]


def test_the_document_says_what_it_is_in_its_language_on_every_page():
    document = document_of({})
    properties, section = document.core_properties, document.sections[0]

    assert (properties.title, properties.language) == ("Moderation rules", "en-GB")
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {
        "en-GB"
    }
    assert section.header.paragraphs[0].text == "Moderation rules · Version 3, issued 1 March 2026"
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith("Sample, not binding\tPage ")
    fields = [each.get(qn("w:instr")) for each in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert round(section.page_width.cm, 1) == 21.0
    modes = [
        each.get(qn("w:val"))
        for each in document.settings.element.iter(qn("w:compatSetting"))
        if each.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]


def test_links_lead_to_the_hub_and_nothing_else_runs():
    document = document_of({})

    rels = document.part.rels.values()
    links = {relation.target_ref for relation in rels if relation.is_external}
    assert links == {"https://hub.example/rules/", "https://hub.example/rules/sample/1/#I"}


def test_several_lines_stay_lines_and_what_xml_forbids_is_left_out():
    values = {"moderators": "Ann\nBob\x00\x0b\ud800 <b>&", "party_name": "\ufffe"}

    text = document_of(values).paragraphs[3].text
    assert text == "1.1\tFor  and Ann\nBob <b>&."
