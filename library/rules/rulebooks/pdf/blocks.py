"""Makes a PDF's blocks: text in reading order, and what is no text of the book."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from library.rules.rulebooks.pdf.contents import contents_lines
from library.rules.rulebooks.pdf.footnotes import footnotes_of, mark_of
from library.rules.rulebooks.pdf.furniture import without_furniture
from library.rules.rulebooks.pdf.headings import Drawn, is_heading, titles_of
from library.rules.rulebooks.pdf.hyphenation import KnownWords
from library.rules.rulebooks.pdf.levels import Indents, heading_levels
from library.rules.rulebooks.pdf.lines import Line, in_reading_order, text_of, usual_size
from library.rules.rulebooks.pdf.measures import measured
from library.rules.rulebooks.pdf.paragraphs import paragraphs_of
from library.rules.rulebooks.pdf.tables import STANDS_FOR, Table, aligned_tables, without_tables
from library.rules.rulebooks.pdf.words import Page, Word, pages_of
from library.rules.rulebooks.tree import Block, Style

HIDDEN = "Drawn invisibly, turned, or beside the page; look whether it belongs to the text."
_AT_MARGIN = 9.0  # times the leading: the white above what begins a column


@dataclass(slots=True)
class _Leaf:
    """A page, taken apart. `tables` are found by the identity of the word in their place."""

    page: Page
    lines: list[Line]
    notes: list[list[Line]]
    furniture: list[Line]
    tables: dict[int, Table] = field(default_factory=dict)

    def edge(self, *, head: bool) -> list[Line]:
        """Return the furniture at the page's head, or that at its foot."""
        return [line for line in self.furniture if (line.y > self.page.height / 2) == head]


def blocks_of(path: Path) -> list[Block]:
    """Return the text of a PDF as blocks in reading order.

    Raises NotADocument, with a sentence, for a file that is locked, damaged, too long or without
    text.
    """
    pages = pages_of(path)
    body = usual_size(word for page in pages for word in page.words)
    return _Blocks(_leaves(pages, body), body).all()


def _leaves(pages: Sequence[Page], body: float) -> list[_Leaf]:
    made = []
    column = 0
    for page, (words, furniture) in zip(pages, without_furniture(pages, body), strict=True):
        rest, ruled = without_tables(page, words)
        lines, aligned = _without_aligned(in_reading_order(page, rest, column))
        column = max((line.column for line in lines), default=column) + 1
        text, notes = footnotes_of(lines, page.rules, body)
        tables = {id(table.place): table for table in (*ruled, *aligned)}
        made.append(_Leaf(page, text, notes, furniture, tables))
    return made


def _without_aligned(lines: list[Line]) -> tuple[list[Line], list[Table]]:
    """Put one line in the place of each table that no rules are drawn around."""
    tables = []
    for start, end, rows in reversed(aligned_tables(lines)):
        first = lines[start]
        right = max(line.x1 for line in lines[start:end])
        place = Word(STANDS_FOR, first.x0, right, first.y, first.size, bold=False)
        tables.append(Table(place, rows))
        stand_in = Line([place], first.page, first.left, first.right, first.column)
        lines = [*lines[:start], stand_in, *lines[end:]]
    return lines, tables


