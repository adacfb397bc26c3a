"""A Word file of ours says its language and title, names nobody, and is drawn in one typeface."""

import datetime
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ground.documents.word import FONT, clean, file_of, new_document, set_style

MADE = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))


def reopened(**fields):
    document = new_document(**{"title": "Rules", "language": "cy", **fields})
    return Document(BytesIO(file_of(document)))


def test_it_says_its_language_its_title_and_when_it_was_made_and_names_nobody():
    document = reopened(title="Of\x0b rules" + "x" * 300, made=MADE)

    properties = document.core_properties
    assert properties.title == ("Of rules" + "x" * 300)[:255]
    assert properties.language == "cy"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    utc = datetime.datetime(2026, 11, 21, 11, tzinfo=datetime.UTC)
    assert (properties.created, properties.modified) == (utc, utc)
    spoken = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"cy"}


def test_it_stands_on_a4_and_opens_as_a_file_of_todays_word():
    document = reopened()

    (section,) = document.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert abs(section.left_margin - Cm(2.5)) < Pt(1)
    modes = [
        each.get(qn("w:val"))
        for each in document.settings.element.iter(qn("w:compatSetting"))
        if each.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]


def test_a_style_has_our_typeface_whatever_the_theme_says():
    document = new_document(title="Rules", language="en-GB")
    style = document.styles["Heading 1"]
    set_style(style, 14, before=18, after=6)

    fonts = style.element.rPr.rFonts
    assert style.font.name == fonts.get(qn("w:cs")) == FONT
    assert not [name for name in fonts.attrib if name.endswith("Theme")]
    assert (style.font.size, style.paragraph_format.space_before) == (Pt(14), Pt(18))


def test_what_xml_forbids_is_left_out_and_nothing_else():
    assert clean("a\x00b\x0bc\ud800d\uffffe\tf\ng é “q”") == "abcde\tf\ng é “q”"
