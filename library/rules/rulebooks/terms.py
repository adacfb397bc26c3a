"""Finds the words to which a rule gives a meaning, and where they are used."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_TERM = 100  # characters
LONGEST_MEANING = 600

_QUOTED = r"[\"“”‘']([^\"“”‘’]{2,100}?)[\"“”’']"
_EMPHASISED = r"(?<!\w)([_*]{1,2})(?P<bare>[^_*\n]{2,100}?)\1(?!\w)"
_ALSO = rf"(?:\s*(?:,|,?\s+(?:and|or))\s+(?:the\s+)?{_QUOTED})*"
_SAYS = (
    r"(?:\s*\([^()\n]{1,80}\))?,?\s+"
    r"(?:(?:shall|will)\s+)?(?:means?|has\s+the\s+(?:same\s+)?meaning|have\s+the\s+(?:same\s+)?"
    r"meanings?|refers?\s+to|includes?)\b"
)
_DEFINED = re.compile(rf"(?P<names>{_QUOTED}{_ALSO}){_SAYS}")
_DEFINED_BARE = re.compile(rf"{_EMPHASISED}{_SAYS}")
_NAME = re.compile(_QUOTED)
_MEANINGS = re.compile(r"\b(?:definitions?|interpretation|meanings?|glossary)\b", re.IGNORECASE)
_PLAIN = re.compile(r"^(?:the\s+)?(?P<bare>[A-Z][^.,;:\"“]{1,60}?)\s+(?:means?|refers?\s+to)\b")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+(?P<first>[^\W\d_])")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class Definition(NamedTuple):
    """A word or phrase and the sentence that gives it its meaning."""

    term: str
    meaning: str


class Use(NamedTuple):
    """Where in a text a term is used, between two characters."""

    start: int
    end: int
    term: str


def find_definitions(text: str, *, heading: str = "") -> list[Definition]:
    """Return the terms that a text defines, with what it says they mean.

    Quoted and emphasised words that "mean", "have the meaning" or "refer to" something are defined
    anywhere; bare words at the beginning of a text only where the heading of what it stands in
    speaks of meanings.
    """
    found = [(match, _names(match["names"])) for match in _DEFINED.finditer(text)]
    found += [(match, [match["bare"]]) for match in _DEFINED_BARE.finditer(text)]
    if not found and _MEANINGS.search(heading) and (plain := _PLAIN.match(text)):
        found = [(plain, [plain["bare"]])]
    found.sort(key=lambda each: each[0].start())
    starts = [*(match.start() for match, _ in found[1:]), len(text)][: len(found)]
    return [
        Definition(term, _meaning(text[match.start() : end]))
        for (match, names), end in zip(found, starts, strict=True)
        for name in names
        if (term := _term(name))
    ]


def _names(written: str) -> list[str]:
    return [match[1] for match in _NAME.finditer(written)]


def _term(name: str) -> str:
    """Return a term without its article and punctuation; nothing where it is no word."""
    term = _ARTICLE.sub("", " ".join(name.split())).strip(" ,.;:")
    return term if _WORD.search(term) and len(term) <= LONGEST_TERM else ""


def _meaning(text: str) -> str:
    """Return the sentence of a definition, without what leads to the next one."""
    said = re.sub(r"[;,]?\s*(?:and|or)?\s*$", "", text.strip()) or text.strip()
    if len(said) > LONGEST_MEANING:
        said = said[:LONGEST_MEANING].rsplit(" ", 1)[0] + " …"
    return said


class DefinedWords:
    """Terms as they are looked for in texts: longest first, in the plural too.

    What is written in capitals alone ("NEC") is found only so; other terms in either case, but not
    where they begin another name: "Student Body" in "Student Body Constitution".
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term in terms:
            if words := tuple(match.group().casefold() for match in _WORD.finditer(term)):
                stems = (*words[:-1], singular(words[-1]))
                first = stems[0]
                self._by_first.setdefault(first, []).append((stems, term))
        for found in self._by_first.values():
            found.sort(key=lambda each: -len(each[0]))

    def uses(self, text: str, *, taken: Collection[tuple[int, int]] = ()) -> list[Use]:
        """Return the first use of each term in a text, outside of the stretches that are taken."""
        if not self._by_first or not text:
            return []
        found: dict[str, Use] = {}
        position = 0
        for use in self._found(text):
            free = all(use.end <= start or use.start >= end for start, end in taken)
            if use.start >= position and free:
                found.setdefault(use.term, use)
                position = use.end
        return list(found.values())

    def _found(self, text: str) -> Iterator[Use]:
        matches = list(_WORD.finditer(text))
        words = [match.group().casefold() for match in matches]
        for place, word in enumerate(words):
            candidates = self._by_first.get(word) or self._by_first.get(singular(word), [])
            for stems, term in candidates:
                last = place + len(stems)
                if _same(words[place:last], stems):
                    start, end = matches[place].start(), matches[last - 1].end()
                    if _meant(text, start, end, term):
                        yield Use(start, end, term)
                        break


def _same(words: list[str], stems: tuple[str, ...]) -> bool:
    return len(words) == len(stems) and (*words[:-1], singular(words[-1])) == stems


def _meant(text: str, start: int, end: int, term: str) -> bool:
    """Say whether words that are a term's are written so, and are no beginning of another name.

    An abbreviation means the same within a name.
    """
    if term.isupper():
        return text.startswith(term, start)
    following = _NEXT_WORD.match(text, end)
    return not (text[start].isupper() and following and following["first"].isupper())


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """Return a word without its plural's or genitive's ending: "bodies", "bodies’", "body’s"."""
    word = re.sub(r"[’']s?$", "", word)
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
