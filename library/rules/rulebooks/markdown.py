"""Reads rules written in any Markdown; `outline_text` reads the hub's own, line by line.

Lines broken at a width, emphasis and links, bulleted lists, tables, footnotes, a title in front
matter, numbers of all kinds ("(a)", "2)", "iv."), and the fancy lists of pandoc, where "#." goes on
counting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from library.rules.rulebooks import conservation, numbering
from library.rules.rulebooks.inline import Inline
from library.rules.rulebooks.tree import TITLES, Block

_HEADING = re.compile(r"(#+)(?:\s+(.*))?$")
_RULE = re.compile(r"(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|\.{3}|<!--.*-->)$")
_UNDERLINE = re.compile(r"(?:=+|-{2,})$")
_COMMENT = re.compile(r"<!--.*?-->")
_ITEM = re.compile(
    rf"(?:\((?P<within>{numbering.NUMBER}|#)\)|(?P<before>{numbering.NUMBER}|#)[.)])"
    r"(?:\s+(?P<text>.*))?$"
)
_BULLET = re.compile(r"[-*+•](?:\s+(?P<text>.*))?$")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,40})\]:\s*(?P<text>.*)$")
_LINK = re.compile(r"\[[^\]^][^\]]*\]:\s*\S+(?:\s+[\"'(].*[\"')])?\s*$")
_FENCE = re.compile(r"(?:`{3,}|~{3,})")
_TABLE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*$")
_META = re.compile(r"(?P<key>[A-Za-z][\w-]*):\s*(?P<value>.*)$")
_BROKEN = (40, 100)  # characters of a line that was broken at a width
_ENDS = tuple(".:;,!?—–-)”\"’'")
_NAMED_LINE = re.compile(r"(?:\*\*|__)?(?:" + "|".join(numbering.KINDS) + r")\s", re.IGNORECASE)


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of any Markdown text."""
    lines = _Lines(text)
    blocks = lines.read()
    return [*blocks, *conservation.unread(lines.body(), blocks)]


def levels_certain(blocks: list[Block]) -> bool:
    """Return whether a text indents: then its indentation says what stands below what."""
    return any(block.style == "item" and block.level > 1 for block in blocks)


@dataclass
class _Open:
    """A paragraph, item or note that further lines may belong to."""

    block: Block
    lines: list[str]
    indent: int


