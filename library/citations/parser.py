"""From a place in a text to what is cited there, in normal form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from library.citations import forms
from library.citations.numerals import from_roman, number_of, to_roman

LONGEST_RANGE = 50  # provisions; a longer range is taken as its two ends
ANY = "*"  # stands for the chapter where it was left out
_MOST_CLAUSES = 29  # in one chapter; "7.45.10" is a time and not a rule
# What follows the I that is a person: "the rule I should read".
AFTER_ME = re.compile(
    r"['’]|\s+(?:am|ask|break|call|can|cannot|cite|could|did|do|don|find|found|get|go|had|have|hold|"
    r"know|look|may|might|must|need|ought|quote|read|saw|see|shall|should|think|use|want|was|were|"
    r"will|wish|would)\b"
)
_SMALL_I = re.compile(
    r"['’]|\s+(?!(?:of|in|and|or|to|cl|clauses?|section|para|says?|mean|about)\b)[a-z']"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in a text something is cited, and the normal forms of all that is meant there.

    Where the chapter was left out there are no keys: `parts` are the normal forms from the clause
    on ("IX.3" for "Clause 9.3").
    """

    keys: tuple[str, ...]
    start: int
    end: int
    parts: tuple[str, ...] = ()


def read_at(text: str, position: int) -> Citation | None:
    """Return the citation that begins at a position; of several readings the longest."""
    readers = _READERS.get(text[position].lower(), (_by_number,))
    found = (reader(text, position) for reader in readers)
    return max(filter(None, found), key=lambda citation: citation.end, default=None)


def _by_chapter(text: str, position: int) -> Citation | None:
    """ "Chapter 7", "Chapter 7 Clauses VIII.3 and 4", "Chapter 4 Appendix 2"."""
    match = forms.CHAPTER.match(text, position)
    chapter = _chapter(text, match) if match else ""
    if not match or not chapter:
        return None
    gap = forms.AFTER_CHAPTER.match(text, match.end())
    if gap and (below := _clauses(text, gap.end())):
        return Citation(_within(chapter, below.parts), position, below.end)
    if gap and (below := _appendix_alone(text, gap.end())):
        both = (*below.parts, *_within(chapter, below.parts))
        return Citation(both, position, below.end)
    if match["several"]:
        keys, end = _continued(text, [chapter], match["number"], match.end())
        return Citation(tuple(keys), position, end)
    return Citation((chapter,), position, match.end())


def _by_clause(text: str, position: int) -> Citation | None:
    """ "Clause IX.3", "Clauses IX and X of Chapter 2", "section 3 of Clause IX"."""
    before = forms.SECTION_OF.match(text, position)
    found = _clauses(text, before.end() if before else position)
    if not found:
        return None
    if before:
        below = ".".join(_steps(before["steps"]))
        parts = tuple(f"{part}.{below}" for part in found.parts)
        found = Citation((), position, found.end, parts)
    return _of_chapter(text, found)


def _by_number(text: str, position: int) -> Citation | None:
    """ "7.VIII.3.A", "Rule 2.I.8", "rule 2.1", "2.1.8", "1.IV.B and C"."""
    match = forms.DOTTED.match(text, position)
    if not match or _is_pronoun(text, match, "clause"):
        return None
    chapter = _chapter_name(match["chapter"])
    clause = _clause(match["clause"])
    if not chapter or not clause or _is_no_rule(text, match):
        return None
    start = ".".join([chapter, clause, *_steps(match["steps"])])
    section = forms.SECTION.match(text, match.end()) if not match["steps"] else None
    end = match.end()
    if section:
        start, end = ".".join([start, *_steps(section["steps"])]), section.end()
    keys, end = _continued(text, [start], text[match.start() : end], end)
    return Citation(tuple(_also_parted(keys)), position, end)


def _by_appendix(text: str, position: int) -> Citation | None:
    """ "Appendix 2 to Chapter 4", "Appendix 1 paragraph 2.A".

    Books count their appendices through, or in each chapter anew: both keys are meant.
    """
    found = _appendix_alone(text, position)
    if not found:
        return None
    of_chapter = _of_chapter(text, found)
    return Citation((*found.parts, *of_chapter.keys), position, of_chapter.end)


