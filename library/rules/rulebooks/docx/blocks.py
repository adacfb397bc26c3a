"""Reads rules from a DOCX file, with the numbers that Word draws by itself.

Insertions of tracked changes are kept, deletions left out and listed; so are hidden words, comments
and running heads and feet.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from library.rules.rulebooks import conservation
from library.rules.rulebooks.docx.lists import Level, Lists
from library.rules.rulebooks.docx.package import Element, Package, W, value
from library.rules.rulebooks.docx.runs import MC, Runs, Words
from library.rules.rulebooks.docx.styles import ParagraphStyle, Styles, apply
from library.rules.rulebooks.pieces import Piece, bold_beginning, plain
from library.rules.rulebooks.tree import Block, Style

TRANSPARENT = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
DELETED = "Deleted in the file’s tracked changes."
HIDDEN = "Hidden in the file."
REMARK = "A comment beside the text."


def blocks_of(path: Path, *, name: str) -> tuple[list[Block], list[str]]:
    """Return a document's blocks, and warnings. Raises NotADocument for what is none."""
    reader = _Reader(Package(path, name))
    return reader.read(), reader.package.warnings


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.folder = package.main.rpartition("/")[0]
        self.styles = Styles(self._part("styles.xml"))
        self.lists = Lists(self._part("numbering.xml"), self.styles.lists())
        self.runs = Runs(self.styles, self._mark)
        self.blocks: list[Block] = []
        self.notes: dict[tuple[str, str], str] = {}  # their numbers, by kind and identifier
        self.indents: list[tuple[int, int]] = []  # of the open items: where text begins, level
        self.carried: list[Piece] = []  # words of a paragraph whose end was deleted
        self.line = 0

    def read(self) -> list[Block]:
        root = self.package.part(self.package.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is not None:
            self._go(body, contents=False)
            if self.carried:
                self._write_words(Words(pieces=self.carried), ParagraphStyle(), False)
        self._read_notes()
        for kind in ("header", "footer"):
            self._beside(kind, "running", "")
        self._beside("comments", "comment", REMARK)
        unread = conservation.unread(_body(body), self.blocks) if body is not None else []
        return [*self.blocks, *unread]

    def _part(self, name: str) -> Element | None:
        return self.package.part(f"{self.folder}/{name}")

    # --- the body --------------------------------------------------------------------------------
    def _go(self, element: Element, *, contents: bool) -> None:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            tag = child.tag.rpartition("}")[2]
            if tag == "p":
                self._paragraph(child, contents)
            elif tag == "tbl":
                self._table(child, contents)
            elif tag in TRANSPARENT:
                self._go(child, contents=contents or _is_contents(child))
            elif child.tag == f"{MC}AlternateContent":
                chosen = child.find(f"{MC}Choice")
                self._go(chosen if chosen is not None else child, contents=contents)
            elif tag in ("del", "moveFrom"):
                self._leave_out("".join(child.itertext()), DELETED)

    def _paragraph(self, paragraph: Element, contents: bool) -> None:
        said, words = self._read_paragraph(paragraph)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self.carried += words.pieces  # its end is deleted: it goes on in the next paragraph
        else:
            words.pieces = [*self.carried, *words.pieces]
            self.carried = []
            self._write_words(words, said, contents or words.contents)
        for box in words.boxes:
            self._go(box, contents=contents)

    def _read_paragraph(self, paragraph: Element) -> tuple[ParagraphStyle, Words]:
        """Return how the next paragraph is set and its words, without those left out."""
        self.line += 1
        said = self._said(paragraph)
        words = self.runs.of(paragraph, bold=said.bold, hidden=said.hidden)
        self._leave_out("".join(words.deleted), DELETED)
        self._leave_out("".join(words.hidden), HIDDEN)
        return said, words

    def _said(self, paragraph: Element) -> ParagraphStyle:
        """Return what is said of a paragraph, by its style and by itself."""
        properties = paragraph.find(f"{W}pPr")
        style_key = value(properties, "pStyle")
        said = replace(self.styles.of(style_key))
        if said.num and said.depth is None:
            said.depth = self.lists.level_of_style(said.num, style_key or "")
        if properties is not None:
            apply(said, properties)
        return said

    def _write_words(self, words: Words, said: ParagraphStyle, contents: bool) -> None:
        text = words.text
        depth = said.depth or 0
        level = self.lists.level(said.num, depth) if said.num and said.num != "0" else None
        if contents or said.is_contents:
            if text:
                self.blocks.append(Block(text, "contents", line=self.line))
            return
        if not text and not (level and _is_numbered(level)):
            return
        label = self.lists.count(said.num or "", depth) if level and text else ""
        if not text:
            return
        block = Block(text, label=label, line=self.line)
        if said.outline:
            block.style, block.level = "heading", said.outline
        elif said.is_title and all(b.style in ("title", "contents") for b in self.blocks):
            block.style = "title"
        elif level and not _is_continuation(level):
            block.style, block.level = "item", depth + 1
            self._indent(level.left or said.left or 0, block.level)
        else:
            block.level = depth + 2 if level else self._level_of_indent(said.left or 0)
            block.run_in = bold_beginning(words.pieces)
        if block.style == "heading":
            self.indents.clear()
        self.blocks.append(block)

    def _indent(self, left: int, level: int) -> None:
        while self.indents and self.indents[-1][1] >= level:
            self.indents.pop()
        self.indents.append((left, level))

    def _level_of_indent(self, left: int) -> int:
        """Return the level of a paragraph that stands under the text of an item, else 0."""
        for indent, level in reversed(self.indents):
            if 0 < indent <= left:
                return level + 1
        self.indents.clear()
        return 0

    # --- tables ----------------------------------------------------------------------------------
    def _table(self, table: Element, contents: bool) -> None:
        if self._is_layout(table):
            for cell in _cells(table):
                self._go(cell, contents=contents)
            return
        block = Block("", "table", line=self.line + 1)
        for row in table.iterchildren(f"{W}tr", f"{W}sdt"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._leave_out(" ".join(row.itertext()), DELETED)
                continue
            cells = [self._cell(cell) for cell in row.iter(f"{W}tc")]
            if any(cells):
                block.rows.append(cells)
        if block.rows:
            block.style = "contents" if contents else "table"
            self.blocks.append(block)

    def _is_layout(self, table: Element) -> bool:
        """Return whether a table only puts things beside each other or frames them."""
        if len(_cells(table)) <= 1 or next(table.iterdescendants(f"{W}tbl"), None) is not None:
            return True
        return any(self._said(paragraph).outline for paragraph in table.iter(f"{W}p"))

    def _cell(self, cell: Element) -> str:
        texts = []
        for paragraph in cell.iter(f"{W}p"):
            said, words = self._read_paragraph(paragraph)
            label = self.lists.count(said.num, said.depth or 0) if said.num and words.text else ""
            texts.append(f"{label} {words.text}".strip())
        return " ".join(text for text in texts if text)

    # --- notes and what stands beside the text ---------------------------------------------------
    def _mark(self, kind: str, key: str) -> str:
        return f"[^{self.notes.setdefault((kind, key), str(len(self.notes) + 1))}]"

    def _read_notes(self) -> None:
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s.xml")
            for note in root.iter(f"{W}{kind}") if root is not None else ():
                if note.get(f"{W}type", "normal") != "normal":
                    continue
                text = " ".join(filter(None, (self._plain(p) for p in note.iter(f"{W}p"))))
                label = self.notes.get((kind, note.get(f"{W}id", "")), "")
                if text:
                    self.blocks.append(Block(text, "footnote", label, line=self.line + 1))

    def _beside(self, part: str, style: Style, reason: str) -> None:
        """List what stands in headers, footers or comments, each text once."""
        known = set()
        for name in self.package.named(f"{self.folder}/{part}"):
            root = self.package.part(name)
            for paragraph in root.iter(f"{W}p") if root is not None else ():
                text = self._plain(paragraph)
                if text and text not in known:
                    known.add(text)
                    self.blocks.append(Block(text, style, line=self.line + 1, reason=reason))

    def _plain(self, paragraph: Element) -> str:
        return Runs(self.styles, lambda _kind, _key: "").of(paragraph).text

    def _leave_out(self, text: str, reason: str) -> None:
        if text.strip():
            self.blocks.append(Block(plain(text), "comment", line=self.line, reason=reason))


def _cells(table: Element) -> list[Element]:
    """Return a table's own cells, without those of tables within them."""
    cells = table.iter(f"{W}tc")
    return [cell for cell in cells if next(cell.iterancestors(f"{W}tbl"), None) is table]


def _is_numbered(level: Level) -> bool:
    return level.format not in ("bullet", "none")


def _is_continuation(level: Level) -> bool:
    """Return whether a list draws nothing: its paragraphs go on with the item above them."""
    return level.format in ("bullet", "none") and not level.text.strip()


def _is_contents(element: Element) -> bool:
    gallery = value(element, "sdtPr", "docPartObj", "docPartGallery")
    return "contents" in (gallery or "").lower()


def _body(body: Element) -> Iterator[tuple[int, str]]:
    """Yield the words of the body, in another way than they were gathered."""
    for number, paragraph in enumerate(body.iter(f"{W}p"), start=1):
        if next(paragraph.iterancestors(f"{MC}Fallback"), None) is None:
            yield (
                number,
                "".join(
                    text.text or ""
                    for text in paragraph.iter(f"{W}t", f"{W}delText")
                    if next(text.iterancestors(f"{W}p")) is paragraph
                ),
            )
