"""An edition as an outline: Markdown in which a line is a provision and indentation is depth.

`write_outline` and `read_outline` are each other's inverse for every tree; docs/rule-outline.md has
the grammar. What would be read as something else is written in the general form, `{kind number}
**heading** text`, or behind a backslash; the writer finds out by reading each line again.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from library.rules.rulebooks.numbering import KINDS, ROMAN, typed
from library.rules.rulebooks.tree import Block, Kind, Node, Reading

MARK = "<!-- rules outline: a provision a line, two spaces further in is one level down -->"
DEEPEST = 100  # levels; the deepest rule book seen has seven
_MARKED = "<!-- rules outline"
_ALL_KINDS = frozenset(get_args(Kind))
_CODED = re.compile(r"(\\*)(<br>|&#(\d{1,7});)")
_SPECIAL = (
    r"(\\*)(<br>|&#\d{{1,7}};|[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029{also}]|(?<![\s\S]) | (?![\s\S]))"
)
_GENERAL = re.compile(r"\{(?P<kind>[a-z_]+)(?: (?P<number>[^}]*))?\}(?:[ \t]+(?P<rest>.*))?$")
_NOTE = re.compile(r"\[\^(?P<number>[^\]\s]{1,40})\]:(?:[ \t]+(?P<rest>.*))?$")
_ALPHABET_AGAIN = re.compile(r"\(?(?P<number>(?P<letter>[A-Za-z])(?P=letter){1,2})[.)](?:[ \t]+|$)")
_WITH_HEADING = re.compile(r"\*\*(?P<heading>[^*]+)\*\*(?:[ \t]+(?P<text>.*))?$")
_NAMED = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)})"
    r"(?:[ \t]+(?P<number>[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*(?:\([A-Z]\))?))?"
    r"(?:(?:[ \t]+[—–-]|:)[ \t]+(?P<heading>.*))?$",
    re.IGNORECASE,
)
_UNDASHED = re.compile(
    rf"(?P<kind>{'|'.join(word.capitalize() for word in KINDS)})[ \t]+"
    rf"(?P<number>\d{{1,4}}[A-Za-z]?(?:\.\d{{1,4}})*|{ROMAN}|[A-Z])\.?[ \t]+(?P<heading>.*)$"
)
_FOREIGN = re.compile(
    r"[`_]|\]\(|(?<!\*)\*(?!\*)|<[A-Za-z!/]|^\s*- ", re.MULTILINE
)  # other Markdown
_INDENT = re.compile(r"^[ \t]+")
_DASHES = re.compile(r"\|(?:\s*:?-+:?\s*\|)+$")


class Problem(NamedTuple):
    """A line of an outline that cannot be read, counted from 1, and why, in a sentence."""

    line: int
    sentence: str


class Unreadable(Exception):
    """An outline has lines that cannot be read; `problems` names them all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(f"Line {line}: {why}" for line, why in problems))
        self.problems = list(problems)


class _Said(NamedTuple):
    """What one line says of a node."""

    kind: Kind
    number: str = ""
    heading: str = ""
    text: str = ""


def is_outline(text: str) -> bool:
    """Return whether a text is an outline: it says so, or is letter by letter what we write."""
    if text.removeprefix("\ufeff").lstrip().startswith(_MARKED):
        return True
    text = text.replace("\r\n", "\n").strip("\n") + "\n"
    if not re.search(r"^  \S", text, re.MULTILINE) or _FOREIGN.search(text):
        return False
    try:
        reading = read_outline(text)
    except Unreadable:
        return False
    written = as_markdown(reading.tree, title=reading.title, introduction=reading.introduction)
    return written == f"{MARK}\n\n{text}"


# --- writing ---------------------------------------------------------------------------------
def as_markdown(tree: Sequence[Node], *, title: str, introduction: str = "") -> str:
    """Return an edition as the Markdown that we export: the outline, marked as one."""
    heading = [f"# {_coded(title)}", ""] if title else []
    return "\n".join([MARK, "", *heading, write_outline(tree, introduction=introduction)])


def write_outline(tree: Sequence[Node], *, introduction: str = "") -> str:
    """Return a tree, with what is read above it, as an outline that ends with a line end."""
    lines: list[str] = []
    for paragraph in introduction.split("\n\n") if introduction else []:
        lines += [_plain(paragraph), ""]
    base = 0
    before = "division"
    for node, depth in _walk(tree, 0):
        if node.kind in KINDS:
            lines += ["", *_division(node, depth), ""]
            base, before = depth + 1, "division"
            continue
        if depth < base or (depth == 0 and base == 0 and node is tree[0]):
            lines += ["", "#" * (depth + 1)]
            base, before = depth, "division"
        if before != "provision" or node.kind != "provision":
            lines.append("")
        indent = "  " * (depth - base)
        lines += [indent + line for line in _item(node)]
        before = node.kind
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _walk(nodes: Sequence[Node], depth: int) -> Iterator[tuple[Node, int]]:
    for node in nodes:
        yield node, depth
        yield from _walk(node.children, depth + 1)


