"""Words that mean the same, put into a question as alternatives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from search.engines.question import Term
from search.engines.text import plain_words, stems
from search.questions.pieces import SAME, SLIGHT_WORDS, Piece

OTHER = 0.75  # what a word that means the same is worth, beside the one that was typed
MOST_OTHERS = 12  # put beside one word
_PARTED = re.compile(r"\s*/\s*")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")
_SHORT = re.compile(r"[A-Z]{2,6}")  # an abbreviation


@dataclass(frozen=True, slots=True)
class SynonymSet:
    """Forms of one thing, as they are written. Unless `both_ways`, only the first finds others."""

    forms: tuple[str, ...]
    both_ways: bool = True


class _Form(NamedTuple):
    """One form that may stand in a question: its stems, and what is asked beside it."""

    words: tuple[str, ...]
    written: str
    others: tuple[Term, ...]
    capitals: bool  # a word such as "IT", which in small letters is another


class SynonymMatch(NamedTuple):
    """A form that stands in a question: from which piece to which, and what to ask beside it."""

    start: int
    end: int
    others: tuple[Term, ...]


@dataclass(frozen=True)
class Synonyms:
    """All that is known of words that mean the same."""

    sets: tuple[SynonymSet, ...] = ()

    @cached_property
    def _by_first_word(self) -> dict[str, tuple[_Form, ...]]:
        """The forms by their first stem, the longest first; those of several sets in one."""
        merged: dict[tuple[str, ...], _Form] = {}
        for form in (form for known in self.sets for form in _forms(known)):
            before = merged.get(form.words)
            others = dict.fromkeys([*(before.others if before else ()), *form.others])
            capitals = form.capitals and (before is None or before.capitals)
            known_so_far = tuple(others)[:MOST_OTHERS]
            merged[form.words] = form._replace(others=known_so_far, capitals=capitals)
        found: dict[str, list[_Form]] = {}
        for form in sorted(merged.values(), key=lambda form: -len(form.words)):
            found.setdefault(form.words[0], []).append(form)
        return {word: tuple(forms) for word, forms in found.items()}

    def found_in(self, pieces: Sequence[Piece]) -> Iterator[SynonymMatch]:
        """Yield the forms that stand in a question, in their order; the longest of several.

        Not in phrases and exclusions. Letter case, accents, full stops and plurals do not count.
        """
        known = self._by_first_word
        place = 0
        while place < len(pieces) and known:
            found = self._at(known, pieces, place)
            if found:
                yield found
            place = found.end if found else place + 1

    def _at(
        self, known: dict[str, tuple[_Form, ...]], pieces: Sequence[Piece], place: int
    ) -> SynonymMatch | None:
        piece = pieces[place]
        if piece.excluded or piece.term.exact:
            return None
        for word in _readings(piece):
            for form in known.get(word[0], ()):
                end = _end_of(form, pieces, place)
                if end and not (form.capitals and not piece.term.text.isupper()):
                    plural = (
                        (Term(form.written, weight=SAME),) if word != stems(piece.term.text) else ()
                    )
                    return SynonymMatch(place, end, plural + form.others)
        return None


NONE = Synonyms()


def _forms(known: SynonymSet) -> Iterator[_Form]:
    """Yield each form of a set that finds others; "LGC/LCF" is two forms."""
    parts = [[part for part in _PARTED.split(form) if plain_words(part)] for form in known.forms]
    written = [_joined(part) for form in parts for part in form]
    finding = written if known.both_ways else written[: len(parts[0]) if parts else 0]
    for form in finding:
        words = stems(form)
        asked = (term for other in written for term in _asked(other, form))
        slight = len(words) == 1 and form.lower() in SLIGHT_WORDS
        yield _Form(words, form, tuple(dict.fromkeys(asked)), capitals=slight)


def _joined(form: str) -> str:
    """Return an abbreviation without its full stops, and any other form as it is."""
    return form.replace(".", "") if _DOTTED.fullmatch(form.strip()) else form


def _asked(other: str, typed: str) -> Iterator[Term]:
    """Yield how a form is asked beside another, or beside itself in another spelling."""
    if stems(other) != stems(typed):
        yield Term(other, weight=OTHER)
    if _SHORT.fullmatch(other) and stems(f"{other}s") != stems(other):
        yield Term(f"{other}s", weight=SAME if other == typed else OTHER)


def _readings(piece: Piece) -> Iterator[tuple[str, ...]]:
    """Yield the stems of a piece, and those without the s of a plural that no stemmer knows."""
    words = stems(piece.term.text)
    yield words
    if len(words) == 1 and len(words[0]) > 2 and words[0].endswith("s"):
        yield (words[0][:-1],)


def _end_of(form: _Form, pieces: Sequence[Piece], place: int) -> int:
    """Return the piece after a form that begins at a piece, or 0 where another stands there."""
    at = 0
    while at < len(form.words):
        if place == len(pieces) or (at and not pieces[place].plain):
            return 0
        for words in _readings(pieces[place]):
            if form.words[at : at + len(words)] == words:
                at, place = at + len(words), place + 1
                break
        else:
            return 0
    return place
