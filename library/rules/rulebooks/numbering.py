"""What a number says: its kind, its value, and which number comes after it.

    "Article IV."  an article with the number "IV"
    "(b)"          the number "b" in brackets
    "2.1"          the number "2.1", which belongs below a "2"

A single "i" may be the letter after "h" or the Roman one, so every number has a list of meanings;
the row it stands in decides.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from library.citations.numerals import WORDS
from library.rules.rulebooks.tree import DIVISIONS, Kind

ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
NUMBER = rf"\d{{1,4}}[A-Za-z]?|{ROMAN}|{ROMAN.lower()}|[A-Za-z]"
_DOTTED = r"\d{1,4}(?:\.(?:\d{1,4}[A-Za-z]?|[A-Za-z]))+"
KINDS: dict[str, Kind] = {kind: kind for kind in DIVISIONS}
_NAMED = re.compile(
    rf"(?P<word>{'|'.join(KINDS)}|§)\s*(?P<number>{_DOTTED}|\d{{1,4}}\s?\([A-Z]\)|{NUMBER}"
    rf"|{'|'.join(WORDS)})(?P<after>\)?(?:\s*[—–:-]\s*|\s*\.(?=\s|[^\w\s]|$)\s*|\s+|$))",
    re.IGNORECASE,
)
_TYPED = re.compile(
    rf"(?:\((?P<within>{_DOTTED}|{NUMBER})\)|(?P<before>{_DOTTED}|{NUMBER})[.)])(?:\s+|$)"
)
_BARE = re.compile(rf"(?P<number>{_DOTTED})(?:\s+(?=[^\W\da-z_]|[\"“‘'(\[])|\s*$)")
_PLAIN = re.compile(r"(?P<number>\d{1,3})\s+(?=[^\W\d_])")
_OUTER = re.compile(r"^[^\w#]+|[^\w)]+$")

Meaning = tuple[str, int, int]  # style, value, and the value of a letter after it ("3a")


class Label(NamedTuple):
    """A number as drawn: `kind` where it is named, `number` without punctuation, its `shape`."""

    kind: Kind | None
    number: str
    shape: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The steps of a dotted number: "2.1" has two."""
        return tuple(self.number.split("."))


def named(text: str) -> tuple[str, Label] | None:
    """Return how much of a text is a named number ("Article IV. "), and that number.

    The words after it are not looked at: "Section 4 applies" begins with one too.
    """
    match = _NAMED.match(text)
    if not match:
        return None
    word = match["word"].lower()
    kind = "section" if word == "§" else KINDS[word]
    return match.group(), Label(kind, re.sub(r"\s", "", match["number"]), kind)


def typed(text: str, *, heading: bool = False) -> tuple[str, Label] | None:
    """Return how much of a text is a number somebody typed before it ("(a) "), and that number.

    "3.5 per cent" begins with none; in a `heading` a plain "3 Scope" is one too.
    """
    if match := _TYPED.match(text):
        number = match["within"] or match["before"]
        return match.group(), Label(None, number, match.group().strip().replace(number, "%"))
    match = _BARE.match(text) or (_PLAIN.match(text) if heading else None)
    return (match.group(), Label(None, match["number"], "%")) if match else None


def parsed(label: str) -> Label | None:
    """Return what a drawn label says; None for a bullet, which says nothing."""
    label = label.strip()
    if not any(character.isalnum() for character in label):
        return None
    found = named(label)
    if found and found[0] == label:
        return found[1]
    number = _OUTER.sub("", label)
    if number.endswith(")") and "(" not in number:
        number = number[:-1]
    return Label(None, number, label.replace(number, "%", 1))


def meanings(number: str) -> list[Meaning]:
    """Return what a number may mean, the likeliest at the beginning of a row first."""
    above, dot, last = number.rpartition(".")
    prefix = above + dot
    if match := re.fullmatch(r"(\d{1,9})([A-Za-z]?)", last):
        return [(f"{prefix}1", int(match[1]), ord(match[2].lower()) - 96 if match[2] else 0)]
    if last.lower() in WORDS:
        return [("one", WORDS.index(last.lower()) + 1, 0)]
    if not last.isascii() or not last.isalpha():
        return []
    case = "A" if last.isupper() else "a"
    found: list[Meaning] = []
    if len(set(last.lower())) == 1:
        value = ord(last[0].lower()) - 96 + 26 * (len(last) - 1)
        found.append((f"{prefix}{case}", value, 0))
    if re.fullmatch(ROMAN, last.upper()) and (last.isupper() or last.islower()):
        found.append((f"{prefix}{'I' if case == 'A' else 'i'}", _roman_value(last.upper()), 0))
    return sorted(found, key=lambda meaning: meaning[1])


def follows(new: Iterable[Meaning], before: Iterable[Meaning]) -> list[Meaning]:
    """Return the meanings in which a number is the next one after another."""
    earlier = list(before)
    return [
        (style, value, letter)
        for style, value, letter in new
        if any(
            style == row
            and ((value == last + 1 and not letter) or (value == last and letter == minor + 1))
            for row, last, minor in earlier
        )
    ]


def firsts(new: Iterable[Meaning]) -> list[Meaning]:
    """Return the meanings in which a number begins a row: 1, a, A, i, I, 2.1."""
    return [meaning for meaning in new if meaning[1] == 1 and not meaning[2]]


def settled(new: list[Meaning], before: list[Meaning] | None) -> list[Meaning]:
    """Return what a number means in its row, after the one before it (None: it begins the row)."""
    if before:
        styles = {style for style, _value, _letter in before}
        found = follows(new, before) or [meaning for meaning in new if meaning[0] in styles]
        if found:
            return found
    return firsts(new) or new[:1]


def distance(new: Iterable[Meaning], before: Iterable[Meaning]) -> int | None:
    """Return by how much a number is higher than another of its style; None where none fits."""
    earlier = list(before)
    found = [
        value - last
        for style, value, _letter in new
        for row, last, _minor in earlier
        if style == row
    ]
    return min(found, key=lambda step: (step < 0, abs(step)), default=None)


def written(style: str, value: int) -> str:
    """Return a value as a number: of style "1", "a", "A", "i" or "I"; others as digits."""
    if value < 1 or style not in ("a", "A", "i", "I"):
        return str(value)
    if style in "aA":
        letters = ""
        while value:
            value, letter = divmod(value - 1, 26)
            letters = chr(97 + letter) + letters
        return letters.upper() if style == "A" else letters
    return roman(value) if style == "I" else roman(value).lower()


def roman(value: int) -> str:
    """Return a value from 1 to 3999 in Roman numerals, and others in digits."""
    if not 0 < value < 4000:
        return str(value)
    pieces = []
    for worth, numeral in _NUMERALS:
        count, value = divmod(value, worth)
        pieces.append(numeral * count)
    return "".join(pieces)


_NUMERALS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_VALUES = {numeral: worth for worth, numeral in _NUMERALS if len(numeral) == 1}


def _roman_value(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def out_of_order(
    number: str, meaning: list[Meaning], before: str, meaning_before: list[Meaning]
) -> str:
    """Return what is odd about a number after the one before it in its row, or nothing."""
    if follows(meaning, meaning_before):
        return ""
    step = distance(meaning, meaning_before)
    if step is not None and step > 1:
        return f"“{number}” follows “{before}”: something may be missing between them."
    if step is not None and step < 0:
        return f"“{number}” follows “{before}”: out of order."
    return ""