def _division(node: Node, depth: int) -> Iterator[str]:
    """Yield the heading of a chapter or clause, and the words that are its own."""
    mark = "#" * (depth + 2)
    heading = _coded(node.heading)
    name = node.kind.capitalize()
    numbered = f"{name} {node.number}" if node.number else name
    named = f"{numbered} — {heading}" if heading else numbered
    wanted = _Said(node.kind, node.number, node.heading)
    short = [heading] if not node.number and heading else []
    for content in (*short, named):
        if _heading(content, depth) == wanted:
            yield f"{mark} {content}"
            break
    else:
        yield f"{mark} {_general(wanted)}"
    if node.text:
        yield f": {_coded(node.text)}"


def _item(node: Node) -> list[str]:
    wanted = _Said(node.kind, node.number, node.heading, node.text)
    if node.kind == "table" and not (node.number or node.heading):
        return _table(node.text)
    if node.kind == "lead_in" and not (node.number or node.heading):
        return [_plain(node.text)]
    label = {
        "provision": f"{node.number}." if node.number else "-",
        "footnote": f"[^{node.number}]:",
    }
    line = " ".join(filter(None, [label.get(node.kind, ""), _rest(node.heading, node.text)]))
    return [line if _line(line) == wanted else _general(wanted)]


def _general(said: _Said) -> str:
    number = f" {_coded(said.number, '}')}" if said.number else ""
    return f"{{{said.kind}{number}}} {_rest(said.heading, said.text)}".rstrip(" ")


def _rest(heading: str, text: str) -> str:
    """Return a heading and text as they follow a number."""
    bold = re.sub(r"\\+\Z", lambda found: "&#92;" * len(found[0]), _coded(heading, "*"))
    text = _coded(text)
    text = f"\\{text}" if text.startswith(("\\", "**")) else text
    return " ".join(filter(None, [bold and f"**{bold}**", text]))


def _plain(text: str) -> str:
    """Return words without number or heading; a backslash keeps them from being read as more."""
    coded = _coded(text)
    return coded if _line(coded) == _Said("lead_in", text=text) else f"\\{coded}"


def _table(text: str) -> list[str]:
    rows = [[_coded(cell, "|") for cell in row.split(" | ")] for row in text.split("\n")]
    drawn = [f"| {' | '.join(row)} |" for row in rows]
    return [drawn[0], f"|{' --- |' * max(map(len, rows))}", *drawn[1:]]


def _coded(text: str, also: str = "") -> str:
    """Return a text on one line: `<br>` for a line's end, `&#9;` for what else is no plain sign."""

    def code(found: re.Match[str]) -> str:
        before, sign = found[1], found[2]
        if len(sign) > 1:
            return f"{before}\\{sign}"
        return "&#92;" * len(before) + ("<br>" if sign == "\n" else f"&#{ord(sign)};")

    return re.sub(_SPECIAL.format(also=re.escape(also)), code, text)


# --- reading ---------------------------------------------------------------------------------
def read_outline(text: str) -> Reading:
    """Return the tree of an outline. Raises Unreadable, naming every line that cannot be read.

    Each line becomes a block of the reading's source, and a node's `line` is where it stands.
    """
    reader = _Reader(text)
    reader.read()
    if reader.problems:
        raise Unreadable(reader.problems)
    return reader.reading