class _Blocks:
    def __init__(self, leaves: list[_Leaf], body: float) -> None:
        self.leaves = leaves
        self.lines = [line for leaf in leaves for line in leaf.lines]
        self.tables = {key: table for leaf in leaves for key, table in leaf.tables.items()}
        self.measures = measured(self.lines, body)
        self.vocabulary = KnownWords(line.text for line in self.lines)
        self.marks = {
            leaf.page.number: {mark_of(note[0]) for note in leaf.notes} - {""} for leaf in leaves
        }
        self.numbers = {id(line): number for number, line in enumerate(_all(leaves), start=1)}

    def all(self) -> list[Block]:
        """Return all blocks; what is no text stands at the head or the foot of its page."""
        text: dict[int | None, list[Block]] = {}
        for block in self._text():
            text.setdefault(block.page, []).append(block)
        made: list[Block] = []
        note: Block | None = None
        for leaf in self.leaves:
            page = leaf.page.number
            made.extend(self._block(line, line.text, "running") for line in leaf.edge(head=True))
            made.extend(text.get(page, []))
            for lines in leaf.notes:
                note = self._note(lines, note, made)
            made.extend(self._block(line, line.text, "running") for line in leaf.edge(head=False))
            for words in leaf.page.hidden:
                made.append(Block(words, "comment", page=page, reason=HIDDEN))
        return made

    def _text(self) -> list[Block]:
        contents = contents_lines(self.lines, len(self.leaves))
        made: list[Block | Drawn] = []
        stretch: list[Line] = []
        for index, line in enumerate(self.lines):
            table = self._table(line)
            if table is None and index not in contents:
                stretch.append(line)
                continue
            made.extend(self._drawn(stretch))
            stretch = []
            made.extend(table or [self._block(line, line.text, "contents")])
        made.extend(self._drawn(stretch))
        return self._styled(made)

    # --- paragraphs ------------------------------------------------------------------------------
    def _drawn(self, lines: list[Line]) -> Iterator[Drawn]:
        before: Line | None = None
        for paragraph in paragraphs_of(lines, self.measures):
            gap = _AT_MARGIN
            if before is not None and before.column == paragraph.first.column:
                gap = (before.y - paragraph.first.y) / self.measures.leading
            yield Drawn(paragraph, self._words(paragraph.texts, paragraph.first.page), gap)
            before = paragraph.last

    def _words(self, lines: Iterable[Sequence[Word]], page: int) -> str:
        """Return lines as one text, in which the marks of the page's footnotes are "[^1]"."""
        marks = self.marks[page] | self.marks.get(page + 1, set())
        return self.vocabulary.joined([_marked(words, marks) for words in lines])

    def _styled(self, made: list[Block | Drawn]) -> list[Block]:
        """Say of each paragraph whether it is a title, heading, item or paragraph."""
        drawn = [one for one in made if isinstance(one, Drawn)]
        title, leading = titles_of(drawn, self.measures)
        headings = [one for one in drawn[leading:] if is_heading(one, self.measures)]
        levels = {
            id(one): level for one, level in zip(headings, heading_levels(headings), strict=True)
        }
        items = [one.paragraph for one in drawn if id(one) not in levels and _is_item(one)]
        indents = Indents(items, self.measures)
        front = {id(one): index == title for index, one in enumerate(drawn[:leading])}
        blocks: list[Block] = []
        for one in made:
            if isinstance(one, Block):
                blocks.append(one)
            elif id(one) in front:
                line = one.paragraph.first
                blocks.append(
                    self._block(line, one.words, "title" if front[id(one)] else "paragraph")
                )
            elif id(one) in levels:
                indents.close()
                blocks.append(self._heading(one, levels[id(one)]))
            elif _is_item(one):
                blocks.append(self._item(one, indents.item(one.paragraph)))
            else:
                blocks.append(self._paragraph(one, indents))
        return blocks

    def _heading(self, drawn: Drawn, level: int) -> Block:
        block = self._block(drawn.paragraph.first, drawn.text, "heading")
        block.label, block.level = drawn.paragraph.label, level
        return block

    def _item(self, drawn: Drawn, level: int) -> Block:
        block = self._block(drawn.paragraph.first, drawn.text, "item")
        # Word processors draw a bullet as an "o" of a fixed width.
        block.label = "•" if drawn.paragraph.label == "o" else drawn.paragraph.label
        block.level = level
        return block

    def _paragraph(self, drawn: Drawn, indents: Indents) -> Block:
        paragraph = drawn.paragraph
        block = self._block(paragraph.first, drawn.words, "paragraph")
        block.level = indents.unnumbered(
            min(self.measures.indent(line, line.x0) for line in paragraph.lines[:2])
        )
        words = [word for words in paragraph.texts for word in words]
        strong = text_of(takewhile(lambda word: word.bold, words))
        if not self.measures.bold and block.text.startswith(strong):
            block.run_in = len(strong)
        return block

    # --- tables, footnotes, furniture ------------------------------------------------------------
    def _table(self, line: Line) -> list[Block] | None:
        places = [word for word in line.words if id(word) in self.tables]
        if not places:
            return None
        blocks = []
        for place in places:
            block = self._block(line, "", "table")
            block.rows = [
                [self._words([part.words for part in cell], line.page) for cell in row]
                for row in self.tables[id(place)].rows
            ]
            blocks.append(block)
        beside = [word for word in line.words if id(word) not in self.tables]
        if beside:
            blocks.append(self._block(line, text_of(beside), "paragraph"))
        return blocks

    def _note(self, lines: list[Line], before: Block | None, made: list[Block]) -> Block:
        """Add a footnote to those made, or to the one that goes on from the page before."""
        mark = mark_of(lines[0])
        words = [
            lines[0].words[1:] if mark else lines[0].words,
            *(line.words for line in lines[1:]),
        ]
        text = self.vocabulary.joined([text_of(of_line) for of_line in words])
        if not mark and before is not None:
            before.text = self.vocabulary.joined([before.text, text])
            return before
        block = self._block(lines[0], text, "footnote")
        block.label = mark
        made.append(block)
        return block

    def _block(self, line: Line, text: str, style: Style) -> Block:
        return Block(text, style, page=line.page, line=self.numbers.get(id(line), 0))


def _all(leaves: Iterable[_Leaf]) -> Iterator[Line]:
    """Yield all lines as they are counted, page by page."""
    for leaf in leaves:
        yield from leaf.edge(head=True)
        yield from leaf.lines
        for note in leaf.notes:
            yield from note
        yield from leaf.edge(head=False)


def _is_item(drawn: Drawn) -> bool:
    return drawn.paragraph.labelled == 1


def _marked(words: Sequence[Word], marks: set[str]) -> str:
    """Return a line's words, with its footnote marks written as "[^1]"."""
    parts = []
    for word in words:
        known = word.raised and word.text in marks
        text = f"[^{word.text}]" if known else word.text
        parts.append(text if word.glued or known else f" {text}")
    return "".join(parts).strip()
