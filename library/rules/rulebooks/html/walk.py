"""Goes through a page's elements and writes its blocks down as a browser would draw them."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from library.rules.rulebooks.html.counters import Counters, values_of_items
from library.rules.rulebooks.html.notes import Notes
from library.rules.rulebooks.html.styles import Element, Styles
from library.rules.rulebooks.pieces import Piece, bold_beginning, plain
from library.rules.rulebooks.tree import TITLES, Block, Style

SILENT = {"script", "style", "head", "template", "noscript", "svg", "object", "iframe", "title"}
SILENT |= {"meta", "link", "base", "col", "colgroup", "input", "select", "textarea", "video"}
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "del",
    "button",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BOLD = {"b", "strong"}
BOLD_WEIGHT = 600  # from which on a browser draws a font's bold face
_CONTENTS = re.compile(r"(?:^|[\s_-])(?:toc|contents|table-of-contents)(?:$|[\s_-])", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list:\s*\S+\s+level(\d)", re.IGNORECASE)
_FLAT_LEVEL = re.compile(r"lst-kix_\w+-(\d)")


@dataclass
class _List:
    """A list that is open: how deep it stands, and the values of its items."""

    level: int
    values: dict[Element, int] = field(default_factory=dict)


@dataclass
class _Writing:
    """What is being written down: text with its boldness, and what it will be."""

    style: Style = "paragraph"
    label: str = ""
    level: int = 0
    pieces: list[Piece] = field(default_factory=list)
    line: int = 0
    reason: str = ""


class Walk:
    """`blocks` are those of the page once `go` has been called."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.kept = list(root.iter())  # lxml forgets elements that nobody holds
        self.styles = Styles(root)
        self.counters = Counters(self.styles)
        self.notes = Notes(root)
        self.blocks: list[Block] = []
        self.writing = _Writing()
        self.lists: list[_List] = []
        self.bold = 0
        self.apart: list[tuple[Element, Style, str]] = []  # inside what is no running text

    def go(self) -> list[Block]:
        skipped: Element | None = None
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._add(element.tail)
                continue
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                if element.tag in SILENT or self._take_whole(element):
                    skipped = element
                else:
                    self._start(element)
                    self._add(element.text)
            else:
                self._end(element)
                self._add(element.tail)
        self._flush()
        return self.blocks

    # --- what is taken as one piece, or not at all -----------------------------------------------
    def _take_whole(self, element: Element) -> bool:
        """Take marks, hidden parts, deleted words and tables at once; return whether it was one."""
        if element in self.notes.marks:
            self._add(f"[^{self.notes.marks[element]}]")
        elif element in self.notes.back:
            return True
        elif self._is_hidden(element):
            self._beside(element, "Hidden on the page.")
        elif element.tag == "del":
            self._beside(element, "Struck out as deleted.")
        elif element.tag in ("ul", "ol") and self._is_list_of_links(element):
            self._flush()
            self._contents_of(element)
        elif element.tag == "table" and not _is_layout(element):
            self._flush()
            self._table(element)
        else:
            return False
        return True

    def _is_hidden(self, element: Element) -> bool:
        return (
            element.get("hidden") is not None
            or self.styles.word(element, "display") == "none"
            or self.styles.word(element, "visibility") == "hidden"
        )

    def _is_list_of_links(self, element: Element) -> bool:
        """Return whether all the words of a list are links to places of the same page."""
        if self.apart:
            return False
        links = [a for a in element.iter("a") if (a.get("href") or "").startswith("#")]
        if len(links) < 3:
            return False
        words = _squeezed("".join(_texts(element)))
        linked = _squeezed("".join("".join(_texts(link)) for link in links))
        marks = any(link in self.notes.marks for link in links)
        return bool(words) and not marks and len(linked) >= 0.9 * len(words)

    def _beside(self, element: Element, reason: str) -> None:
        text = plain("".join(_texts(element)))
        if text:
            line = element.sourceline or 0
            self.blocks.append(Block(text, "comment", line=line, reason=reason))

    def _contents_of(self, element: Element) -> None:
        for item in element.iter("li", "p"):
            text = plain("".join(_texts(item, but={"ul", "ol"})))
            if text:
                self.blocks.append(Block(text, "contents", line=item.sourceline or 0))
        if element.text and element.text.strip():
            self.blocks.append(Block(plain(element.text), "contents", line=element.sourceline or 0))

    def _table(self, element: Element) -> None:
        block = Block("", "table", line=element.sourceline or 0, level=self._paragraph_level())
        for caption in element.iter("caption"):
            self._begin("paragraph", caption)
            self._add(self._words_of(caption))
            self._flush()
        for row in element.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            block.rows.append([self._words_of(cell) for cell in cells])
        if any(any(row) for row in block.rows):
            self.blocks.append(block)

    def _words_of(self, element: Element) -> str:
        """Return the words of a cell, with the marks of footnotes as such."""
        return plain("".join(_texts(element, marks=self.notes.marks)))

    # --- elements as they come --------------------------------------------------------------------
    def _start(self, element: Element) -> None:
        tag = element.tag
        drawn = self.counters.enter(element)
        self.bold += self._is_bold(element)
        if element in self.notes.bodies:
            self._flush()
            self.apart.append((element, "footnote", self.notes.bodies[element]))
        elif style := self._apart_style(element):
            self._flush()
            self.apart.append((element, style, ""))
        if tag in HEADINGS or element.get("role") == "heading":
            self._heading(element)
        elif tag in ("ol", "ul"):
            self._open_list(element)
        elif tag == "li":
            self._item(element)
        elif tag == "br":
            self._add(" ")
        elif tag == "img":
            self._add(element.get("alt") or "")
        elif tag not in INLINE:
            self._begin("paragraph", element)
            if found := _WORD_LEVEL.search(element.get("style") or ""):
                self.writing.style, self.writing.level = "item", int(found[1])
        if drawn:
            self._draw(drawn)

    def _end(self, element: Element) -> None:
        tag = element.tag
        after = self.counters.leave(element)
        if after and any(character.isalnum() for character in after):
            self._add(after)
        elif after and self.writing.label and not "".join(t for t, _b in self.writing.pieces):
            self.writing.label += after
        self.bold -= self._is_bold(element)
        if tag not in INLINE and tag != "br":
            self._flush()
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if self.apart and self.apart[-1][0] is element:
            self.apart.pop()

    def _apart_style(self, element: Element) -> Style | None:
        """Return "contents" for what leads through the page instead of saying anything."""
        role = element.get("role") or ""
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        if element.tag == "nav" or role in ("navigation", "doc-toc"):
            return "contents"
        if element.tag not in HEADINGS and element.tag not in INLINE and _CONTENTS.search(names):
            return "contents" if element.tag not in ("body", "html", "main") else None
        return None

    def _is_bold(self, element: Element) -> bool:
        weight = self.styles.of(element, "font-weight")
        heavy = any(
            getattr(t, "lower_value", "") in ("bold", "bolder")
            or (t.type == "number" and t.value >= BOLD_WEIGHT)
            for t in weight or []
        )
        return element.tag in BOLD or heavy

    def _heading(self, element: Element) -> None:
        label = self._waiting_label()
        style: Style = "heading"
        classes = set((element.get("class") or "").split())
        if element.tag in HEADINGS and classes.intersection(TITLES):
            style = "title"
        self._begin(style, element)
        level = element.get("aria-level") or element.tag[1:]
        self.writing.level = int(level) if level.isdecimal() else 2
        self.writing.label = label

    def _waiting_label(self) -> str:
        """Return the number of an item that has no text yet: it belongs to what follows."""
        if self.writing.style == "item" and not self._written():
            label, self.writing = self.writing.label, _Writing()
            return label
        return ""

    def _open_list(self, element: Element) -> None:
        self._flush()
        depth = len(self.lists) + 1
        if found := _FLAT_LEVEL.search(element.get("class") or ""):
            depth = max(depth, int(found[1]) + 1)
        self.lists.append(_List(depth, values_of_items(element)))

    def _item(self, element: Element) -> None:
        self._flush()
        values = self.lists[-1].values if self.lists else {}
        self._begin("item", element)
        self.writing.level = self.lists[-1].level if self.lists else 1
        if not self.apart:
            self.writing.label = self.counters.marker(element, values.get(element, 1)) or ""

    def _begin(self, style: Style, element: Element) -> None:
        """Close what was being written; an item without text goes on with its first paragraph."""
        if self.writing.style == "item" and not self._written() and style == "paragraph":
            return
        self._flush()
        classes = set((element.get("class") or "").split())
        if (
            style == "paragraph"
            and element.tag == "p"
            and classes.intersection(TITLES)
            and not self.lists
        ):
            style = "title" if self.blocks and self.blocks[-1].style == "title" else style
        level = self._paragraph_level() if style == "paragraph" else 0
        self.writing = _Writing(style, level=level, line=element.sourceline or 0)

    def _paragraph_level(self) -> int:
        return self.lists[-1].level + 1 if self.lists else 0

    def _draw(self, drawn: str) -> None:
        """Keep what a counter draws: a label before the text, or words within it."""
        if self._written():
            self._add(drawn)
        elif self.writing.label and not any(c.isalnum() for c in self.writing.label):
            self.writing.label = drawn  # a number in the place of a bullet
        else:
            self.writing.label += drawn

    def _add(self, text: str | None) -> None:
        if text:
            self.writing.pieces.append((text, self.bold > 0))

    def _written(self) -> bool:
        return any(text.strip() for text, _bold in self.writing.pieces)

    def _flush(self) -> None:
        """Write down what there is as a block."""
        writing, self.writing = self.writing, _Writing(level=self._paragraph_level())
        text = plain("".join(text for text, _bold in writing.pieces))
        if self.apart:
            self._flush_apart(writing, text)
        elif text or (writing.style == "item" and any(c.isalnum() for c in writing.label)):
            label = writing.label.strip() if text or writing.style == "item" else ""
            block = Block(text, writing.style, label, writing.level, line=writing.line)
            if block.style == "paragraph":
                block.run_in = bold_beginning(writing.pieces)
            self.blocks.append(block)

    def _flush_apart(self, writing: _Writing, text: str) -> None:
        """Write down what stands in a footnote or a contents page."""
        if not text:
            return
        element, style, label = self.apart[-1]
        last = self.blocks[-1] if self.blocks else None
        if style == "footnote" and last and (last.style, last.label) == (style, label):
            last.text += f" {text}"
            return
        line = writing.line or element.sourceline or 0
        self.blocks.append(Block(text, style, label, line=line))


def _is_layout(table: Element) -> bool:
    """Return whether a table only puts things beside each other."""
    if next(table.iterdescendants("table", "ol", "ul", "li", *HEADINGS), None) is not None:
        return True
    cells = [cell for row in table.iterdescendants("tr") for cell in row.iterchildren("td", "th")]
    cells += table.iterdescendants("caption")
    held = "".join("".join(_texts(cell)) for cell in cells)
    return len(_squeezed(held)) != len(_squeezed("".join(_texts(table))))


def _texts(
    element: Element,
    but: AbstractSet[str] = frozenset(),
    marks: Mapping[Element, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield what is said in an element, without scripts and what is in `but`, `marks` as such."""
    skipped = None
    for event, place in etree.iterwalk(element, events=("start", "end")):
        if skipped is None and event == "start":
            if place in marks:
                yield f"[^{marks[place]}]"
            if place in marks or (place is not element and place.tag in (SILENT | but)):
                skipped = place
            elif place.text:
                yield place.text
        elif event == "end" and (skipped is None or place is skipped):
            skipped = None
            if place is not element and place.tail:
                yield place.tail


def _squeezed(text: str) -> str:
    return "".join(text.split())
