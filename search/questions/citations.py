"""Citations of the rule book, in every form in which people write them.

The shape is Chapter N › Clause ROMAN › 1. › A. › i. › a.; the normal form is "7.VIII.3.A.i.a".
Chapters and clauses may be written in Roman or arabic numerals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_RANGE = 50  # provisions; a longer range is taken as its two ends

_EDGE = r"(?![^\W_])"  # not in the middle of a word or number
_ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NUMBER = rf"(?:{_ROMAN}|\d{{1,2}}){_EDGE}"
_CHAPTER_NUMBER = rf"(?:\d{{1,2}}(?:\s?\([AB]\)|[AB])?|{_ROMAN}){_EDGE}"
_STEP = rf"(?:\d{{1,3}}|[A-Z]|[IVXL]{{2,5}}){_EDGE}"
_STEPS = rf"(?:\.{_STEP}|\s?\({_STEP}\)){{0,4}}"
_GAP = r"[\s,]{0,3}"
_CHAPTER = rf"\bch(?:ap)?(?:ter)?\.?\s?(?P<chapter>{_CHAPTER_NUMBER})"
_CLAUSE = rf"\bcl(?:ause)?\.?\s?(?P<clause>{_NUMBER})(?P<steps>{_STEPS})"
_SECTION = (
    rf"(?:{_GAP}\b(?:sections?|sub-?clause|para(?:graph)?|s)\.?\s?(?P<section>{_STEP}{_STEPS}))?"
)

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_CHAPTER}{_GAP}{_CLAUSE}{_SECTION}",
        rf"{_CLAUSE}{_SECTION}{_GAP}(?:of\s|in\s)?{_CHAPTER}",
        r"(?:\b(?:rules?|clauses?|chapter|provisions?)\s)?"
        rf"(?<![\w.])(?P<chapter>\d{{1,2}}(?:\([AB]\)|[AB])?)"
        rf"\.(?P<clause>{_ROMAN}{_EDGE}|\d{{1,2}}(?=\.{_STEP}))(?P<steps>{_STEPS})",
        _CHAPTER,
    )
)
_LIST = re.compile(rf"\s?(?P<sign>,\s?and\b|,|and\b|&|or\b|to\b|[-–—])\s?(?P<step>{_STEP})", re.I)
_RANGE = re.compile(r"\s?(?:to\b|[-–—])\s?", re.I)
_RANGE_SIGNS = ("to", "-", "–", "—")
_PIECES = re.compile(r"[A-Za-z]+|\d+")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in a text something is cited, and the normal forms of all that is meant there."""

    keys: tuple[str, ...]
    start: int
    end: int


def find_citations(text: str) -> list[Citation]:
    """Return the citations of a text in their order; ranges and lists are written out."""
    found: list[Citation] = []
    position = 0
    while match := _next(text, position):
        citation = _continued(text, match)
        found.append(citation)
        position = citation.end
    return _ranges_joined(text, found)


def normal_form(text: str) -> str:
    """Return the normal form of a text that is one citation and nothing else, or nothing."""
    found = find_citations(text.strip())
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text.strip())):
        return ""
    return found[0].keys[0] if len(found[0].keys) == 1 else ""


def to_roman(number: int) -> str:
    """Return a number from 1 to 89 in Roman numerals, and nothing for any other."""
    if not 0 < number < 90:
        return ""
    tens, ones = divmod(number, 10)
    return ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"][tens] + [
        "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"
    ][ones]  # fmt: skip