def _by_part(text: str, position: int) -> Citation | None:
    """ "Part 1, paragraph 3", "standing orders part 2", "part 2 of the standing orders"."""
    match = forms.PART.match(text, position)
    if not match or not (match["steps"] or match["orders"] or match["of"]):
        return None
    steps = _steps(match["steps"] or "")
    keys = (".".join([f"part-{name}", *steps]) for name in _both_numbers(match["number"]))
    return Citation(tuple(keys), position, match.end())


_READERS = {
    "a": (_by_appendix,),
    "c": (_by_number, _by_chapter, _by_clause),
    "p": (_by_number, _by_clause, _by_part),
    "r": (_by_number,),
    "s": (_by_number, _by_clause, _by_part),
}


def _clauses(text: str, position: int) -> Citation | None:
    """Return one or more clauses without their chapter, in `parts`."""
    match = forms.CLAUSE.match(text, position)
    if not match or _is_pronoun(text, match, "number"):
        return None
    clause = to_roman(number_of(match["number"]))
    if not clause:
        return None
    steps, end = _steps(match["steps"]), match.end()
    if not steps and (section := forms.SECTION.match(text, end)):
        steps, end = _steps(section["steps"]), section.end()
    keys, end = _continued(text, [".".join([ANY, clause, *steps])], text[position:end], end)
    parts = tuple(key.removeprefix(f"{ANY}.") for key in _also_parted(keys))
    return Citation((), position, end, parts)


def _appendix_alone(text: str, position: int) -> Citation | None:
    match = forms.APPENDIX.match(text, position)
    if not match or (match["number"] in "ai" and forms.GOES_ON.match(text, match.end()) is None):
        return None
    steps = _steps(match["steps"])
    names = (".".join([f"appendix-{name}", *steps]) for name in _both_numbers(match["number"]))
    return Citation((), position, match.end(), tuple(names))


def _of_chapter(text: str, found: Citation) -> Citation:
    """Return what was found with the chapter that is named after it, if one is."""
    joined = forms.OF.match(text, found.end)
    match = forms.CHAPTER.match(text, joined.end()) if joined else None
    chapter = _chapter(text, match) if match else ""
    if not match or not chapter or match.start() == found.end:
        return found
    return Citation(_within(chapter, found.parts), found.start, match.end())


