"""Writes a procedure's paragraphs as a Word document that people can cite, mend and adopt."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ground.documents.word import WIDTH, clean, file_of, new_document, set_style
from library.procedures.outline import Kind, OutlineLine, Quotation, Span

MUTED = RGBColor(0x55, 0x55, 0x5C)
LINK = RGBColor(0xA8, 0x00, 0x2B)
HANGING, DEEPER = Cm(1.2), Cm(0.8)
_SAFE_LINK = re.compile(r"(?i)(https?://|mailto:)")
_STYLES = {
    Kind.HEADING: "Heading 1",
    Kind.SUBHEADING: "Heading 2",
    Kind.CHECKLIST: "Heading 2",
    Kind.BULLET: "List Bullet",
    Kind.RULE: "Quote",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the paragraphs, in the language of the document."""

    title: str
    subtitle: str  # below the title: the version and its date
    footer: str  # at the foot of every page; empty where there is nothing to warn of
    origin: str  # the last paragraph: where it comes from
    site: str  # where addresses without a host lead
    made: datetime.datetime
    page_of: tuple[str, str] = ("Page ", " of ")
    language: str = "en-GB"


def to_docx(lines: Iterable[OutlineLine], frame: Frame) -> bytes:
    """Return a Word document: real headings, the numbers as text, so that they stay as cited.

    An empty blank is a marked gap with the name of what is missing.
    """
    document = new_document(title=frame.title, language=frame.language, made=frame.made)
    _set_up(document, frame)
    document.add_paragraph(clean(frame.title), style="Title")
    document.add_paragraph(clean(frame.subtitle), style="Subtitle")
    for line in lines:
        _add(document, line, frame.site)
    document.add_paragraph(clean(frame.origin), style="Caption")
    return file_of(document)


def _add(document: Any, line: OutlineLine, site: str) -> None:
    style = _STYLES.get(line.kind, "Normal")
    if line.kind == Kind.BULLET and line.level:
        style = "List Bullet 2"
    paragraph = document.add_paragraph(style=style)
    if line.kind in (Kind.TEXT, Kind.SUBHEADING, Kind.CHECKLIST):
        paragraph.paragraph_format.left_indent = HANGING  # below the words of what is numbered
    elif line.kind == Kind.BULLET:
        paragraph.paragraph_format.left_indent = HANGING + DEEPER * (line.level + 1)
    elif line.mark:
        _hang(paragraph, line)
        paragraph.add_run(f"{line.mark}\t")
    if line.quotation:
        _quote(paragraph, line.quotation, site)
        return
    for span in line.spans:
        _write(paragraph, span, site)


def _hang(paragraph: Paragraph, line: OutlineLine) -> None:
    """Let the number stand before the words, however long they are."""
    shape = paragraph.paragraph_format
    lower = line.kind in (Kind.STEP, Kind.TASK)
    shape.left_indent = HANGING + (DEEPER * (line.level + 1) if lower else 0)
    shape.first_line_indent = -(DEEPER if lower else HANGING)


def _write(paragraph: Paragraph, span: Span, site: str) -> None:
    url = f"{site}{span.url}" if span.url.startswith("/") else span.url
    if span.key and not span.text:
        run = paragraph.add_run(span.gap)
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    elif _SAFE_LINK.match(url):
        run = _link(paragraph, span.text, url)
    else:
        run = paragraph.add_run(clean(span.text))
    run.bold, run.italic = span.bold or None, span.italic or None


def _quote(paragraph: Paragraph, quotation: Quotation, site: str) -> None:
    _write(paragraph, Span(quotation.cited, bold=True, url=quotation.url), site)
    for words in quotation.text.splitlines():
        paragraph.add_run(f"\n{clean(words)}")


def _link(paragraph: Paragraph, text: str, url: str) -> Run:
    """Add a link that Word opens."""
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    run = paragraph.add_run(clean(text))
    run.font.color.rgb, run.font.underline = LINK, True
    element.append(run._r)
    paragraph._p.append(element)
    return run


def _set_up(document: Any, frame: Frame) -> None:
    _set_styles(document.styles)
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text = f"{clean(frame.title)} · {clean(frame.subtitle)}"
    foot.text = f"{clean(frame.footer)}\t"
    before, between = frame.page_of
    foot.add_run(before)
    _field(foot, "PAGE")
    foot.add_run(between)
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """Add a number that Word keeps right by itself."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    element.append(paragraph.add_run("1")._r)
    paragraph._p.append(element)


def _set_styles(styles: Any) -> None:
    for name, size, before, after in (
        ("Normal", 11, 0, 6),
        ("Title", 22, 0, 4),
        ("Subtitle", 11, 0, 18),
        ("Heading 1", 14, 18, 6),
        ("Heading 2", 12, 12, 4),
        ("List Bullet", 11, 0, 4),
        ("List Bullet 2", 11, 0, 4),
        ("Quote", 10, 6, 10),
        ("Caption", 9, 18, 0),
        ("Header", 9, 0, 0),
        ("Footer", 9, 0, 0),
    ):
        set_style(styles[name], size, before=before, after=after)
    for name in ("Subtitle", "Caption", "Header", "Footer"):
        styles[name].font.color.rgb = MUTED
    for name in ("Title", "Heading 1", "Heading 2"):
        styles[name].font.bold = True
    for name in ("Header", "Footer"):
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    styles["Quote"].paragraph_format.left_indent = HANGING
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