@dataclass
class _Lines:
    """Goes through the lines, once."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    open: _Open | None = None
    indents: list[int] = field(default_factory=list)  # of the open items, outermost first
    rows: dict[int, tuple[str, int]] = field(default_factory=dict)  # by indent
    values: dict[int, str] = field(default_factory=dict)  # of the front matter, by line
    blank: bool = True

    def __post_init__(self) -> None:
        self.lines = [line.expandtabs(4) for line in self.text.removeprefix("\ufeff").splitlines()]
        self.inline = Inline(self.lines)
        self.at = 0

    def read(self) -> list[Block]:
        self._front_matter()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            content = line.strip()
            if not content:
                self.blank = True
                if self.open and self.open.block.style != "footnote":
                    self._close()
            elif not self._read_block(line, content):
                self._words(line, content)
            self.at += 1
        self._close()
        self._level_flat_lists()
        return self.blocks

    def body(self) -> Iterator[tuple[int, str]]:
        """Yield what the lines say, without what is only markup."""
        for number, line in enumerate(self.lines, start=1):
            item = _ITEM.match(line.strip())
            if item and "#" not in (item["within"], item["before"]):
                line = line.strip()[item.start("text") :] if item["text"] else ""
            yield number, self.inline.bare(self.values.get(number, line))

    # --- kinds of blocks -------------------------------------------------------------------------
    def _read_block(self, line: str, content: str) -> bool:
        """Read what a line begins, if it begins anything of its own."""
        if self._fence(content) or self._comment(content) or self._underlined(content):
            return True
        if _RULE.fullmatch(content):
            self._beside(content, "A dividing line or a comment, not a text.")
        elif heading := _HEADING.match(content):
            self._heading(len(heading[1]), (heading[2] or "").strip(), content)
        elif self._rich(line, content):
            pass
        elif (item := _ITEM.match(content)) and self._is_item(line, item):
            self._item(line, item)
        else:
            return False
        return True

    def _rich(self, line: str, content: str) -> bool:
        """Read what only further Markdown has: notes, links' addresses, tables, bullets."""
        if note := _NOTE.match(content):
            block = Block("", "footnote", self.inline.mark(note["name"]), line=self.at + 1)
            self._begin(block, note["text"], self._indent(line))
        elif _LINK.match(content) and (self.blank or not self.open):
            self._beside(content, "The address that a link leads to.")
        elif self._table():
            pass
        elif (bullet := _BULLET.match(content)) and (self.blank or self._in_list(line)):
            indent = self._indent(line)
            block = Block("", "item", line=self.at + 1, level=self._level(indent))
            self._begin(block, bullet["text"] or "", indent)
            self.indents.append(indent)
        else:
            return False
        return True

    def _front_matter(self) -> None:
        """Take title, subtitle, author and date from what stands before the text."""
        if not self.lines or self.lines[0].strip() != "---":
            return
        ends = [
            n for n, line in enumerate(self.lines[:200]) if n and line.strip() in ("---", "...")
        ]
        if not ends:
            return
        found: dict[str, Block] = {}
        for number, line in enumerate(self.lines[: ends[0] + 1], start=1):
            entry = _META.match(line)
            value = entry["value"].strip().strip("'\"").strip() if entry else ""
            if entry and value and entry["key"] in TITLES:
                found[entry["key"]] = Block(self.inline.words(value), "title", line=number)
                self.values[number] = value
            elif line.strip():
                reason = "A setting of the file, not a text."
                self.blocks.append(Block(line.strip(), "comment", line=number, reason=reason))
        self.blocks += [found[key] for key in TITLES if key in found]
        self.at = ends[0] + 1

    def _fence(self, content: str) -> bool:
        """Keep a block of code as lines of text."""
        fence = _FENCE.match(content)
        if not fence:
            return False
        self._close()
        start = self.at
        while self.at + 1 < len(self.lines):
            self.at += 1
            line = self.lines[self.at].strip()
            if line.startswith(fence.group()):
                break
            if line:
                self.blocks.append(Block(line, "paragraph", line=self.at + 1))
        self._beside(content, "The mark of a block of code.", start + 1)
        return True

    def _comment(self, content: str) -> bool:
        if not content.startswith("<!--"):
            return False
        self._close()
        ends = next((n for n in range(self.at, len(self.lines)) if "-->" in self.lines[n]), None)
        if ends is None:
            return False
        before, _, after = self.lines[ends].partition("-->")
        comment = " ".join([*(line.strip() for line in self.lines[self.at : ends]), before.strip()])
        self._beside(f"{comment}-->", "A dividing line or a comment, not a text.")
        self.at = ends
        if after.strip():
            self._words(after, after.strip())
        return True

    def _underlined(self, content: str) -> bool:
        """Make a heading of a line with a line of = or - below it."""
        if not self.open or self.blank or not _UNDERLINE.fullmatch(content):
            return False
        if self.open.block.style != "paragraph" or len(self.open.lines) != 1:
            return False
        words, number = self.open.lines[0], self.open.block.line
        self.open = None
        level = 1 if content.startswith("=") else 2
        self._new_heading(level, words, number)
        return True

    def _heading(self, level: int, words: str, content: str) -> None:
        self._close()
        words = re.sub(r"\s+#+$|\s*\{[#.][^}]*\}$", "", words).strip()
        if words:
            self._new_heading(level, words, self.at + 1)
        else:
            self._beside(content, "A heading without words.")

    def _new_heading(self, level: int, words: str, number: int) -> None:
        self.blocks.append(Block(self.inline.words(words), "heading", level=level, line=number))
        self._list_comments(words)
        self.indents, self.rows = [], {}
        self.blank = True

    def _table(self) -> bool:
        """Read a table with a line of dashes below its heads."""
        following = self.lines[self.at + 1].strip() if self.at + 1 < len(self.lines) else ""
        if "|" not in self.lines[self.at] or "|" not in following or not _TABLE.match(following):
            return False
        self._close()
        indent = self._indent(self.lines[self.at])
        block = Block("", "table", line=self.at + 1, level=self._level_of_words(indent))
        block.rows.append(self._cells(self.lines[self.at]))
        self.at += 2
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            block.rows.append(self._cells(self.lines[self.at]))
            self.at += 1
        self.at -= 1
        self.blocks.append(block)
        self.blank = True
        return True

    def _cells(self, line: str) -> list[str]:
        line = line.strip().removeprefix("|").removesuffix("|")
        return [self.inline.words(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)]

    # --- items and paragraphs ------------------------------------------------------------------
    def _is_item(self, line: str, item: re.Match[str]) -> bool:
        """Return whether a line that begins with a number is an item, and no broken sentence."""
        if self.blank or not self.open or "#" in (item["within"], item["before"]):
            return True
        meaning = numbering.meanings(item["within"] or item["before"])
        row = self.rows.get(self._indent(line))
        if row and numbering.follows(meaning, [(row[0], row[1], 0)]):
            return True
        deeper = self._indent(line) >= self.open.indent + 2
        if deeper and self.open.block.style == "item" and numbering.firsts(meaning):
            return True
        last = self.open.lines[-1]
        ended = last.endswith(_ENDS) or last.endswith((" and", " or"))
        if row:
            return ended or not _BROKEN[0] <= len(last) <= _BROKEN[1]
        return ended and bool(numbering.firsts(meaning))

    def _in_list(self, line: str) -> bool:
        return bool(self.indents) or not self.open or self.open.lines[-1].endswith(":")

    def _item(self, line: str, item: re.Match[str]) -> None:
        indent = self._indent(line)
        label = item.group()[: item.start("text")].strip() if item["text"] else item.group()
        number = item["within"] or item["before"]
        level = self._level(indent)
        for deeper in [known for known in self.rows if known > indent]:
            del self.rows[deeper]
        if number == "#":
            style, value = self.rows.get(indent, ("1", 0))
            value += 1
            number = numbering.written(style, value)
            label = label.replace("#", number)
        else:
            style, value = self._meaning(number, self.rows.get(indent))
        self.rows[indent] = (style, value)
        block = Block("", "item", label.strip(), level, line=self.at + 1)
        self._begin(block, item["text"] or "", indent)
        self.indents.append(indent)

    @staticmethod
    def _meaning(number: str, row: tuple[str, int] | None) -> tuple[str, int]:
        meaning = numbering.meanings(number)
        settled = numbering.follows(meaning, [(row[0], row[1], 0)]) if row else []
        likeliest = (settled or meaning or [("1", 0, 0)])[0]
        return likeliest[0], likeliest[1]

    def _words(self, line: str, content: str) -> None:
        """Read a line that begins nothing: it goes on with what is open, or is a paragraph."""
        indent = self._indent(line)
        content = re.sub(r"^(?:>\s?)+", "", content) or content
        if self.open and self._goes_on(indent, content):
            self.open.lines.append(content)
            return
        level = self._level_of_words(indent)
        self._begin(Block("", line=self.at + 1, level=level), content, indent)

    def _goes_on(self, indent: int, content: str) -> bool:
        """Return whether a line belongs to the paragraph before it."""
        assert self.open  # noqa: S101  asked only where there is one
        if self.open.block.style == "footnote":
            return not self.blank or indent > self.open.indent
        if self.blank or indent < self.open.indent:
            return False
        last = self.open.lines[-1]
        begins = content[0].isupper() or content[0] in '*_“"‘['
        if _NAMED_LINE.match(content) and last.endswith(_ENDS) and content[0] in "*_":
            return False
        return (
            not (last.endswith((".", ":", ";", "!", "?")) and begins)
            or _BROKEN[0] <= len(last) <= _BROKEN[1]
        )

    def _level(self, indent: int) -> int:
        """Return how deep an item of this indent stands; items further in are closed."""
        self._close()
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        return len(self.indents) + 1

    def _level_of_words(self, indent: int) -> int:
        level = self._level(indent)
        return level if level > 1 else 0

    def _begin(self, block: Block, text: str, indent: int) -> None:
        self._close()
        self.open = _Open(block, [text], indent)
        self.blank = False

    def _close(self) -> None:
        """Write down what is open."""
        if not self.open:
            return
        block, text = self.open.block, " ".join(line for line in self.open.lines if line)
        block.text = self.inline.words(text)
        block.run_in = self.inline.run_in(text) if block.style == "paragraph" else 0
        self.blocks.append(block)
        self.open = None
        self._list_comments(text)

    def _list_comments(self, text: str) -> None:
        """List the comments within a line, which are no words of it."""
        for comment in _COMMENT.findall(text):
            self._beside(comment, "A dividing line or a comment, not a text.")

    def _beside(self, content: str, reason: str, line: int = 0) -> None:
        self._close()
        self.blocks.append(Block(content, "comment", line=line or self.at + 1, reason=reason))

    def _level_flat_lists(self) -> None:
        """Where no item is indented, levels are unknown: the numbers themselves say more."""
        if not levels_certain(self.blocks):
            for block in self.blocks:
                if block.style == "item" and block.label:
                    block.level = 0

    @staticmethod
    def _indent(line: str) -> int:
        return len(line) - len(line.lstrip())
