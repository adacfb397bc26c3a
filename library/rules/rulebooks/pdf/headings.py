"""Tells headings and the book's title from paragraphs, and how high each heading stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from library.rules.rulebooks.pdf.labels import division
from library.rules.rulebooks.pdf.measures import Measures
from library.rules.rulebooks.pdf.paragraphs import Paragraph

_LARGER = 1.08  # times the text's type size
_LONGEST = 200  # characters
_MOST_LINES = 3
_LONGEST_PLAIN = 90  # characters of a heading that only its words or its place mark as one
_CENTRED = 8.0  # points by which the middle of a line may be off the column's
_GAP = 1.3  # times the leading, above a heading that nothing else marks


@dataclass(slots=True)
class Drawn:
    """A paragraph with its text, and how it is drawn as a heading."""

    paragraph: Paragraph
    text: str
    gap: float  # the white above it, in times the leading; large at the head of a column

    @property
    def words(self) -> str:
        return f"{self.paragraph.label} {self.text}".strip()

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.paragraph.lines)

    @property
    def size(self) -> float:
        return self.paragraph.first.size


def is_heading(drawn: Drawn, measures: Measures) -> bool:
    """Is the paragraph drawn or worded as a heading?"""
    paragraph, words = drawn.paragraph, drawn.words
    if len(paragraph.lines) > _MOST_LINES or len(words) > _LONGEST:
        return False
    if not any(character.isalpha() for character in words) or words.endswith((";", ",")):
        return False
    if drawn.size >= _LARGER * measures.body:
        return True
    if drawn.bold and not measures.bold:
        return not words.endswith((":", ".")) or len(words) <= _LONGEST_PLAIN
    if len(words) > _LONGEST_PLAIN or drawn.size < 0.94 * measures.body:
        return False
    if division(words) and paragraph.labelled == 2:
        ends = words.endswith((".", ":")) and drawn.text
        return drawn.gap >= _GAP and (not ends or drawn.text.istitle() or words.isupper())
    if paragraph.labelled or words.endswith((".", ":")):
        return False
    return drawn.gap >= _GAP and (is_centred(paragraph, measures) or _is_shouted(words))


def _is_shouted(words: str) -> bool:
    return words.isupper() and sum(map(str.isalpha, words)) >= 4


def is_centred(paragraph: Paragraph, measures: Measures) -> bool:
    """Do all its lines stand in the middle of their column, away from its edges?"""
    for line in paragraph.lines:
        left, right = measures.shifts[line.column], measures.right(line)
        if abs((line.x0 + line.x1) / 2 - (left + right) / 2) > _CENTRED or line.x0 - left < 18:
            return False
    return True


def titles_of(drawn: Sequence[Drawn], measures: Measures) -> tuple[int | None, int]:
    """Return which paragraph is the book's title, and how many belong to its title page.

    They stand before the first number and before the first running text, and the title is the
    largest of them; the headings of the book are smaller.
    """
    leading = 0
    for one in drawn:
        lines = one.paragraph.lines
        if one.paragraph.labelled or one.paragraph.first.page != drawn[0].paragraph.first.page:
            break
        if len(lines) > _MOST_LINES or len(one.text) > _LONGEST:
            break
        leading += 1
    if not leading:
        return None, 0
    largest = max(range(leading), key=lambda index: (drawn[index].size, -index))
    rest = max((one.size for one in drawn[leading:]), default=0.0)
    size = drawn[largest].size
    if size < _LARGER * measures.body or size < 0.98 * rest:
        return None, 0
    # Beyond the title only what is drawn like a title page belongs to it.
    end = largest + 1
    while end < leading and (
        is_centred(drawn[end].paragraph, measures) or drawn[end].size > measures.body * _LARGER
    ):
        end += 1
    return largest, end
