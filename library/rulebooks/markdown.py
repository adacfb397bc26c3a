"""Reads rules written in the house's Markdown.

    # Title
    An introduction.
    ## Chapter 7 — Online groups and moderation      (also: ## Appendix 1 — …, ## Part 1 — …)
    ### Clause VIII — Removing a comment
    An unnumbered line: a lead-in.
    1. A provision, one a line.
      A. Below it, indented by two spaces more.
        i. And so on; (a) and 2) are numbers too.

Numbers may be arabic, Roman or letters at any level. No text is ever lost: what has no place in the
tree is listed in `left_out`, and what was doubtful is named in `warnings`.
"""

import re
from dataclasses import dataclass, field

from library.rulebooks.tree import Kind, LeftOut, Node, Reading, places

_ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NUMBER = rf"\d{{1,4}}[A-Za-z]?|{_ROMAN}|{_ROMAN.lower()}|[A-Za-z]"
_AFTER = r"(?:\s*[—–:.-]\s*|\s+|$)"
_HEADING = re.compile(r"(#+)(?:\s+(.*))?$")
_NAMED = re.compile(
    rf"(?P<word>Chapter|Appendix|Part|Clause)\s+(?P<number>{_NUMBER}){_AFTER}(?P<heading>.*)$",
    re.IGNORECASE,
)
_ITEM = re.compile(rf"(?:\((?P<within>{_NUMBER})\)|(?P<before>{_NUMBER})[.)])(?:\s+(?P<text>.*))?$")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|\.{3}|<!--.*-->)$")
_DEEPEST = 12  # levels of numbers below a clause; the deepest real rule book seen has six
_TOP_KINDS: dict[str, Kind] = {"chapter": "chapter", "appendix": "appendix", "part": "part"}


def read_rules(text: str) -> Reading:
    """Return the tree of a rule book's text; never raises for what the text says."""
    reader = _Reader()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if line.strip():
            reader.read(number, line.expandtabs(2))
    return reader.finish()


@dataclass
class _Reader:
    reading: Reading = field(default_factory=Reading)
    introduction: list[str] = field(default_factory=list)
    top: Node | None = None
    clause: Node | None = None
    items: list[tuple[int, Node]] = field(default_factory=list)  # (indent, item), outermost first

    def read(self, number: int, line: str) -> None:
        content = line.strip()
        if _RULE.fullmatch(content):
            self._leave_out(number, content, "A dividing line or a comment, not a text.")
        elif heading := _HEADING.match(content):
            self._heading(number, len(heading[1]), (heading[2] or "").strip(), content)
        elif item := _ITEM.match(content):
            self._item(number, line, item)
        elif self.top is None:
            self.introduction.append(content)
        else:
            lead_in = Node("lead_in", text=content, line=number)
            self._container(number, self._indent(line)).children.append(lead_in)

    def finish(self) -> Reading:
        self.reading.introduction = "\n\n".join(self.introduction)
        for place in places(self.reading.tree):
            if place.repeated:
                self._warn(
                    place.node.line,
                    f"“{place.node.number or place.node.heading}” occurs twice here; "
                    f"this one got the address {place.path}.",
                )
        if not self.reading.tree:
            self.reading.warnings.append("No chapter, clause or numbered provision was found.")
        return self.reading

    def _heading(self, number: int, level: int, words: str, content: str) -> None:
        if not words:
            self._leave_out(number, content, "A heading without words.")
        elif level == 1 and not self.reading.title:
            self.reading.title = words
        elif level == 1:
            self._leave_out(number, content, "A second title; a rule book has one.")
        elif level == 2:
            self._open_top(number, words)
        elif level == 3:
            self._open_clause(number, words)
        else:
            self._warn(number, "A heading below a clause was kept as an unnumbered line.")
            self._container(number, -1).children.append(Node("lead_in", text=words, line=number))

    def _open_top(self, number: int, words: str) -> None:
        named = _NAMED.match(words)
        kind = _TOP_KINDS.get(named["word"].lower()) if named else None
        if named and kind:
            self.top = Node(kind, named["number"], named["heading"].strip(), line=number)
        else:
            self._warn(number, f"“{words}” names no chapter, appendix or part by number.")
            self.top = Node("part", heading=words, line=number)
        self.reading.tree.append(self.top)
        self.clause, self.items = None, []

    def _open_clause(self, number: int, words: str) -> None:
        named = _NAMED.match(words)
        if named and named["word"].lower() == "clause":
            clause = Node("clause", named["number"], named["heading"].strip(), line=number)
        else:
            self._warn(number, f"“{words}” names no clause by number.")
            clause = Node("clause", heading=words, line=number)
        self._top(number).children.append(clause)
        self.clause, self.items = clause, []

    def _item(self, number: int, line: str, item: re.Match[str]) -> None:
        label, text = item["within"] or item["before"], (item["text"] or "").strip()
        if not text:
            self._warn(number, f"Number {label} has no text.")
        provision = Node("provision", label, text=text, line=number)
        indent = self._indent(line)
        self._container(number, indent).children.append(provision)
        self.items.append((indent, provision))

    def _container(self, number: int, indent: int) -> Node:
        """Return what a line of this indent stands below; items further in are closed."""
        while self.items and self.items[-1][0] >= indent:
            self.items.pop()
        if len(self.items) == _DEEPEST:
            self._warn(number, f"Deeper than {_DEEPEST} levels; put on the deepest level.")
            self.items.pop()
        if self.items:
            return self.items[-1][1]
        return self.clause or self._top(number)

    def _top(self, number: int) -> Node:
        """Return the open chapter, or open a nameless part for rules that have no chapters."""
        if self.top is None:
            self._warn(number, "Rules before any chapter were put into a part without a name.")
            self.top = Node("part", line=number)
            self.reading.tree.append(self.top)
        return self.top

    @staticmethod
    def _indent(line: str) -> int:
        return len(line) - len(line.lstrip())

    def _leave_out(self, number: int, content: str, reason: str) -> None:
        self.reading.left_out.append(LeftOut(number, content, reason))

    def _warn(self, number: int, message: str) -> None:
        self.reading.warnings.append(f"Line {number}: {message}")
