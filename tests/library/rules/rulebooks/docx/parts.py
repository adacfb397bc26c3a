"""The parts of a DOCX as a word processor writes them, from a few words."""

from lxml import etree

from library.rules.rulebooks.docx.package import Element

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


def element(name: str, xml: str = "") -> Element:
    """Return a part as its root element: "styles", "numbering", or a paragraph, "p"."""
    return etree.fromstring(f"<w:{name} {SPACE}>{xml}</w:{name}>")