def _within(chapter: str, parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{chapter}.{part}" for part in parts)


def _chapter(text: str, match: re.Match[str]) -> str:
    return "" if _is_pronoun(text, match, "number") else _chapter_name(match["number"])


def _chapter_name(text: str) -> str:
    pieces = forms.PIECES.findall(text)
    number = number_of(pieces[0])
    return f"{number}{''.join(pieces[1:]).upper()}" if number else ""


def _clause(text: str) -> str:
    return to_roman(int(text)) if text.isdigit() else text.upper()


def _both_numbers(text: str) -> tuple[str, ...]:
    """Return a number as it was written, and the other way: the key follows the book's own."""
    if text.isdigit():
        return tuple(dict.fromkeys(filter(None, (str(int(text)), to_roman(int(text))))))
    other = from_roman(text)
    return (text.upper(), str(other)) if other else (text.upper(),)


def _is_pronoun(text: str, match: re.Match[str], group: str) -> bool:
    """Say whether the numeral is the word I: "which clause I should read"."""
    after = {"I": AFTER_ME, "i": _SMALL_I}.get(match[group])
    return after is not None and after.match(text, match.end(group)) is not None


def _is_no_rule(text: str, match: re.Match[str]) -> bool:
    """Say whether numbers with dots between are a date, a time, a version or an address."""
    if not match["clause"].isdigit():
        return forms.VERSION.search(text, max(0, match.start() - 12), match.start()) is not None
    steps = forms.PIECES.findall(match["steps"])
    if match["wide"]:
        return False
    if not steps:
        return True
    if match["word"]:
        return False
    numbers = [match["chapter"], match["clause"], *steps]
    arabic = all(number.isdigit() for number in numbers)
    return (
        (arabic and (len(numbers) > 3 or any(number.startswith("0") for number in numbers)))
        or int(match["clause"]) > _MOST_CLAUSES
        or (steps[0].isdigit() and int(steps[0]) >= 20 and arabic)
        or forms.VERSION.search(text, max(0, match.start() - 12), match.start()) is not None
    )


def _steps(text: str) -> list[str]:
    """Return the parts below a clause: the first lettered one is upper case, the rest lower.

    A number with a letter ("3A") is one step.
    """
    steps: list[str] = []
    for piece in re.findall(r"\d+[A-Za-z]?|[A-Za-z]+", text):
        lettered = any(step.isalpha() for step in steps)
        steps.append(_numbered(piece) if piece[0].isdigit() else _cased(piece, lower=lettered))
    return steps


def _numbered(piece: str) -> str:
    digits = piece.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return f"{int(digits)}{piece[len(digits) :].upper()}"


def _cased(piece: str, *, lower: bool) -> str:
    return piece.lower() if lower else piece.upper()


def _also_parted(keys: Iterable[str]) -> Iterator[str]:
    """Yield the keys, and after one that ends with "3A" the one that ends with "3.A"."""
    for key in keys:
        yield key
        if re.search(r"\.\d+[A-Z]$", key):
            yield f"{key[:-1]}.{key[-1]}"


def _continued(text: str, keys: list[str], typed: str, end: int) -> tuple[list[str], int]:
    """Return keys with what is listed after them: "1.IV.B and C", "6.I.1 to 4"."""
    typed = forms.PIECES.findall(typed)[-1]
    while more := forms.LIST.match(text, end):
        step, sign = more["step"], more["sign"].lower()
        new = _beside(keys[-1], typed, step)
        if not new or _is_a_word(text, more, keys[-1]) or _begins_anew(text, more.start("step")):
            break
        if sign in forms.RANGE_SIGNS:
            keys.extend(between(keys[-1], new))
        keys.append(new)
        end = more.end()
    return list(dict.fromkeys(keys)), end


def _begins_anew(text: str, position: int) -> bool:
    return forms.DOTTED.match(text, position) is not None


def _is_a_word(text: str, more: re.Match[str], key: str) -> bool:
    """Say whether what looks like the next of a list belongs to the sentence: "and a comment"."""
    step = more["step"]
    if step == "I" and AFTER_ME.match(text, more.end()):
        return True
    doubtful = step.isdigit() or step.islower() or step in "AI"
    if more["sign"].lower() in forms.RANGE_SIGNS and not step.isalpha():
        doubtful = False
    return doubtful and forms.GOES_ON.match(text, more.end()) is None


def _beside(key: str, typed: str, step: str) -> str:
    """Return the key of a sibling that is written as its last step alone, or nothing."""
    parent, _, last = key.rpartition(".")
    if typed.isdigit() != step.isdigit() or (step.isalpha() and typed.isupper() != step.isupper()):
        return ""
    level = key.count(".")
    if level == 0:
        return _chapter_name(step) if number_of(step) else ""
    if level == 1:
        clause = to_roman(number_of(step))
        return f"{parent}.{clause}" if clause else ""
    if step.isdigit():
        return f"{parent}.{int(step)}"
    return f"{parent}.{_cased(step, lower=last.islower())}" if step.isalpha() else ""


def between(first: str, last: str) -> Iterator[str]:
    """Yield the provisions strictly between two of the same parent, whichever is named first."""
    parent, dot, start = first.rpartition(".")
    other, _, end = last.rpartition(".")
    if parent != other:
        return
    if start.isdigit() and end.isdigit():
        low, high = sorted((int(start), int(end)))
        names = [str(number) for number in range(low + 1, high)]
    elif first.count(".") == 1 and from_roman(start) and from_roman(end):
        low, high = sorted((from_roman(start), from_roman(end)))
        names = [to_roman(number) for number in range(low + 1, high)]
    elif len(start) == len(end) == 1 and start.isalpha() and end.isalpha():
        low, high = sorted((ord(start), ord(end)))
        names = [chr(code) for code in range(low + 1, high)]
    else:
        return
    if len(names) < LONGEST_RANGE and all(names):
        yield from (f"{parent}{dot}{name}" for name in names)
