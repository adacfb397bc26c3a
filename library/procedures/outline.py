"""A procedure's paragraphs with their numbers, the same on the page, in Word and in a version."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import count, groupby
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from library.rules.rulebooks.comparison import Stretch, words
from library.rules.rulebooks.lineage import plainly

BLANK = re.compile(r"\[\[([a-z][a-z0-9_]{0,39})\]\]")
GAP = "________"
_SPACES = re.compile(r"[^\S\n]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Kind(StrEnum):
    """What a paragraph is."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    NUMBERED = "numbered"
    TEXT = "text"
    BULLET = "bullet"
    STEP = "step"
    CHECKLIST = "checklist"  # the title of the tasks that follow
    TASK = "task"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words in one style. With a `key` it is a blank, and its text what fills it."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    url: str = ""
    key: str = ""

    @property
    def asked(self) -> str:
        """What a blank asks for, from its key: "party name"."""
        return self.key.replace("_", " ")

    @property
    def words(self) -> str:
        """What is read aloud: the words, or for an empty blank what should stand there."""
        return f"[{self.asked}]" if self.key and not self.text else self.text

    @property
    def gap(self) -> str:
        """What stands on paper where nothing was filled in."""
        return f"{GAP} ({self.asked})"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A rule as it is quoted: how it is cited, its words, and where it is read."""

    cited: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One paragraph. `number` is part of what one cites; `level` counts lists within lists.

    A rule has the `work` and `citation` it names, and a `quotation` once somebody looked it up.
    """

    kind: Kind
    spans: tuple[Span, ...] = ()
    number: str = ""
    level: int = 0
    work: str = ""
    citation: str = ""
    quotation: Quotation | None = None

    @property
    def words(self) -> str:
        return "".join(span.words for span in self.spans)

    @property
    def mark(self) -> str:
        """What stands before the words: the number, a bullet, an empty box."""
        return {Kind.BULLET: "•", Kind.TASK: "☐"}.get(self.kind, self.number)

    @property
    def anchor(self) -> str:
        """The paragraph's place on its page: "3" or "3.2"; empty where it cannot be cited."""
        return self.number if self.kind in (Kind.HEADING, Kind.NUMBERED) else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading with what stands below it; the first may have neither."""

    number: str
    heading: str
    lines: tuple[OutlineLine, ...]


def outline(blocks: Iterable[tuple[str, Any]]) -> list[OutlineLine]:
    """Return the paragraphs of a body: pairs of a block's kind and its value, rich text as HTML.

    A `section` begins a new number, and `numbered` paragraphs count on below it: 3.1, 3.2.
    """
    lines: list[OutlineLine] = []
    section, paragraphs = 0, count(1)
    for kind, value in blocks:
        if kind == "section":
            section, paragraphs = section + 1, count(1)
            lines.append(OutlineLine(Kind.HEADING, tuple(spans_of(value)), str(section)))
        elif kind == "numbered":
            for text, paragraph in zip(value, paragraphs, strict=False):
                number = f"{section}.{paragraph}" if section else str(paragraph)
                lines.append(OutlineLine(Kind.NUMBERED, tuple(spans_of(text)), number))
        else:
            lines.extend(_OTHERS[kind](value))
    return lines


def spans_of(text: str, **style: Any) -> Iterator[Span]:
    """Yield a text as spans, each [[key]] in it as a blank."""
    begin = 0
    for blank in BLANK.finditer(text):
        if blank.start() > begin:
            yield Span(text[begin : blank.start()], **style)
        yield Span(key=blank[1], **style)
        begin = blank.end()
    if begin < len(text):
        yield Span(text[begin:], **style)


def _rich(value: str) -> Iterator[OutlineLine]:
    """Yield the paragraphs of rich text."""
    for element in BeautifulSoup(value, "html.parser").children:
        if isinstance(element, Tag) and element.name in ("ul", "ol"):
            yield from _list(element, 0)
        elif spans := _tidied(_inline(element)):
            heading = isinstance(element, Tag) and element.name == "h3"
            yield OutlineLine(Kind.SUBHEADING if heading else Kind.TEXT, spans)


def _list(element: Tag, level: int) -> Iterator[OutlineLine]:
    """Yield the items of a list; those of an ordered one have letters, then numbers below."""
    ordered = element.name == "ol"
    items = [child for child in element.children if isinstance(child, Tag) and child.name == "li"]
    for place, item in enumerate(items):
        below = [child for child in item.children if _is_list(child)]
        inline = (child for child in item.children if not _is_list(child))
        spans = _tidied(span for child in inline for span in _inline(child))
        number = _step(place, level) if ordered else ""
        yield OutlineLine(Kind.STEP if ordered else Kind.BULLET, spans, number, level)
        for child in below:
            if isinstance(child, Tag):
                yield from _list(child, level + 1)


def _is_list(element: PageElement) -> bool:
    return isinstance(element, Tag) and element.name in ("ul", "ol")


def _step(place: int, level: int) -> str:
    """Return the number of a list's item: (a), (b); below that (1), (2)."""
    return f"({_LETTERS[place]})" if not level and place < len(_LETTERS) else f"({place + 1})"


