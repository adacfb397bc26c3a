"""Word documents as every one of ours begins: its language, its title, A4, one typeface."""

import datetime
import re
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"
INK = RGBColor(0x1B, 0x1B, 0x1F)
MARGIN = Cm(2.5)
WIDTH = Cm(21.0) - 2 * MARGIN  # of the text
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_THEMES = [qn(f"w:{name}Theme") for name in ("ascii", "hAnsi", "eastAsia", "cs")]


def new_document(*, title: str, language: str, made: datetime.datetime | None = None) -> Any:
    """Return an empty document on A4, which says its title and language and names nobody.

    `made` is when it says that it was made; without one it says nothing of that.
    """
    document = Document()
    properties = document.core_properties
    properties.title, properties.language = clean(title)[:255], language
    properties.author = properties.last_modified_by = properties.comments = ""
    if made:
        utc = made.astimezone(datetime.UTC).replace(tzinfo=None)
        properties.created = properties.modified = utc
    for written in document.styles.element.iter(qn("w:lang")):
        written.set(qn("w:val"), language)
    _set_compatibility(document.settings.element)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    return document


def set_style(style: Any, size: float, *, before: float = 0, after: float = 6) -> None:
    """Give a style our typeface and ink; its size, and the space before and after, in points."""
    font = style.font
    font.name, font.size, font.color.rgb = FONT, Pt(size), INK
    font.bold = font.italic = False
    fonts = style.element.rPr.rFonts
    for theme in _THEMES:  # it would win over the name
        fonts.attrib.pop(theme, None)
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.15


def clean(text: str) -> str:
    """Return a text without what XML forbids."""
    return _FORBIDDEN.sub("", text)


def file_of(document: Any) -> bytes:
    """Return a document as the bytes of its file."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _set_compatibility(settings: Any) -> None:
    """Say that the file is of today's Word, which else opens it as one of an older version."""
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
