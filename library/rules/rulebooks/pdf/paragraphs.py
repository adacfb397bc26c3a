"""Joins lines to paragraphs, over the ends of columns and pages, and finds their numbers."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from library.rules.rulebooks.numbering import parsed
from library.rules.rulebooks.pdf.labels import (
    BULLETS,
    counts_on,
    is_bare_number,
    is_citing,
    is_first,
    is_label,
    named_label,
)
from library.rules.rulebooks.pdf.lines import Line
from library.rules.rulebooks.pdf.measures import Measures
from library.rules.rulebooks.pdf.words import Word

_SAME_X = 2.6  # points between the beginnings of lines that stand below each other
_DEEPEST_INDENT = 48.0  # points by which a first line may be indented
_TAB = 0.62  # times the type size, from which the white after a number is more than a space
_PARAGRAPH_GAP = 1.3  # times the leading, between paragraphs
_HEADING_GAP = 1.6  # times the type size, within a heading of two lines
_ENOUGH = 3  # points of evidence that a number at a line's beginning is one
_REMEMBERED = 12  # numbers before, one of which the next may follow


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. The first `labelled` words are its number."""

    lines: list[Line]
    labelled: int = 0

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def label(self) -> str:
        return "".join(
            word.text if word.glued or not number else f" {word.text}"
            for number, word in enumerate(self.first.words[: self.labelled])
        )

    @property
    def texts(self) -> list[list[Word]]:
        """Its lines' words after its number."""
        return [self.first.words[self.labelled :], *(line.words for line in self.lines[1:])]

    @property
    def text_x(self) -> float:
        """Where its text begins, right of its number."""
        words = self.first.words
        return words[min(self.labelled, len(words) - 1)].x0

    def divided(self) -> "list[Paragraph]":
        """Return it in two where its text begins with a second number: "3. (a) The members"."""
        words = self.first.words[self.labelled :]
        tabbed = len(words) > 1 and words[1].x0 - words[0].x1 > _TAB * words[0].size
        if self.labelled != 1 or not tabbed or not is_label(words[0].text):
            return [self]
        if words[0].text in BULLETS or not is_first(words[0].text):
            return [self]
        head, rest = copy(self.first), copy(self.first)
        head.words, rest.words = self.first.words[:1], words
        return [Paragraph([head], 1), Paragraph([rest, *self.lines[1:]], 1)]


def paragraphs_of(lines: Sequence[Line], measures: Measures) -> list[Paragraph]:
    """Return the lines as paragraphs.

    They are read twice: the first time shows where the texts of numbered items begin, the second
    time that helps to tell a number from one that is cited at a line's beginning.
    """
    edges: set[tuple[str, int]] = set()
    for paragraph in _read(lines, measures, frozenset()):
        for shape, edge in _edges(paragraph.first, paragraph.labelled, measures):
            edges |= {(shape, edge + step) for step in (-1, 0, 1)}
    found = _read(lines, measures, frozenset(edges))
    return [part for paragraph in found for part in paragraph.divided()]


def _read(
    lines: Sequence[Line], measures: Measures, edges: frozenset[tuple[str, int]]
) -> list[Paragraph]:
    made: list[Paragraph] = []
    before: list[str] = []
    for line in lines:
        current = made[-1] if made else None
        labelled = _labelled(line)
        if current is not None and not _begins(line, labelled, current, before, measures, edges):
            current.lines.append(line)
            continue
        if current is not None and current.label:
            before = [*before[-_REMEMBERED:], current.label]
        made.append(Paragraph([line], labelled))
    return made


def _edges(line: Line, labelled: int, measures: Measures) -> set[tuple[str, int]]:
    """Return the shape of a line's number, and how far in the text after it begins."""
    if not 0 < labelled < len(line.words):
        return set()
    label = parsed(line.words[labelled - 1].text)
    shape = label.shape if label else "•"
    return {(shape, round(measures.indent(line, line.words[labelled].x0)))}


def _labelled(line: Line) -> int:
    """Return how many of the line's first words look like its number."""
    words = line.words
    if words[0].raised:
        return 0
    if named := named_label([word.text for word in words[:2]]):
        return named
    if is_label(words[0].text):
        wide = len(words) > 1 and words[1].x0 - words[0].x1 > _TAB * words[0].size
        if words[0].text == "o" and not wide:
            return 0
        return 1
    if len(words) > 1 and is_bare_number(words[0].text):
        return 1 if words[1].x0 - words[0].x1 > 1.1 * words[0].size else 0
    return 0