def from_roman(numeral: str) -> int:
    """Return the value of Roman numerals made of I, V, X and L."""
    values = [_ROMAN_VALUES[letter] for letter in numeral.upper()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _next(text: str, position: int) -> re.Match[str] | None:
    """Return the first citation from a position on; of two that begin there, the fuller form."""
    matches = [match for form in _FORMS if (match := form.search(text, position)) and _key(match)]
    return min(matches, key=lambda match: (match.start(), -match.end()), default=None)


def _key(match: re.Match[str]) -> str:
    groups = match.groupdict()
    chapter = _chapter(groups["chapter"])
    clause = _clause(groups.get("clause") or "")
    if not chapter or (groups.get("clause") and not clause):
        return ""
    steps = _steps(f"{groups.get('steps') or ''}.{groups.get('section') or ''}")
    return ".".join([chapter, *([clause] if clause else []), *steps])


def _chapter(text: str) -> str:
    pieces = _PIECES.findall(text)
    if not pieces[0].isdigit():
        return str(from_roman(pieces[0]))
    number = int(pieces[0])
    return str(number) + "".join(pieces[1:]).upper() if number else ""


def _clause(text: str) -> str:
    return to_roman(int(text)) if text.isdigit() else text.upper()


def _steps(text: str) -> list[str]:
    """Return the parts below a clause: the first lettered one is upper case, the rest lower."""
    steps: list[str] = []
    for piece in _PIECES.findall(text):
        lettered = any(step.isalpha() for step in steps)
        steps.append(str(int(piece)) if piece.isdigit() else _cased(piece, lower=lettered))
    return steps


def _cased(piece: str, *, lower: bool) -> str:
    return piece.lower() if lower else piece.upper()


def _continued(text: str, match: re.Match[str]) -> Citation:
    """Return the citation with what is listed after it: "1.IV.B and C", "6.I.1 to 4"."""
    keys, end = [_key(match)], match.end()
    typed = _PIECES.findall(match.group())[-1]
    while "." in keys[0] and (more := _LIST.match(text, end)):
        step = more["step"]
        if not _same_kind(typed, step) or _next_starts_at(text, more.start("step")):
            break
        new = f"{keys[-1].rpartition('.')[0]}.{_like(keys[-1], step)}"
        if more["sign"].lower() in _RANGE_SIGNS:
            keys.extend(_between(keys[-1], new))
        keys.append(new)
        end = more.end()
    return Citation(tuple(dict.fromkeys(keys)), match.start(), end)


def _next_starts_at(text: str, position: int) -> bool:
    return any(form.match(text, position) for form in _FORMS)


def _same_kind(typed: str, step: str) -> bool:
    if typed.isdigit() or step.isdigit():
        return typed.isdigit() and step.isdigit()
    return typed.isupper() == step.isupper()


def _like(key: str, step: str) -> str:
    last = key.rpartition(".")[2]
    return str(int(step)) if step.isdigit() else _cased(step, lower=last.islower())


def _between(first: str, last: str) -> Iterator[str]:
    """Yield the provisions strictly between two of the same parent, if that can be told."""
    parent, _, start = first.rpartition(".")
    other, _, end = last.rpartition(".")
    if parent != other or not parent:
        return
    if start.isdigit() and end.isdigit():
        names = [str(number) for number in range(int(start) + 1, int(end))]
    elif parent.count(".") == 0 and start.isupper() and end.isupper():
        names = [to_roman(number) for number in range(from_roman(start) + 1, from_roman(end))]
    elif len(start) == len(end) == 1 and start.isalpha() and end.isalpha():
        names = [chr(code) for code in range(ord(start) + 1, ord(end))]
    else:
        return
    if len(names) < LONGEST_RANGE:
        yield from (f"{parent}.{name}" for name in names)


def _ranges_joined(text: str, found: list[Citation]) -> list[Citation]:
    """Write out ranges between two full citations: "6.I.1 to 6.I.4"."""
    result: list[Citation] = []
    for citation in found:
        before = result[-1] if result else None
        if before and _RANGE.fullmatch(text, before.end, citation.start):
            between = _between(before.keys[-1], citation.keys[0])
            keys = dict.fromkeys([*before.keys, *between, *citation.keys])
            result[-1] = Citation(tuple(keys), before.start, citation.end)
        else:
            result.append(citation)
    return result
