"""A paragraph's words are those that a reader of the printed page would see."""

import pytest

from library.rules.rulebooks.docx.runs import Runs, Words
from library.rules.rulebooks.docx.styles import Styles
from tests.library.rules.rulebooks.docx.parts import element, paragraph
from tests.library.rules.rulebooks.outlines import outline

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text: str, own: str = "") -> str:
    return f'<w:r><w:rPr>{own}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(kind: str, instruction: str = "") -> str:
    told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>" if instruction else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{told}'


def read(*inside: str, styles: str = "", **said: bool) -> Words:
    runs = Runs(Styles(element("styles", styles)), lambda kind, key: f"[^{kind} {key}]")
    return runs.of(element("p", "".join(inside)), **said)


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


def test_what_was_moved_is_said_once_where_it_was_moved_to():
    words = read(
        f"<w:moveFrom>{run('In May. ')}</w:moveFrom>",
        run("The meeting is held. "),
        f"<w:moveTo>{run('In May.')}</w:moveTo>",
    )

    assert words.text == "The meeting is held. In May."
    assert words.deleted == ["In May. "]


def test_tabs_breaks_hyphens_and_formulas_are_characters():
    words = read(
        "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>vice</w:t><w:noBreakHyphen/>"
        "<w:t>chair</w:t></w:r>",
        f"<m:oMath {M}><m:r><m:t> n+1</m:t></m:r></m:oMath>",
    )

    assert words.text == "one two vice-chair n+1"


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Arial", "00A7", "§"),
        ("Wingdings", "F0E0", "→"),
        ("Symbol", "F0B0", "°"),
        ("Webdings", "F0E0", "\ufffd"),
        ("Arial", "D800", "\ufffd"),
        ("Arial", "section", "\ufffd"),
    ],
)
def test_a_sign_inserted_from_a_font_is_a_character_and_an_unknown_one_is_seen(font, code, sign):
    words = read(f'<w:r><w:sym w:font="{font}" w:char="{code}"/><w:t>4</w:t></w:r>')

    assert words.text == f"{sign}4"


def test_of_two_forms_of_the_same_the_one_for_newer_programs_is_read():
    box = "<w:txbxContent><w:p/></w:txbxContent>"
    two_forms = (
        f"<mc:AlternateContent {MC}><mc:Choice>{{}}</mc:Choice>"
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    )
    words = read(
        two_forms.format(run("new"), run("old")),
        f"<w:r>{two_forms.format(box, f'<w:pict>{box}</w:pict>')}</w:r>",
        f"<mc:AlternateContent {MC}><mc:Fallback>{run(' only')}</mc:Fallback>"
        "</mc:AlternateContent>",
    )

    assert words.text == "new only"
    assert len(words.boxes) == 1


def test_a_field_is_read_by_its_result_not_by_its_instruction():
    words = read(
        run("See page "),
        field("begin", " PAGEREF names "),
        field("separate"),
        run("4"),
        field("end"),
    )

    assert words.text == "See page 4"
    assert not words.contents


def test_a_contents_field_goes_on_over_paragraphs_until_it_ends():
    runs = Runs(Styles(None), lambda _kind, _key: "")
    paragraphs = [
        field("begin", ' TOC \\o "1-3" ') + field("separate") + run("Names 1"),
        run("Fees 2") + field("begin", " PAGEREF x ") + field("end"),
        run("Votes 3") + field("end"),
        run("Chapter 1"),
    ]

    assert [runs.of(element("p", each)).contents for each in paragraphs] == [
        True,
        True,
        True,
        False,
    ]
    assert read(f'<w:fldSimple w:instr="TOC">{run("Names 1")}</w:fldSimple>').contents


def test_each_piece_says_whether_it_is_bold_whatever_the_paragraph_is():
    assert read(run("All of it"), bold=True).pieces == [("All of it", True)]
    light = run("this", "<w:b w:val='0'/>")
    assert read(run("Not "), light, bold=True).pieces == [("Not ", True), ("this", False)]


def test_a_style_of_characters_makes_words_bold_or_hides_them():
    styles = (
        '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    words = read(
        run("Fees. ", '<w:rStyle w:val="Strong"/>'),
        run("Ask Ann.", '<w:rStyle w:val="Note"/>'),
        run("Ten."),
        styles=styles,
    )

    assert words.pieces == [("Fees. ", True), ("Ten.", False)]
    assert words.hidden == ["Ask Ann."]


def test_notes_leave_their_marks_but_not_where_the_mark_was_deleted():
    words = read(
        '<w:r><w:t>Pay.</w:t><w:footnoteReference w:id="2"/><w:endnoteReference w:id="3"/></w:r>',
        '<w:del><w:r><w:footnoteReference w:id="4"/></w:r></w:del>',
    )

    assert words.text == "Pay.[^footnote 2][^endnote 3]"
    assert words.deleted == []
