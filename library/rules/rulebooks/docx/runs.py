"""The words of a paragraph: what is said, what is deleted or hidden, what stands in boxes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from library.rules.rulebooks.docx.package import Element, W, value
from library.rules.rulebooks.docx.styles import Styles, is_on
from library.rules.rulebooks.pieces import Piece, plain

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACES = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": " ", f"{W}cr": " "}
_SYMBOLS = {  # what fonts of signs draw for a code of their own
    "Symbol": {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•"},
    "Wingdings": {
        0x6F: "□", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xFC: "✔", 0xFE: "☑",
    },
}  # fmt: skip
_UNKNOWN_SIGN = "\ufffd"
_DELETED = {f"{W}del", f"{W}moveFrom"}
_UNREAD = {f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delInstrText", f"{W}sdtPr", f"{W}sdtEndPr"}


@dataclass
class Words:
    """A paragraph's words in order, each with whether it is bold; and what is not among them."""

    pieces: list[Piece] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    contents: bool = False  # whether any of it stands in the field of a contents page

    @property
    def text(self) -> str:
        return plain("".join(text for text, _bold in self.pieces))


class Runs:
    """Reads the runs of paragraphs; fields may go on from one paragraph into the next."""

    def __init__(self, styles: Styles, mark: Callable[[str, str], str]) -> None:
        """`mark(kind, id)` returns the mark of a footnote or endnote."""
        self.styles = styles
        self.mark = mark
        self.fields: list[str] = []  # the instructions of those that are open

    def of(self, paragraph: Element, *, bold: bool = False, hidden: bool = False) -> Words:
        """Return the words of a paragraph whose style says whether it is bold or hidden."""
        words = Words(contents=self._in_contents())
        self._read(paragraph, words, bold, hidden, deleted=False)
        return words

    def _read(
        self, element: Element, words: Words, bold: bool, hidden: bool, *, deleted: bool
    ) -> None:
        for child in element:
            tag = child.tag
            if tag in _UNREAD or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                self._run(child, words, bold, hidden, deleted=deleted)
            elif tag == f"{W}fldSimple" and _is_contents(child.get(f"{W}instr", "")):
                words.contents = True
                self._read(child, words, bold, hidden, deleted=deleted)
            elif tag == f"{MC}AlternateContent":
                choice = child.find(f"{MC}Choice")
                chosen = choice if choice is not None else child.find(f"{MC}Fallback")
                if chosen is not None:
                    self._read(chosen, words, bold, hidden, deleted=deleted)
            elif tag == f"{W}txbxContent":
                words.boxes.append(child)
            elif tag == f"{M}t":
                self._say(words, child.text or "", bold, hidden, deleted)
            elif tag not in (f"{W}p", f"{W}tbl"):
                gone = deleted or tag in _DELETED
                self._read(child, words, bold, hidden, deleted=gone)

    def _run(self, run: Element, words: Words, bold: bool, hidden: bool, *, deleted: bool) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            if named := value(properties, "rStyle"):
                style = self.styles.of(named)
                bold, hidden = bold or style.bold, hidden or style.hidden
            bold = is_on(properties.find(f"{W}b"), otherwise=bold)
            hidden = is_on(properties.find(f"{W}vanish"), otherwise=hidden)
        for child in run:
            tag = child.tag
            if tag in (f"{W}t", f"{W}delText"):
                gone = deleted or tag == f"{W}delText"
                self._say(words, child.text or "", bold, hidden, gone)
            elif tag in _SPACES:
                self._say(words, _SPACES[tag], bold, hidden, deleted)
            elif tag == f"{W}sym":
                self._say(words, _symbol(child), bold, hidden, deleted)
            elif tag == f"{W}noBreakHyphen":
                self._say(words, "-", bold, hidden, deleted)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
                if not deleted:
                    self._say(words, self.mark(kind, child.get(f"{W}id", "")), bold, hidden, False)
            elif tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType", ""), words)
            elif tag == f"{W}instrText" and self.fields:
                self.fields[-1] += child.text or ""
                words.contents = words.contents or self._in_contents()
            elif tag in (f"{W}pict", f"{W}drawing", f"{W}object", f"{MC}AlternateContent"):
                self._boxes(child, words)

    def _boxes(self, element: Element, words: Words) -> None:
        """Find text boxes; a second form for older programs says the same again."""
        if element.tag == f"{MC}Fallback" and element.getparent().find(f"{MC}Choice") is not None:
            return
        for child in element:
            if child.tag == f"{W}txbxContent":
                words.boxes.append(child)
            elif isinstance(child.tag, str):
                self._boxes(child, words)

    def _field(self, kind: str, words: Words) -> None:
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()
        words.contents = words.contents or self._in_contents()

    def _in_contents(self) -> bool:
        return any(_is_contents(instruction) for instruction in self.fields)

    @staticmethod
    def _say(words: Words, text: str, bold: bool, hidden: bool, deleted: bool) -> None:
        if deleted:
            words.deleted.append(text)
        elif hidden:
            words.hidden.append(text)
        else:
            words.pieces.append((text, bold))


def _is_contents(instruction: str) -> bool:
    return instruction.strip().upper().startswith("TOC")


def _symbol(element: Element) -> str:
    """Return the character that a sign inserted from a font stands for."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return _UNKNOWN_SIGN
    if 0xF000 <= code <= 0xF0FF:
        return _SYMBOLS.get(element.get(f"{W}font", ""), {}).get(code - 0xF000, _UNKNOWN_SIGN)
    return chr(code) if 0x20 <= code < 0xD800 else _UNKNOWN_SIGN