def _begins(
    line: Line,
    labelled: int,
    current: Paragraph,
    before: Sequence[str],
    measures: Measures,
    edges: frozenset[tuple[str, int]],
) -> bool:
    """Does a new paragraph begin with this line?"""
    last = current.last
    if _is_other_type(line, current, measures):
        return True
    if _is_display(current, measures) and _is_display(Paragraph([line]), measures):
        named = labelled == 2 or (labelled and line.words[0].x0 != last.words[0].x0)
        apart = last.column != line.column or last.y - line.y > _HEADING_GAP * line.size
        return bool(named or apart or _has_room(line, last, measures))
    if labelled:
        label = Paragraph([line], labelled).label
        hangs = bool(edges & _edges(line, labelled, measures))
        return hangs + _evidence(line, label, current, before, measures) >= _ENOUGH
    return _is_apart(line, current, measures) or not _goes_on(line, current, measures)


def _is_other_type(line: Line, current: Paragraph, measures: Measures) -> bool:
    """Is the line set in another size, or the only bold or light one?"""
    if abs(line.size - current.last.size) > 0.07 * current.last.size:
        return True
    strong = all(one.bold for one in current.lines)
    return strong != line.bold and (strong or len(current.lines) == 1) and not _is_half(current)


def _is_half(current: Paragraph) -> bool:
    """Does its only line end within a word, so that the next line goes on whatever its type?"""
    return current.last.words[-1].text.endswith(("-", ","))


def _is_display(paragraph: Paragraph, measures: Measures) -> bool:
    line = paragraph.first
    return line.size > 1.08 * measures.body or (line.bold and not measures.bold)


def _evidence(
    line: Line, label: str, current: Paragraph, before: Sequence[str], measures: Measures
) -> int:
    """Return how much speaks for the number at the line's beginning being a number of its own."""
    words = line.words
    points = 0
    expected = _expected(current, measures)
    x = measures.indent(line, line.x0)
    if expected is None:
        points += 1
    elif abs(x - expected) > _SAME_X:
        points += 2
    last = current.last
    if _has_room(line, last, measures):
        points += 2
    if _is_apart(line, current, measures):
        points += 2
    ending = _ending(last)
    if ending.endswith((".", ";", ":", ",", "?", "!")):
        points += 1
    known = [*before, current.label] if current.label else before
    if label in BULLETS:
        points += label in known or ending.endswith(":")
    elif counts_on(label, known):
        points += 1
    if len(words) > 1 and words[1].x0 - words[0].x1 > _TAB * words[0].size:
        points += 1
    if is_citing(ending):
        points -= 2
    if len(label.split()) == 2:  # "Section 4" within a sentence, or a heading
        points -= 1
    return points


def _ending(line: Line) -> str:
    """Return the line's last word, without quotation marks and the mark of a footnote."""
    words = [word.text for word in line.words if not word.raised] or [line.text]
    return words[-1].rstrip("”’\"')")


def _expected(current: Paragraph, measures: Measures) -> float | None:
    """Return how far in the paragraph's next line begins, if that is known."""
    if len(current.lines) > 1:
        return measures.indent(current.last, current.last.x0)
    if current.labelled:
        return measures.indent(current.first, current.text_x)
    return None


def _has_room(line: Line, last: Line, measures: Measures) -> bool:
    """Would the line's first word have found room on the line before, had it gone on?"""
    first = line.words[0]
    room = measures.right(last) - last.x1 - 0.25 * first.size
    return room - (first.x1 - first.x0) > 0.5 * first.size


def _is_apart(line: Line, current: Paragraph, measures: Measures) -> bool:
    """Is there more white above the line than between the lines of a paragraph?"""
    last = current.last
    if last.column != line.column:
        return False
    usual = measures.leading * line.size / measures.body
    if len(current.lines) > 1 and current.lines[-2].column == last.column:
        usual = max(min(usual, current.lines[-2].y - last.y), 0.9 * line.size)
    return last.y - line.y > _PARAGRAPH_GAP * usual or last.y < line.y


def _goes_on(line: Line, current: Paragraph, measures: Measures) -> bool:
    """Does the line go on with the paragraph: is it where it should be, was the last one full?"""
    last = current.last
    opens = not line.text[:1].islower()
    closed = _ending(last).endswith((".", ":", ";", "?", "!"))
    if _has_room(line, last, measures) and (opens or closed):
        return False
    x = measures.indent(line, line.x0)
    if len(current.lines) > 1:
        return abs(x - measures.indent(last, last.x0)) <= _SAME_X
    start = measures.indent(current.first, current.first.x0)
    hung = current.first.words[current.labelled :][:2] if current.labelled else []
    if any(abs(x - measures.indent(last, word.x0)) <= _SAME_X for word in hung):
        return True  # below the text, or below that after a second number
    if abs(x - start) <= _SAME_X:
        return True
    if 0 < start - x <= _DEEPEST_INDENT:  # the first line was indented
        return not closed or not current.labelled
    return 0 < x - start <= _DEEPEST_INDENT and not opens