def _inline(element: PageElement, **style: Any) -> Iterator[Span]:
    """Yield the words within an element, with what emphasis and links they have."""
    if isinstance(element, NavigableString):
        yield from spans_of(_SPACES.sub(" ", str(element).replace("\n", " ")), **style)
    elif isinstance(element, Tag):
        if element.name == "br":
            yield Span("\n", **style)
        if element.name in ("b", "strong"):
            style = {**style, "bold": True}
        if element.name in ("i", "em"):
            style = {**style, "italic": True}
        if element.name == "a":
            style = {**style, "url": str(element.get("href") or "")}
        for child in element.children:
            yield from _inline(child, **style)


def _tidied(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans without the white space around them; none where there are no words."""
    found = list(spans)
    while found and not found[0].key and not found[0].text.strip():
        found.pop(0)
    while found and not found[-1].key and not found[-1].text.strip():
        found.pop()
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip())
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(found)


def _checklist(value: Mapping[str, Any]) -> Iterator[OutlineLine]:
    yield OutlineLine(Kind.CHECKLIST, tuple(spans_of(value["title"])))
    for item in value["items"]:
        yield OutlineLine(Kind.TASK, tuple(spans_of(item)))


def _rule(value: Mapping[str, Any]) -> Iterator[OutlineLine]:
    """Yield a rule under the words by which everybody can find it, readable or not."""
    named = Span(f"Rule {value['citation']} ({value['work']})")
    yield OutlineLine(Kind.RULE, (named,), work=value["work"], citation=value["citation"])


_OTHERS: dict[str, Callable[[Any], Iterator[OutlineLine]]] = {
    "text": _rich,
    "checklist": _checklist,
    "rule": _rule,
}


def blanks(lines: Iterable[OutlineLine]) -> tuple[str, ...]:
    """Return the keys that a text asks for, each once, in the order of the text."""
    return tuple(dict.fromkeys(span.key for line in lines for span in line.spans if span.key))


def filled(lines: Iterable[OutlineLine], values: Mapping[str, str]) -> list[OutlineLine]:
    """Return the paragraphs with the values put where their keys stand."""
    return [
        replace(
            line,
            spans=tuple(
                replace(span, text=values.get(span.key, "")) if span.key else span
                for span in line.spans
            ),
        )
        for line in lines
    ]


def quoted(
    lines: Iterable[OutlineLine], found: Mapping[tuple[str, str], Quotation]
) -> list[OutlineLine]:
    """Return the paragraphs with the rules they rest on quoted, by work and citation."""
    return [
        replace(line, quotation=found.get((line.work, line.citation)))
        if line.kind == Kind.RULE
        else line
        for line in lines
    ]


def text_of(lines: Iterable[OutlineLine]) -> str:
    """Return the words, a line for each paragraph, with the numbers by which they are cited."""
    return "\n".join(
        " ".join(filter(None, [line.mark, line.words.replace("\n", " / ")])) for line in lines
    )


def changed_paragraphs(old: str, new: str) -> list[tuple[Stretch, ...]]:
    """Return, word by word, the paragraphs that differ between two texts made by `text_of`.

    Paragraphs that took the place of one another in different numbers stay together, a line each.
    """
    before, after = old.split("\n"), new.split("\n")
    found: list[tuple[Stretch, ...]] = []
    alike = plainly(old).split("\n"), plainly(new).split("\n")
    matcher = SequenceMatcher(None, alike[0], alike[1], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            pairs = zip(before[i1:i2], after[j1:j2], strict=True)
        else:
            pairs = zip(["\n".join(before[i1:i2])], ["\n".join(after[j1:j2])], strict=True)
        found.extend(words(one, other) for one, other in pairs)
    return found


def sections(lines: Sequence[OutlineLine]) -> list[Section]:
    """Return the sections in order; what stands before the first is one without a number."""
    found: list[Section] = []
    for line in lines:
        if line.kind == Kind.HEADING:
            found.append(Section(line.number, line.words, ()))
            continue
        if not found:
            found.append(Section("", "", ()))
        found[-1] = replace(found[-1], lines=(*found[-1].lines, line))
    return found


def runs(lines: Iterable[OutlineLine]) -> list[tuple[str, list[OutlineLine]]]:
    """Return paragraphs of one kind together, for a list needs a beginning and an end.

    Each run is named by its kind.
    """
    return [(kind.value, list(group)) for kind, group in groupby(lines, key=lambda line: line.kind)]
