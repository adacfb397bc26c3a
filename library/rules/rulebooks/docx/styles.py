"""What a document's paragraph styles say: headings, numbers, indents, what is hidden."""

import re
from dataclasses import dataclass

from library.rules.rulebooks.docx.package import Element, W, value
from library.rules.rulebooks.tree import TITLES

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc ?(?:heading|\d)", re.IGNORECASE)
DEEPEST = 30  # styles based on styles


@dataclass(slots=True)
class ParagraphStyle:
    """What is said of a paragraph. `outline` counts from 1 like headings; 0 is running text."""

    name: str = ""
    outline: int = 0
    num: str | None = None
    depth: int | None = None
    left: int | None = None
    bold: bool = False
    hidden: bool = False

    @property
    def is_contents(self) -> bool:
        return bool(_CONTENTS.fullmatch(self.name))

    @property
    def is_title(self) -> bool:
        return self.name.lower() in TITLES


class Styles:
    """The styles of a document by their identifiers, each with what it is based on."""

    def __init__(self, root: Element | None) -> None:
        self.elements: dict[str, Element] = {}
        self.default = ""
        self._known: dict[str, ParagraphStyle] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            key = style.get(f"{W}styleId", "")
            self.elements[key] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self.default = key

    def of(self, key: str | None) -> ParagraphStyle:
        """Return what a style says, with all that it is based on."""
        key = key or self.default
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def lists(self) -> dict[str, str]:
        """Return the list (numId) that each numbering style names."""
        found = {}
        for key, style in self.elements.items():
            num = value(style, "pPr", "numPr", "numId")
            if style.get(f"{W}type") == "numbering" and num is not None:
                found[key] = num
        return found

    def _read(self, key: str) -> ParagraphStyle:
        said = ParagraphStyle()
        chain: list[Element] = []
        while key in self.elements and len(chain) < DEEPEST:
            chain.append(self.elements[key])
            key = value(chain[-1], "basedOn") or ""
        for style in reversed(chain):
            said.name = value(style, "name") or ""
            if heading := _HEADING.fullmatch(said.name):
                said.outline = int(heading[1])
            properties = style.find(f"{W}pPr")
            if properties is not None:
                apply(said, properties)
            said.bold = is_on(style.find(f"{W}rPr/{W}b"), otherwise=said.bold)
            said.hidden = is_on(style.find(f"{W}rPr/{W}vanish"), otherwise=said.hidden)
        return said


def apply(said: ParagraphStyle, properties: Element) -> None:
    """Put a paragraph's own properties over what is said of it."""
    outline = value(properties, "outlineLvl") or ""
    if outline.isdecimal():
        said.outline = int(outline) + 1 if int(outline) < 9 else 0
    num = value(properties, "numPr", "numId")
    said.num = said.num if num is None else num
    depth = value(properties, "numPr", "ilvl") or ""
    said.depth = int(depth) if depth.isdecimal() else said.depth
    indent = properties.find(f"{W}ind")
    if indent is not None:
        left = indent.get(f"{W}left") or indent.get(f"{W}start") or ""
        said.left = int(left) if left.lstrip("-").isdecimal() else said.left


def is_on(element: Element | None, *, otherwise: bool = False) -> bool:
    """Return whether a property that is on or off is on."""
    if element is None:
        return otherwise
    return element.get(f"{W}val", "1") not in ("0", "false", "off", "none")
