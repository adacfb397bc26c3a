"""What is said of a paragraph is said by its style, by those it is based on, and by itself."""

import pytest

from library.rules.rulebooks.docx.styles import ParagraphStyle, Styles, apply
from tests.library.rules.rulebooks.docx.parts import element, paragraph
from tests.library.rules.rulebooks.outlines import outline


def style(key: str, name: str, *, based: str = "", own: str = "", runs: str = "", more: str = ""):
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}" {more}><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{own}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
    )


def styles(*written: str) -> Styles:
    return Styles(element("styles", "".join(written)))


def test_styles_carry_headings_and_numbers(read):
    reading = read(
        paragraph("Names", style="Heading1"),
        paragraph("Words", style="Sub"),
        paragraph("Aims", style="Heading1"),
    )

    assert outline(reading.tree) == ["article I: Names", "  clause: Words", "article II: Aims"]


def test_a_style_says_what_it_is_based_on_says_but_for_what_it_says_itself():
    known = styles(
        style(
            "Base", "heading 2", own='<w:ind w:left="720"/>', runs="<w:b/><w:vanish w:val='true'/>"
        ),
        style(
            "Rule", "Rule", based="Base", own='<w:ind w:start="360"/>', runs="<w:vanish w:val='0'/>"
        ),
    )

    assert known.of("Rule") == ParagraphStyle("Rule", outline=2, left=360, bold=True, hidden=False)


def test_a_paragraph_without_a_style_has_the_default_and_an_unknown_style_says_nothing():
    known = styles(style("Body", "Body text", runs="<w:b/>", more='w:default="1"'))

    assert known.of(None) == ParagraphStyle("Body text", bold=True)
    assert known.of("Lost") == ParagraphStyle()
    assert Styles(None).of(None) == ParagraphStyle()


def test_styles_based_on_each_other_in_a_circle_are_read_all_the_same():
    known = styles(
        style("A", "A", based="B", runs="<w:b/>"),
        style("B", "B", based="A", own='<w:ind w:left="5"/>'),
    )

    assert known.of("A") == ParagraphStyle("A", left=5, bold=True)


@pytest.mark.parametrize(
    ("name", "outline", "contents", "title"),
    [
        ("heading 1", 1, False, False),
        ("Heading 9", 9, False, False),
        ("heading one", 0, False, False),
        ("toc 2", 0, True, False),
        ("TOC Heading", 0, True, False),
        ("Title", 0, False, True),
        ("Subtitle", 0, False, True),
    ],
)
def test_the_names_of_styles_tell_headings_contents_and_titles(name, outline, contents, title):
    said = styles(style("Key", name)).of("Key")

    assert (said.outline, said.is_contents, said.is_title) == (outline, contents, title)


def test_what_a_paragraph_says_itself_stands_over_its_style():
    said = ParagraphStyle("heading 1", outline=1, num="3", depth=0, left=720)

    apply(
        said,
        element(
            "pPr",
            '<w:outlineLvl w:val="9"/><w:numPr><w:ilvl w:val="2"/><w:numId w:val="0"/></w:numPr>'
            '<w:ind w:left="wide"/>',
        ),
    )

    assert said == ParagraphStyle("heading 1", outline=0, num="0", depth=2, left=720)


def test_a_numbering_style_names_its_list():
    named = '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr>'
    known = styles(
        f'<w:style w:type="numbering" w:styleId="Rules">{named}</w:style>',
        f'<w:style w:type="paragraph" w:styleId="Heading1">{named}</w:style>',
    )

    assert known.lists() == {"Rules": "4"}