class _Reader:
    """Goes through the lines. `base` is how deep an item that is not moved in stands."""

    def __init__(self, text: str) -> None:
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.lines = [_INDENT.sub(_without_tabs, line).rstrip(" \t") for line in text.split("\n")]
        self.reading = Reading()
        self.problems: list[Problem] = []
        self.introduction: list[str] = []
        self.begun = False  # the rules themselves, below the introduction
        self.open: list[Node] = []  # the last node of each depth
        self.base = 0
        self.indents: list[int] = []
        self.at = 0

    def read(self) -> None:
        self._title()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            content = line.lstrip(" ")
            if content:
                self._read(content, len(line) - len(content))
            self.at += 1
        self.reading.introduction = "\n\n".join(self.introduction)

    def _title(self) -> None:
        """Take the mark of an outline, and the title below it."""
        seen = [at for at, line in enumerate(self.lines) if line.strip()][:2]
        if seen and self.lines[seen[0]].lstrip().startswith(_MARKED):
            self.at = seen.pop(0) + 1
        if seen and re.match(r"# +[^ ]", self.lines[seen[0]]):
            self.reading.title = _decoded(self.lines[seen[0]][2:].strip(" "))
            self.at = seen[0] + 1
            title = Block(self.reading.title, "title", line=self.at)
            self.reading.source.append(title)

    def _read(self, content: str, indent: int) -> None:
        heading = re.match(r"(#+)(?: +(.*))?$", content)
        if heading:
            self.begun = True
            self._read_heading(len(heading[1]), heading[2] or "")
        elif content.startswith("|"):
            self._add(_Said("table", text=self._rows()), self._depth(indent))
        elif content == ":" or content.startswith(": "):
            self._own_words(content[1:].strip(" "))
        else:
            said = _line(content)
            if said is None:
                kind = content[1:].split("}")[0].split(" ")[0]
                self._refuse(f"“{kind}” is no kind of provision.")
            elif said.kind == "lead_in" and not self.begun and not (said.number or said.heading):
                self.introduction.append(said.text)
            else:
                self._add(said, self._depth(indent))

    def _read_heading(self, marks: int, words: str) -> None:
        depth = marks - 2
        if depth < 0 and words:
            self._refuse("A single # is the title’s alone. Chapters begin with ##.")
        elif not words and marks - 1 > len(self.open):
            self._refuse("Nothing above stands so high that it could go on here.")
        elif not words:
            self.base, self.indents = marks - 1, []
        elif depth > len(self.open):
            self._refuse(f"Nothing above has {marks - 1} #, so nothing can stand below that.")
        elif (said := _heading(words, depth)) is None:
            self._refuse("What stands in braces is no kind of provision.")
        else:
            self._add(said, depth)
            self.base, self.indents = depth + 1, []

    def _depth(self, indent: int) -> int:
        """Return how deep an item stands that is moved in by so many spaces."""
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)
        return self.base + len(self.indents) - 1

    def _add(self, said: _Said, depth: int) -> None:
        self.begun = True
        if depth > DEEPEST:
            self._refuse(f"It stands deeper than {DEEPEST} levels.")
            return
        node = self.reading.add_source(*said, line=self.at + 1)
        (self.open[depth - 1].children if depth else self.reading.tree).append(node)
        del self.open[depth:]
        self.open.append(node)

    def _own_words(self, words: str) -> None:
        """Give the words behind a colon to the heading directly above."""
        node = self.open[-1] if self.open else None
        if node is None or node.kind not in KINDS or node.text:
            self._refuse("A line that begins with a colon belongs directly below a heading.")
            return
        node.text = _decoded(words)
        block = self.reading.source[-1]
        block.text = " ".join(filter(None, [block.text, node.text]))

    def _rows(self) -> str:
        """Return the table that begins here, a row a line."""
        lines = [self.lines[self.at].strip(" ")]
        while self.at + 1 < len(self.lines) and self.lines[self.at + 1].lstrip().startswith("|"):
            self.at += 1
            lines.append(self.lines[self.at].strip(" "))
        if len(lines) > 1 and _DASHES.match(lines[1]):
            del lines[1]
        return "\n".join(_row(line) for line in lines)

    def _refuse(self, sentence: str) -> None:
        self.problems.append(Problem(self.at + 1, sentence))


def _line(content: str) -> _Said | None:
    """Return what a line says of an item; None where it names an unknown kind.

    A heading, a row of a table or words behind a colon are none: they are read elsewhere.
    """
    if not content or content[0] in "#|" or content == ":" or content.startswith(": "):
        return None
    if general := _GENERAL.match(content):
        return _of_general(general)
    if note := _NOTE.match(content):
        return _Said("footnote", note["number"], *_heading_and_text(note["rest"] or ""))
    if content == "-" or content.startswith("- "):
        return _Said("provision", "", *_heading_and_text(content[1:].lstrip(" ")))
    if again := _ALPHABET_AGAIN.match(content):
        return _Said("provision", again["number"], *_heading_and_text(content[again.end() :]))
    if found := typed(content):
        label, number = found
        return _Said("provision", number.number, *_heading_and_text(content[len(label) :]))
    return _Said("lead_in", text=_decoded(content.removeprefix("\\")))


def _heading(content: str, depth: int) -> _Said | None:
    """Return what the words of a heading say; None where they name an unknown kind."""
    if general := _GENERAL.match(content):
        return _of_general(general)
    if named := _NAMED.match(content) or _UNDASHED.match(content):
        kind = KINDS[named["kind"].lower()]
        return _Said(kind, named["number"] or "", _decoded(named["heading"] or ""))
    return _Said("clause" if depth else "part", "", _decoded(content))


def _of_general(found: re.Match[str]) -> _Said | None:
    if found["kind"] not in _ALL_KINDS:
        return None
    kind: Kind = found["kind"]  # type: ignore[assignment]  # one of them, as asked above
    return _Said(kind, _decoded(found["number"] or ""), *_heading_and_text(found["rest"] or ""))


def _heading_and_text(rest: str) -> tuple[str, str]:
    if bold := _WITH_HEADING.match(rest):
        return _decoded(bold["heading"]), _decoded((bold["text"] or "").removeprefix("\\"))
    return "", _decoded(rest.removeprefix("\\"))


def _without_tabs(indent: re.Match[str]) -> str:
    return indent[0].replace("\t", "  ")


def _row(line: str) -> str:
    cells = line.removeprefix("|").removesuffix("|").split("|")
    return " | ".join(_decoded(cell.strip(" ")) for cell in cells)


def _decoded(text: str) -> str:
    def decode(found: re.Match[str]) -> str:
        if found[1]:
            return found[1][1:] + found[2]
        code = int(found[3] or 10)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found[2]

    return _CODED.sub(decode, text)
